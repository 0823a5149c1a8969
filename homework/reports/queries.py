"""Reports as rows: what the page, the CSV and the API show, from the same query."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, case, func, or_, select
from sqlalchemy.orm import joinedload

from accounts.classes.models import Enrolment, SchoolClass
from accounts.classes.queries import class_ids_of, students_visible_to
from accounts.classes.queries import visible_to as classes_visible_to
from accounts.people.models import Hat, Person, Role
from core.database import db
from homework.assignments import queries as assignments
from homework.assignments.layers import Layer
from homework.assignments.models import Assignment, AssignmentItem, AssignmentTarget
from homework.corrections.counts import Count, counts_of
from homework.markers.queries import hides_names
from homework.marking import queries as marking
from homework.marking.models import Mark
from homework.marking.progress import Progress
from homework.overview import queries as overview
from homework.reports.figures import (
    MOST_WRONG_ANSWERS,
    Given,
    WrongAnswer,
    difficulty,
    discrimination,
    wrong_answers,
)
from homework.submissions import queries as submissions
from homework.submissions.models import Answer, Submission
from learning.attempts.models import Attempt
from library.items.variants import Posed, pose


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One question of a piece of work in figures."""

    question: AssignmentItem
    given: list[Given]
    difficulty: float | None
    discrimination: float | None
    wrong: list[WrongAnswer]

    @property
    def pupils(self) -> int:
        """How many the figures are about."""
        return len(self.given)

    @property
    def answered(self) -> int:
        """How many answered it."""
        return sum(one.is_answered for one in self.given)

    @property
    def right(self) -> int:
        """How many got all points."""
        return sum(one.points >= one.most for one in self.given)

    def asked(self, given: Given) -> Posed:
        """What the pupil met."""
        return pose(self.question.item_version, given.seed)

    @property
    def commonest(self) -> list[WrongAnswer]:
        """The wrong answers that most gave."""
        return self.wrong[:MOST_WRONG_ANSWERS]


@dataclass(frozen=True, slots=True)
class WorkReport:
    """A piece of work, question by question."""

    assignment: Assignment
    rows: list[ItemRow]
    pupils: dict[int, Person]
    """Who stands behind the figures."""
    handed_in: int
    unmarked: int
    """Hand-ins with an answer that nobody has marked: they are left out until then."""


@dataclass(frozen=True, slots=True)
class PupilRow:
    """A returned piece of work of one pupil."""

    task: overview.Task
    corrections: Count

    @property
    def share(self) -> float | None:
        """Of the points, 0 to 1."""
        if self.task.points is None or not self.task.most_points:
            return None
        return self.task.points / self.task.most_points


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


def work_visible_to(hat: Hat) -> Select[Assignment]:
    """The work of which the teacher reads reports."""
    return assignments.taught_by(hat)


def classes_given(assignment_id: int, hat: Hat) -> Select[SchoolClass]:
    """The teacher's classes that got the work."""
    return (
        select(SchoolClass)
        .where(SchoolClass.id.in_(assignments.class_ids_targeted(assignment_id, hat)))
        .order_by(SchoolClass.grade, SchoolClass.name)
    )


def report_of(assignment: Assignment, hat: Hat, class_id: int | None = None) -> WorkReport:
    """*assignment* by question, over the teacher's pupils (of one class); four statements.

    What counts of each pupil's hand-ins, once every answer is marked, and back where it is marked blind. A
    question that all must do and that was left out counts with no points; what could be done beyond counts
    for who did it.
    """
    counted = submissions.visible_to(hat).where(
        Submission.assignment_id == assignment.id, submissions.counts(), ~hides_names()
    )
    if class_id is not None:
        in_class = select(Enrolment.person_id).where(
            Enrolment.class_id == class_id,
            Enrolment.role == Role.STUDENT,
            Enrolment.ends_on.is_(None),
            Enrolment.class_id.in_(class_ids_of(hat)),
        )
        counted = counted.where(Submission.student_id.in_(in_class))
    unmarked = set(db.session.scalars(counted.where(marking.has_unmarked()).with_only_columns(Submission.id)))
    rows = db.session.execute(
        counted.with_only_columns(
            Submission.id,
            Person,
            AssignmentItem.id,
            Answer.id,
            func.coalesce(Mark.points, 0.0),
            Attempt.response,
            Attempt.seed,
        )
        .join(Person, Person.id == Submission.student_id)
        .join(AssignmentItem, AssignmentItem.assignment_id == Submission.assignment_id)
        .outerjoin(
            Answer,
            and_(Answer.submission_id == Submission.id, Answer.assignment_item_id == AssignmentItem.id),
        )
        .outerjoin(Mark, Mark.answer_id == Answer.id)
        .outerjoin(Attempt, Attempt.id == Answer.attempt_id)
        .where(or_(Answer.id.is_not(None), AssignmentItem.layer == Layer.REQUIRED))
        .order_by(Submission.id, AssignmentItem.position)
    ).all()
    questions = list(db.session.scalars(assignments.questions_of(assignment.id)))
    most = {one.id: one.points for one in questions}
    dropped = {one.id for one in questions if one.is_dropped}
    given: dict[int, list[Given]] = defaultdict(list)
    totals: dict[int, float] = defaultdict(float)
    pupils: dict[int, Person] = {}
    handed_in = set()
    for submission_id, person, question_id, answer_id, points, response, seed in rows:
        handed_in.add(submission_id)
        if submission_id in unmarked:
            continue
        pupils[person.id] = person
        given[question_id].append(
            Given(person.id, points, most[question_id], answer_id is not None, response or {}, seed)
        )
        if question_id not in dropped:
            totals[person.id] += points
    return WorkReport(
        assignment,
        [_item_row(one, given[one.id], totals) for one in questions],
        pupils,
        len(handed_in),
        len(unmarked & handed_in),
    )


def pupil_rows(student_id: int, found: Sequence[Assignment], now: datetime) -> list[PupilRow]:
    """Returned work as the pupil meets it, in a number of statements that does not grow."""
    tasks = [
        one for one in overview.tasks(student_id, found, now) if one.submission and one.points is not None
    ]
    counts = counts_of([one.submission.id for one in tasks if one.submission])
    return [
        PupilRow(one, counts.get(one.submission.id, Count()) if one.submission else Count()) for one in tasks
    ]


def returned_work_of(student_id: int, subject_id: int | None = None) -> Select[Assignment]:
    """The work that came back to the pupil marked."""
    returned = select(Submission.assignment_id).where(
        Submission.student_id == student_id, Submission.returned_at.is_not(None), submissions.counts()
    )
    work = select(Assignment).where(Assignment.id.in_(returned)).options(joinedload(Assignment.subject))
    return work if subject_id is None else work.where(Assignment.subject_id == subject_id)


def pupils_visible_to(hat: Hat) -> Select[Person]:
    """Of whom the hat may read a report."""
    return students_visible_to(hat)


def work_to_report_on(hat: Hat, student_id: int, subject_id: int | None = None) -> Select[Assignment]:
    """The pupil's returned work, for a teacher only that which he may read."""
    work = returned_work_of(student_id, subject_id)
    if hat.is_teacher:
        readable = submissions.visible_to(hat).where(Submission.student_id == student_id)
        work = work.where(Assignment.id.in_(readable.with_only_columns(Submission.assignment_id)))
    return work


def classes_to_report_on(hat: Hat) -> Select[SchoolClass]:
    """The classes of which the hat reads a report."""
    return classes_visible_to(hat)


def classes_with_work_first(hat: Hat) -> Select[SchoolClass]:
    """The same, those that got work before the others."""
    has_work = (
        select(AssignmentTarget.class_id)
        .join(Assignment, Assignment.id == AssignmentTarget.assignment_id)
        .where(AssignmentTarget.class_id == SchoolClass.id, Assignment.withdrawn_at.is_(None))
        .correlate(SchoolClass)
        .exists()
    )
    return classes_to_report_on(hat).order_by(
        case((has_work, 0), else_=1), SchoolClass.grade, SchoolClass.name
    )


def work_of_class(hat: Hat, class_id: int) -> Select[Assignment]:
    """The work that a class got: of a teacher what he gave or teaches, of a school all."""
    given = select(AssignmentTarget.assignment_id).where(AssignmentTarget.class_id == class_id)
    work = select(Assignment).where(Assignment.id.in_(given), Assignment.withdrawn_at.is_(None))
    if hat.is_teacher:
        work = work.where(Assignment.id.in_(assignments.taught_by(hat).with_only_columns(Assignment.id)))
    return work.options(joinedload(Assignment.subject), joinedload(Assignment.teacher))


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


def _item_row(question: AssignmentItem, given: list[Given], totals: Mapping[int, float]) -> ItemRow:
    rest = totals if not question.is_dropped else {}
    return ItemRow(
        question,
        given,
        difficulty(given),
        None if question.is_dropped else discrimination(given, rest),
        wrong_answers(question.item_version, given),
    )


def _in_class(class_id: int) -> Any:  # noqa: ANN401 -- a condition
    """Whether a hand-in is of a pupil who is in the class now and to whom the work was given there."""
    return (
        select(Enrolment.person_id)
        .join(AssignmentTarget, AssignmentTarget.class_id == Enrolment.class_id)
        .where(
            Enrolment.class_id == class_id,
            Enrolment.person_id == Submission.student_id,
            AssignmentTarget.assignment_id == Submission.assignment_id,
            assignments.reaches(),
            ~assignments.is_excused(),
        )
        .correlate(Submission)
        .exists()
    )


def _owing(class_id: int, ids: Sequence[int]) -> Select[int, int]:
    return (
        select(AssignmentTarget.assignment_id, func.count(Enrolment.person_id.distinct()))
        .join(Enrolment, Enrolment.class_id == AssignmentTarget.class_id)
        .where(
            AssignmentTarget.assignment_id.in_(ids),
            AssignmentTarget.class_id == class_id,
            assignments.reaches(),
            ~assignments.is_excused(),
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
        .where(Submission.assignment_id.in_(ids), submissions.counts(), _in_class(class_id))
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
            _in_class(class_id),
        )
        .group_by(Submission.assignment_id, Submission.id)
    )
