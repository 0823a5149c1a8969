"""The work of a class as rows: what the page, the files and the API show, from the same query."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import Select, and_, case, func, literal, or_, select

from accounts.classes.models import Enrolment, SchoolClass
from core.database import db
from homework.assignments import queries as assignments
from homework.assignments.layers import Layer
from homework.assignments.models import Assignment, AssignmentItem, AssignmentTarget
from homework.marking import queries as marking
from homework.marking.models import Mark
from homework.marking.progress import Progress
from homework.submissions import queries as submissions
from homework.submissions.models import Answer, Submission


@dataclass(frozen=True, slots=True)
class ClassRow:
    """A piece of work in one class."""

    assignment: Assignment
    progress: Progress
    share: float | None
    """The mean share of points of the work that is returned, 0 to 1."""


@dataclass(frozen=True, slots=True)
class ClassReport:
    """The work of a class over time."""

    school_class: SchoolClass
    rows: list[ClassRow] = field(default_factory=list)


def class_rows(class_id: int, found: Sequence[Assignment]) -> list[ClassRow]:
    """Work in figures of one class, in three statements."""
    ids = [one.id for one in found]
    owing = dict(db.session.execute(_owing(class_id, ids)).all())
    handed = {row[0]: row for row in db.session.execute(_handed_in(class_id, ids))}
    shares: dict[int, list[float]] = defaultdict(list)
    for assignment_id, points, most in db.session.execute(_points(class_id, ids)):
        if most:
            shares[assignment_id].append(points / most)
    rows = []
    for one in found:
        _id, handed_in, late, unmarked, returned = handed.get(one.id, (one.id, 0, 0, 0, 0))
        progress = Progress(owing.get(one.id, 0), handed_in, late, unmarked, returned)
        mine = shares[one.id]
        rows.append(ClassRow(one, progress, sum(mine) / len(mine) if mine else None))
    return rows


def _owing(class_id: int, ids: Sequence[int]) -> Select[int, int]:
    return (
        select(AssignmentTarget.assignment_id, func.count(Enrolment.person_id.distinct()))
        .join(Enrolment, Enrolment.class_id == AssignmentTarget.class_id)
        .where(
            AssignmentTarget.assignment_id.in_(ids),
            AssignmentTarget.class_id == class_id,
            assignments.reaches(),
            submissions.is_counted_pupil(),
        )
        .group_by(AssignmentTarget.assignment_id)
    )


def _handed_in(class_id: int, ids: Sequence[int]) -> Select[int, int, int, int, int]:
    is_here = Submission.returned_at.is_(None)
    return (
        select(
            Submission.assignment_id,
            func.count(Submission.id),
            func.sum(case((Submission.is_late, 1), else_=0)),
            func.sum(case((is_here & marking.has_unmarked(), 1), else_=0)),
            func.sum(case((is_here, 0), else_=1)),
        )
        .where(
            Submission.assignment_id.in_(ids), submissions.counts(), marking.is_pupil_of(literal(class_id))
        )
        .group_by(Submission.assignment_id)
    )


def _points(class_id: int, ids: Sequence[int]) -> Select[int, float, float]:
    """Rows (assignment, points, most points), one a returned hand-in of the class."""
    counts = AssignmentItem.is_dropped.is_(False) & or_(
        Answer.id.is_not(None), AssignmentItem.layer == Layer.REQUIRED
    )
    return (
        select(
            Submission.assignment_id,
            func.sum(case((counts, func.coalesce(Mark.points, 0.0)), else_=0.0)),
            func.sum(case((counts, AssignmentItem.points), else_=0.0)),
        )
        .join(AssignmentItem, AssignmentItem.assignment_id == Submission.assignment_id)
        .outerjoin(
            Answer,
            and_(Answer.submission_id == Submission.id, Answer.assignment_item_id == AssignmentItem.id),
        )
        .outerjoin(Mark, Mark.answer_id == Answer.id)
        .where(
            Submission.assignment_id.in_(ids),
            Submission.returned_at.is_not(None),
            submissions.counts(),
            marking.is_pupil_of(literal(class_id)),
        )
        .group_by(Submission.assignment_id, Submission.id)
    )
