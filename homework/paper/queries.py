"""The grid of a class: a line for each pupil, with what was entered and what counts."""

from collections.abc import Collection
from dataclasses import dataclass, field

from sqlalchemy import Select, select

from accounts.people.models import Hat, Person
from core.database import db
from core.errors import DomainError
from homework.assignments import queries as assignments
from homework.assignments.models import Assignment, AssignmentItem
from homework.marking.progress import pupils_of
from homework.paper.cells import read_row
from homework.paper.models import PaperRow
from homework.submissions import queries as submissions
from homework.submissions.models import Submission
from homework.submissions.questions import Question


@dataclass(frozen=True, slots=True)
class Line:
    """One pupil's line."""

    person: Person
    seat_number: int | None
    questions: list[Question]
    """As this pupil met them: of a question with variants, hers."""
    row: PaperRow | None = None
    submission: Submission | None = None
    """What counts of her hand-ins."""
    is_excused: bool = False
    wrong: dict[int, DomainError] = field(default_factory=dict)
    points: float = 0.0

    @property
    def cells(self) -> dict[str, str]:
        """What stands in the cells."""
        return self.row.cells if self.row else {}

    @property
    def version(self) -> int:
        """Of what was saved, 0 for nothing."""
        return self.row.version if self.row else 0

    @property
    def is_own(self) -> bool:
        """Whether she handed in herself, on a device, and that counts."""
        return self.submission is not None and self.submission.entered_by_id is None

    @property
    def is_taken(self) -> bool:
        """Whether what stands here is what counts."""
        return self.submission is not None and not self.is_own and self.row is not None and self.row.is_taken

    @property
    def is_late(self) -> bool:
        """Whether the paper that counts was collected late."""
        return self.submission is not None and not self.is_own and self.submission.is_late

    @property
    def is_back(self) -> bool:
        """Whether she has her work back, so that nothing changes here any more."""
        return self.submission is not None and self.submission.returned_at is not None


def work_to_enter(hat: Hat) -> Select[Assignment]:
    """The work that the teacher may enter."""
    return assignments.taught_by(hat)


def pupil_of(assignment_id: int, hat: Hat, student_id: int) -> Select[Person, int | None, int]:
    """Rows (pupil, seat number, class id) of one pupil who was given the work and whom *hat* teaches."""
    return pupils_of(assignment_id, hat).where(Person.id == student_id)


def rows_of(assignment_id: int, student_ids: Collection[int]) -> Select[PaperRow]:
    """What was entered of the pupils' work."""
    return select(PaperRow).where(
        PaperRow.assignment_id == assignment_id, PaperRow.student_id.in_(student_ids)
    )


def lines_of(assignment: Assignment, questions: list[AssignmentItem], hat: Hat, class_id: int) -> list[Line]:
    """A line for each pupil of the class who was given the work, by seat; four statements."""
    owing = [
        (person, seat)
        for person, seat, class_of in db.session.execute(pupils_of(assignment.id, hat))
        if class_of == class_id
    ]
    ids = [person.id for person, _seat in owing]
    rows = {one.student_id: one for one in db.session.scalars(rows_of(assignment.id, ids))}
    counted = {
        one.student_id: one for one in db.session.scalars(submissions.counted_for([assignment.id], ids))
    }
    excused = {
        one.student_id
        for one in db.session.scalars(assignments.exceptions_for([assignment.id], ids))
        if one.is_excused
    }
    return [
        line_of(
            person,
            seat,
            questions,
            row=rows.get(person.id),
            submission=counted.get(person.id),
            is_excused=person.id in excused,
        )
        for person, seat in owing
    ]


def line_of(
    person: Person,
    seat: int | None,
    questions: list[AssignmentItem],
    *,
    row: PaperRow | None,
    submission: Submission | None = None,
    is_excused: bool = False,
) -> Line:
    """A pupil's line, with what is wrong in it and the points that it brings so far."""
    hers = [Question.of(one, person.id) for one in questions]
    entries, wrong = read_row(hers, row.cells if row else {})
    points = 0.0
    for question in hers:
        if question.id in entries and not question.is_dropped:
            points += (entries[question.id].judged(question).score or 0.0) * question.points
    return Line(person, seat, hers, row, submission, is_excused, wrong, points)
