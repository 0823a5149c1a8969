"""A class with all its marks, as a list to print."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from accounts.people.models import Hat
from core.database import db
from homework.assignments import queries as assignments
from homework.assignments.models import Assignment, AssignmentItem
from homework.markers.names import Names
from homework.marking import queries as marking
from homework.marking.models import Mark
from homework.marking.progress import pupils_of
from homework.submissions import queries as submissions
from homework.submissions.models import Answer, Submission


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One pupil's marks, question by question."""

    name: str
    seat_number: int | None
    class_id: int
    submission: Submission | None
    points: Mapping[int, float | None]
    """Question to points; None where nobody has marked the answer. What was not answered is missing."""
    feedback: str = ""

    @property
    def total(self) -> float | None:
        """Given in all; None before everything is marked."""
        if self.submission is None or None in self.points.values():
            return None
        return sum(one for one in self.points.values() if one is not None)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The marks of a class."""

    questions: Sequence[AssignmentItem]
    rows: Sequence[SheetRow]


def sheet_of(assignment: Assignment, hat: Hat, names: Names) -> Sheet:
    """The marks of the teacher's pupils for *assignment*, in five queries.

    Where names are hidden, who handed in stands by number and without a seat, in the order of the numbers.
    """
    questions = list(db.session.scalars(assignments.questions_of(assignment.id)))
    work = {
        one.student_id: one
        for one in db.session.scalars(
            submissions.visible_to(hat).where(Submission.assignment_id == assignment.id, submissions.counts())
        )
    }
    points = _points([one.id for one in work.values()], {one.id for one in questions if not one.is_dropped})
    said = {
        one.submission_id: one.text
        for one in db.session.scalars(marking.feedback_of([one.id for one in work.values()]))
    }
    rows = []
    for person, seat_number, class_id in db.session.execute(pupils_of(assignment.id, hat)):
        submission = work.get(person.id)
        if submission is None:
            rows.append(SheetRow(person.name, seat_number, class_id, None, {}))
            continue
        rows.append(
            SheetRow(
                names.of(person, submission),
                None if names.hides(submission) else seat_number,
                class_id,
                submission,
                points.get(submission.id, {}),
                said.get(submission.id, ""),
            )
        )
    hidden = [one for one in rows if one.submission and names.hides(one.submission)]
    open_ones = [one for one in rows if not (one.submission and names.hides(one.submission))]
    return Sheet(questions, [*open_ones, *sorted(hidden, key=lambda one: one.name)])


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
