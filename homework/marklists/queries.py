"""The marks of all pupils for one piece of work, or of those of one class."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import literal, select

from accounts.people.models import Hat
from core.database import db
from core.i18n import localized
from homework.assignments import queries as assignments
from homework.assignments.models import Assignment, AssignmentItem
from homework.markers.names import Names
from homework.marking import queries as marking
from homework.marking.lists import listed
from homework.marking.models import Mark
from homework.submissions import queries as submissions
from homework.submissions.models import Answer, Submission


@dataclass(frozen=True, slots=True)
class MarkRow:
    """One pupil's marks, question by question."""

    name: str
    student_id: int | None
    """None, as the seat is, where the name is hidden."""
    seat_number: int | None
    class_id: int | None
    """None for who has left the class or group after handing in, and where the name is hidden."""
    submission: Submission | None
    points: Mapping[int, float | None]
    """Question to points; None where nobody has marked the answer. What was not answered is missing."""
    feedback: str = ""
    is_excused: bool = False
    """Whether the pupil handed in nothing and need not."""

    @property
    def has_left(self) -> bool:
        """Whether the pupil left the class or group after handing in."""
        return self.student_id is not None and self.class_id is None

    @property
    def total(self) -> float | None:
        """Given in all; None before everything is marked."""
        if self.submission is None or None in self.points.values():
            return None
        return sum(one for one in self.points.values() if one is not None)


@dataclass(frozen=True, slots=True)
class MarkList:
    """The marks of some pupils."""

    questions: Sequence[AssignmentItem]
    rows: Sequence[MarkRow]


def marks_for(assignment: Assignment, hat: Hat, names: Names, class_id: int | None = None) -> MarkList:
    """The marks of the teacher's pupils for *assignment* (of one class), in seven queries.

    Where names are hidden, who handed in stands by number alone, without class and seat, in the order of the
    numbers: a class would tell who has left.
    """
    questions = list(db.session.scalars(assignments.questions_of(assignment.id)))
    counted = submissions.visible_to(hat).where(
        Submission.assignment_id == assignment.id, submissions.counts()
    )
    if class_id is not None:
        counted = counted.where(marking.is_pupil_of(literal(class_id)))
    pupils = listed(assignment.id, hat, class_id)
    work = {one.student_id: one for one in db.session.scalars(counted)}
    ids = [one.id for one in work.values()]
    points = _points(ids, {one.id for one in questions if not one.is_dropped})
    said = {one.submission_id: one.text for one in db.session.scalars(marking.feedback_of(ids))}
    exceptions = assignments.exceptions_for([assignment.id], [one.person.id for one in pupils])
    excused = {one.student_id for one in db.session.scalars(exceptions) if one.is_excused}
    open_ones: list[MarkRow] = []
    hidden: list[MarkRow] = []
    for one in pupils:
        submission = work.get(one.person.id)
        is_hidden = submission is not None and names.hides(submission)
        row = MarkRow(
            names.of(one.person, submission) if submission else localized(one.person),
            None if is_hidden else one.person.id,
            None if is_hidden else one.seat_number,
            None if is_hidden else one.class_id,
            submission,
            points.get(submission.id, {}) if submission else {},
            said.get(submission.id, "") if submission else "",
            is_excused=submission is None and one.person.id in excused,
        )
        (hidden if is_hidden else open_ones).append(row)
    return MarkList(questions, [*open_ones, *sorted(hidden, key=lambda one: one.name)])


def _points(submission_ids: Sequence[int], question_ids: set[int]) -> dict[int, dict[int, float | None]]:
    found: dict[int, dict[int, float | None]] = {}
    rows = (
        select(Answer.submission_id, Answer.assignment_item_id, Mark.points)
        .outerjoin(Mark, Mark.answer_id == Answer.id)
        .where(Answer.submission_id.in_(submission_ids))
    )
    for submission_id, question_id, points in db.session.execute(rows):
        if question_id in question_ids:
            found.setdefault(submission_id, {})[question_id] = points
    return found
