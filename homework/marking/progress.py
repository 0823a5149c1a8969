"""How far the marking of work is."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, case, func, select

from accounts.classes.models import Enrolment, SchoolClass
from accounts.people.models import Hat, Person
from core.database import db
from homework.assignments import queries as assignments
from homework.assignments.models import AssignmentTarget
from homework.marking.models import Mark, MarkSource, SecondReading
from homework.marking.queries import has_unmarked, ready_by_class, ready_to_return, waits_for_second_reader
from homework.marking.states import MarkingState, ReadingState, state_of
from homework.submissions import queries as submissions
from homework.submissions.models import Answer, Submission


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an assignment is, in pupils."""

    pupils: int = 0
    handed_in: int = 0
    late: int = 0
    unmarked: int = 0
    """Handed in, with an answer that nobody has marked."""
    returned: int = 0
    held: int = 0
    """Marked completely, and with a second reader."""

    @property
    def to_return(self) -> int:
        """Marked completely, and not given back yet; a second reader holds none of it."""
        return self.handed_in - self.unmarked - self.held - self.returned

    @property
    def missing(self) -> int:
        """Not handed in."""
        return max(self.pupils - self.handed_in, 0)


@dataclass(frozen=True, slots=True)
class Ready:
    """Marked work that can go back now."""

    number: int
    """Of pupils, whatever class they are in, and also where one has left by now."""
    by_class: list[tuple[SchoolClass, int]]
    """The classes that have some, and how much."""


def ready_of(assignment_id: int, hat: Hat) -> Ready:
    """What ``return_work`` would give back now."""
    whole = (
        ready_to_return(assignment_id, hat)
        .with_only_columns(func.count(Submission.id.distinct()))
        .order_by(None)
    )
    rows = db.session.execute(ready_by_class(assignment_id, hat))
    return Ready(db.session.scalar(whole) or 0, [(school_class, number) for school_class, number in rows])


def progress(hat: Hat, assignment_ids: Sequence[int]) -> dict[int, Progress]:
    """How far each assignment is among the pupils that concern *hat*, in two queries."""
    pupils = {row[0]: row[1] for row in db.session.execute(_pupils(hat, assignment_ids))}
    handed_in = {row[0]: row for row in db.session.execute(_handed_in(hat, assignment_ids))}
    found = {}
    for assignment_id in assignment_ids:
        _id, left, *counted = handed_in.get(assignment_id, (assignment_id, 0, 0, 0, 0, 0, 0))
        found[assignment_id] = Progress(pupils.get(assignment_id, 0) + left, *counted)
    return found


def states_of(assignment_id: int, hat: Hat) -> dict[int, MarkingState]:
    """Where the marking of each hand-in that counts stands, by its id, in one query."""
    marked = case((Mark.source == MarkSource.TEACHER, 1), else_=0)
    rows = (
        submissions.visible_to(hat)
        .where(Submission.assignment_id == assignment_id, submissions.counts())
        .join(Answer, Answer.submission_id == Submission.id)
        .outerjoin(Mark, Mark.answer_id == Answer.id)
        .outerjoin(SecondReading, SecondReading.submission_id == Submission.id)
        .group_by(
            Submission.id,
            Submission.returned_at,
            SecondReading.submission_id,
            SecondReading.begun_at,
            SecondReading.done_at,
            SecondReading.settled_at,
        )
        .with_only_columns(
            Submission.id,
            Submission.returned_at,
            func.sum(case((Mark.id.is_(None), 1), else_=0)),
            func.sum(marked),
            case(
                (SecondReading.submission_id.is_(None), ReadingState.NONE.value),
                (SecondReading.settled_at.is_not(None), ReadingState.DONE.value),
                (SecondReading.done_at.is_not(None), ReadingState.DIFFERS.value),
                (SecondReading.begun_at.is_not(None), ReadingState.BEGUN.value),
                else_=ReadingState.ASKED.value,
            ),
        )
    )
    return {
        submission_id: state_of(
            unmarked=unmarked,
            is_begun=bool(by_hand),
            reading=ReadingState(reading),
            is_returned=returned_at is not None,
        )
        for submission_id, returned_at, unmarked, by_hand, reading in db.session.execute(rows)
    }


def counts_of(states: Iterable[MarkingState]) -> dict[MarkingState, int]:
    """How many hand-ins stand where, in the order of the work; states without any are left out."""
    counted = Counter(states)
    return {one: counted[one] for one in MarkingState if counted[one]}


def pupils_of(assignment_id: int, hat: Hat) -> Select[Person, int | None, int]:
    """Rows (pupil, seat number, class id) of those who owe the assignment and concern *hat*."""
    return (
        select(Person, Enrolment.seat_number, Enrolment.class_id)
        .join(Enrolment, Enrolment.person_id == Person.id)
        .join(AssignmentTarget, AssignmentTarget.class_id == Enrolment.class_id)
        .where(
            AssignmentTarget.assignment_id == assignment_id,
            AssignmentTarget.class_id.in_(assignments.class_ids_concerning(hat)),
            assignments.reaches(),
        )
        .order_by(Enrolment.class_id, Enrolment.seat_number, Person.name, Person.id)
    )


def _pupils(hat: Hat, assignment_ids: Sequence[int]) -> Select[int, int]:
    return (
        select(AssignmentTarget.assignment_id, func.count(Enrolment.person_id.distinct()))
        .join(Enrolment, Enrolment.class_id == AssignmentTarget.class_id)
        .where(
            AssignmentTarget.assignment_id.in_(assignment_ids),
            AssignmentTarget.class_id.in_(assignments.class_ids_concerning(hat)),
            assignments.reaches(),
            submissions.is_counted_pupil(),
        )
        .group_by(AssignmentTarget.assignment_id)
    )


def _handed_in(hat: Hat, assignment_ids: Sequence[int]) -> Select[int, int, int, int, int, int, int]:
    """Rows (assignment, of who has left, handed in, late, unmarked, returned, held)."""
    still_here = Submission.returned_at.is_(None)
    return (
        select(
            Submission.assignment_id,
            func.sum(case((submissions.has_left(), 1), else_=0)),
            func.count(Submission.id),
            func.sum(case((Submission.is_late, 1), else_=0)),
            func.sum(case((still_here & has_unmarked(), 1), else_=0)),
            func.sum(case((still_here, 0), else_=1)),
            func.sum(case((still_here & ~has_unmarked() & waits_for_second_reader(), 1), else_=0)),
        )
        .where(Submission.assignment_id.in_(assignment_ids), submissions.counts(), submissions.concerns(hat))
        .group_by(Submission.assignment_id)
    )
