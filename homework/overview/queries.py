"""Lists with everything that one line shows, in a number of queries that does not grow."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, exists, or_, select
from sqlalchemy.orm import joinedload

from accounts.classes.models import SchoolClass
from accounts.people.models import Hat, Person
from core.database import db
from homework.assignments import queries as assignments
from homework.assignments.layers import Layer
from homework.assignments.models import (
    Assignment,
    AssignmentException,
    AssignmentTarget,
)
from homework.assignments.schedule import GRACE, Times
from homework.markers.names import Names
from homework.marking import queries as marking
from homework.marking.lists import listed
from homework.marking.progress import Progress, progress, states_of
from homework.marking.states import MarkingState
from homework.overview.state import Asks, WorkState, state_of
from homework.submissions import queries as submissions
from homework.submissions.models import Submission
from learning.playback.models import Registration


@dataclass(frozen=True, slots=True)
class Task:
    """An assignment as one pupil meets it."""

    assignment: Assignment
    state: WorkState
    questions: int
    most_points: float
    times: Times
    """When it is due for this pupil."""
    submission: Submission | None = None
    points: float | None = None
    """Given, once the work is returned."""
    exception: AssignmentException | None = None
    depth: Layer = Layer.REQUIRED
    """What of layered work the pupil must do."""


@dataclass(frozen=True, slots=True)
class Given:
    """An assignment as its teacher meets it."""

    assignment: Assignment
    classes: list[SchoolClass]
    progress: Progress


@dataclass(frozen=True, slots=True)
class Pupil:
    """How far one pupil is with one assignment."""

    person: Person
    seat_number: int | None
    class_id: int | None
    """None for who has left the class or group after handing in."""
    submission: Submission | None
    state: WorkState
    points: float | None
    is_marked: bool
    times: Times
    exception: AssignmentException | None = None
    marking: MarkingState | None = None
    """Where the marking of what was handed in stands."""


@dataclass(frozen=True, slots=True)
class Numbered:
    """How far the work under a number is; nothing of it says whose it is."""

    name: str
    pupil: Pupil


def to_do(student_id: int, now: datetime) -> Select[Assignment]:
    """What the pupil can still hand in or watch and has not, the nearest due time first."""
    return (
        assignments.given_to([student_id], now)
        .where(assignments.cut_off_for(student_id) >= now - GRACE, ~_is_done(student_id, now))
        .order_by(assignments.due_for(student_id), Assignment.id)
        .options(joinedload(Assignment.subject), joinedload(Assignment.teacher))
    )


def done(student_id: int, now: datetime) -> Select[Assignment]:
    """What the pupil has done or missed."""
    handed_in = select(Submission.assignment_id).where(Submission.student_id == student_id)
    given = assignments.given_to([student_id], now).with_only_columns(Assignment.id)
    return (
        select(Assignment)
        .where(
            or_(
                Assignment.id.in_(handed_in),
                Assignment.id.in_(given)
                & or_(assignments.cut_off_for(student_id) < now - GRACE, _is_done(student_id, now)),
            )
        )
        .options(joinedload(Assignment.subject), joinedload(Assignment.teacher))
    )


def tasks(student_id: int, found: Sequence[Assignment], now: datetime) -> list[Task]:
    """*found* as the pupil meets them, in nine queries."""
    ids = [one.id for one in found]
    worth = marking.worth_for(student_id, ids)
    excepted = {
        one.assignment_id: one for one in db.session.scalars(assignments.exceptions_for(ids, [student_id]))
    }
    handed_in = {
        one.assignment_id: one for one in db.session.scalars(submissions.counted_for(ids, [student_id]))
    }
    returned = [one.id for one in handed_in.values() if one.returned_at]
    points = {row[0]: row[1] for row in db.session.execute(marking.points_of(returned))}
    watched = set(db.session.scalars(_watched(student_id, [one.lesson_id for one in found if one.lesson_id])))
    listed = []
    for one in found:
        asked = worth.get(one.id, marking.Worth())
        submission = handed_in.get(one.id)
        exception = excepted.get(one.id)
        times = assignments.times_of(one, exception)
        state = state_of(times, submission, now, asks=_asks(one, asked), watched=one.lesson_id in watched)
        given = points.get(submission.id, 0.0) if submission and submission.returned_at else None
        listed.append(
            Task(
                one,
                state,
                asked.questions,
                asked.points,
                times,
                submission,
                given,
                exception,
                asked.depth,
            )
        )
    return listed


def given(hat: Hat, found: Sequence[Assignment]) -> list[Given]:
    """*found* as the teacher or the school meets them, in three queries."""
    ids = [one.id for one in found]
    classes: dict[int, list[SchoolClass]] = {one: [] for one in ids}
    for assignment_id, school_class in db.session.execute(_classes(ids)):
        classes[assignment_id].append(school_class)
    done = progress(hat, ids)
    return [Given(one, classes[one.id], done[one.id]) for one in found]


def pupils(assignment: Assignment, hat: Hat, now: datetime) -> list[Pupil]:
    """Each pupil who owes *assignment* and concerns the teacher, and who has left, in six queries."""
    rows = listed(assignment.id, hat)
    by_student = {
        one.student_id: one
        for one in db.session.scalars(
            submissions.visible_to(hat).where(Submission.assignment_id == assignment.id, submissions.counts())
        )
    }
    ids = [one.id for one in by_student.values()]
    points = {row[0]: row[1] for row in db.session.execute(marking.points_of(ids))}
    states = states_of(assignment.id, hat)
    exceptions = assignments.exceptions_for([assignment.id], [one.person.id for one in rows])
    excepted = {one.student_id: one for one in db.session.scalars(exceptions)}
    found = []
    for one in rows:
        submission = by_student.get(one.person.id)
        exception = excepted.get(one.person.id)
        times = assignments.times_of(assignment, exception)
        found.append(
            Pupil(
                one.person,
                one.seat_number,
                one.class_id,
                submission,
                state_of(times, submission, now),
                points.get(submission.id) if submission else None,
                submission is not None and states.get(submission.id) not in _UNFINISHED,
                times,
                exception,
                states.get(submission.id) if submission else None,
            )
        )
    return found


def numbered(found: Sequence[Pupil], names: Names) -> list[Numbered]:
    """Those of *found* whose work is marked without their names, in the order of their numbers."""
    hidden = [
        Numbered(names.of(one.person, one.submission), one)
        for one in found
        if one.submission is not None and names.hides(one.submission)
    ]
    return sorted(hidden, key=lambda one: one.name)


_UNFINISHED = (MarkingState.NOT_MARKED, MarkingState.IN_MARKING)


def _is_done(student_id: int, now: datetime) -> ColumnElement[bool]:
    handed_in = exists().where(Submission.assignment_id == Assignment.id, Submission.student_id == student_id)
    watched = exists().where(
        Registration.lesson_id == Assignment.lesson_id,
        Registration.person_id == student_id,
        Registration.completed_at.is_not(None),
    )
    # What leaves no trace, such as reading aloud, is taken as done when it is due.
    is_over = ~assignments.leaves_a_trace() & (assignments.due_for(student_id) < now)
    return or_(handed_in, ~assignments.asks() & watched, is_over, assignments.is_excused_for(student_id))


def _asks(assignment: Assignment, asked: marking.Worth) -> Asks:
    if asked.questions:
        return Asks.ANSWERS
    return Asks.WATCHING if assignment.lesson_id else Asks.NOTHING


def _watched(student_id: int, lesson_ids: Iterable[int]) -> Select[int]:
    return select(Registration.lesson_id).where(
        Registration.person_id == student_id,
        Registration.lesson_id.in_(list(lesson_ids)),
        Registration.completed_at.is_not(None),
    )


def _classes(assignment_ids: Collection[int]) -> Select[int, SchoolClass]:
    return (
        select(AssignmentTarget.assignment_id, SchoolClass)
        .join(SchoolClass, SchoolClass.id == AssignmentTarget.class_id)
        .where(AssignmentTarget.assignment_id.in_(assignment_ids))
        .order_by(SchoolClass.grade, SchoolClass.name)
    )
