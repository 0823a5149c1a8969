"""Give a pupil more time, or excuse her."""

from dataclasses import dataclass
from datetime import datetime

from accounts.people.models import Hat, Person
from core.audit.services import record as record_in_audit_log
from core.database import db
from homework.assignments import queries as assignments
from homework.assignments.errors import DueTooFarAhead, NoException, NotGivenToPupil, ReasonNeeded
from homework.assignments.models import Assignment, AssignmentException
from homework.assignments.schedule import Times, as_long_after, is_too_far_ahead
from homework.assignments.turns import take_turn_at, take_turn_of
from homework.marking.progress import pupils_of
from homework.submissions.punctuality import judge_lateness


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a teacher says of one pupil."""

    student_id: int
    reason: str
    due_at: datetime | None = None
    is_excused: bool = False


def except_pupil(assignment: Assignment, hat: Hat, wish: Wish, *, now: datetime) -> AssignmentException:
    """Let one pupil have another due time, or excuse her; said again, it replaces what was said before.

    What she has handed in late already, and is in time now, is late no more.

    Raises:
        NotGivenToPupil: the assignment is not hers, or she is not the teacher's.
        ReasonNeeded: no reason is given.
        DueTooFarAhead: her due time would be more than two years away.
        NoException: neither excused, nor a due time later than everybody's and than now.
    """
    _take_turn(assignment, wish.student_id)
    owing = pupils_of(assignment.id, hat).with_only_columns(Person.id).order_by(None)
    if db.session.scalar(owing.where(Person.id == wish.student_id).limit(1)) is None:
        raise NotGivenToPupil
    if not wish.reason.strip():
        raise ReasonNeeded
    due_at = None if wish.is_excused else wish.due_at
    if not wish.is_excused and (due_at is None or due_at <= max(now, assignment.due_at)):
        raise NoException
    if due_at is not None and is_too_far_ahead(due_at, now):
        raise DueTooFarAhead
    exception = db.session.scalar(assignments.exception_of(assignment.id, wish.student_id))
    if exception is None:
        exception = AssignmentException(assignment_id=assignment.id, student_id=wish.student_id)
        db.session.add(exception)
    exception.is_excused = wish.is_excused
    exception.due_at = due_at
    # Late work is taken for as long after her due time as it is after everybody's.
    common = Times(assignment.due_at, assignment.cut_off_at)
    exception.cut_off_at = as_long_after(due_at, common) if due_at else None
    exception.reason = wish.reason.strip()
    exception.given_by_id = hat.person_id
    exception.given_at = now
    db.session.flush()
    judge_lateness(assignment, wish.student_id)
    _record("make_exception", assignment, hat, wish.student_id, now)
    return exception


def end_exception(assignment: Assignment, hat: Hat, exception: AssignmentException, *, now: datetime) -> None:
    """Let what holds for all hold for the pupil again."""
    _take_turn(assignment, exception.student_id)
    db.session.delete(exception)
    db.session.flush()
    judge_lateness(assignment, exception.student_id)
    _record("end_exception", assignment, hat, exception.student_id, now)


def _take_turn(assignment: Assignment, student_id: int) -> None:
    """The pupil does not hand in meanwhile, and nobody moves the work."""
    take_turn_at(assignment.id)
    take_turn_of(student_id)
    db.session.refresh(assignment, ["due_at", "cut_off_at"])


def _record(verb: str, assignment: Assignment, hat: Hat, student_id: int, now: datetime) -> None:
    record_in_audit_log(
        verb,
        "assignment",
        assignment.id,
        actor_id=hat.person_id,
        role=hat.role,
        now=now,
        details={"student_id": student_id},
    )
