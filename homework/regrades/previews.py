"""Whose marks a regrade changes, as its preview shows them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from accounts.classes.models import Enrolment, SchoolClass
from accounts.people.models import Hat, Person
from core.database import db
from homework.assignments import queries as assignments
from homework.assignments.models import Assignment, AssignmentTarget
from homework.markers.queries import hides_names
from homework.regrades.changes import Change
from homework.submissions import queries as submissions
from homework.submissions.models import Submission


@dataclass(frozen=True, slots=True)
class Named:
    """A change of somebody whom the person may see."""

    change: Change
    student: Person
    seat_number: int | None


@dataclass(slots=True)
class Part:
    """What changes in one class for one piece of work."""

    assignment: Assignment
    school_class: SchoolClass | None
    """None for pupils who have left the classes that had the work."""
    named: list[Named] = field(default_factory=list)
    raised: int = 0
    """Of those whom the person may not see by name: marks that rise."""
    lowered: int = 0
    kept: int = 0
    dropped: int = 0

    @property
    def counted(self) -> int:
        """How many are not named."""
        return self.raised + self.lowered + self.kept + self.dropped


@dataclass(frozen=True, slots=True)
class Preview:
    """Exactly whose marks change, by work and class."""

    parts: list[Part]
    raised: int
    lowered: int
    kept: int
    dropped: int
    profiles: int
    """Answers that say something else of the pupil now, whatever their marks."""
    answers: int
    """Looked at."""
    digest: str

    @property
    def is_empty(self) -> bool:
        """Whether nothing would be another one."""
        return not (self.raised or self.lowered or self.kept or self.dropped or self.profiles)


def preview_of(changes: Sequence[Change], *, answers: int, hat: Hat, digest: str) -> Preview:
    """*changes* by work and class; only those whom *hat* may see have names. Six statements."""
    shown = [one for one in changes if one.shows]
    assignment_ids = {one.standing.assignment_id for one in shown if one.standing.assignment_id is not None}
    titles = {
        one.id: one
        for one in db.session.scalars(
            select(Assignment)
            .where(Assignment.id.in_(assignment_ids))
            .options(joinedload(Assignment.subject))
        )
    }
    seats = _seats(assignment_ids)
    classes = {
        one.id: one
        for one in db.session.scalars(
            select(SchoolClass).where(SchoolClass.id.in_({class_id for class_id, _seat in seats.values()}))
        )
    }
    visible = visible_people(hat, assignment_ids)
    parts: dict[tuple[int, int | None], Part] = {}
    for one in shown:
        assignment_id = one.standing.assignment_id or 0
        class_id, seat = seats.get((assignment_id, one.standing.person_id), (None, None))
        part = parts.setdefault(
            (assignment_id, class_id),
            Part(titles[assignment_id], classes[class_id] if class_id is not None else None),
        )
        student = visible.get((assignment_id, one.standing.person_id))
        if student is not None:
            part.named.append(Named(one, student, seat))
        else:
            _count(part, one)
    listed = sorted(
        parts.values(),
        key=lambda one: (
            -one.assignment.id,
            one.school_class.grade if one.school_class else 99,
            one.school_class.name if one.school_class else "",
        ),
    )
    for part in listed:
        part.named.sort(key=lambda one: (one.seat_number or 10_000, one.student.name, one.student.id))
    moved = [one for one in changes if one.marks and one.points is not None]
    return Preview(
        parts=listed,
        raised=sum(one.points > (one.earlier_points or 0.0) for one in moved if one.points is not None),
        lowered=sum(one.points < (one.earlier_points or 0.0) for one in moved if one.points is not None),
        kept=sum(one.is_kept for one in changes),
        dropped=sum(one.is_dropped for one in changes),
        profiles=sum(one.evidence != one.earlier for one in changes),
        answers=answers,
        digest=digest,
    )


def _seats(assignment_ids: Collection[int]) -> dict[tuple[int, int], tuple[int, int | None]]:
    rows = select(
        AssignmentTarget.assignment_id, Enrolment.person_id, Enrolment.class_id, Enrolment.seat_number
    ).where(AssignmentTarget.assignment_id.in_(assignment_ids), assignments.reaches())
    return {
        (assignment_id, person_id): (class_id, seat)
        for assignment_id, person_id, class_id, seat in db.session.execute(rows)
    }


def visible_people(hat: Hat, assignment_ids: Collection[int]) -> dict[tuple[int, int], Person]:
    """(Assignment, pupil) to the pupil, of those whose work the person may read."""
    readable = (
        submissions.visible_to(hat)
        .where(Submission.assignment_id.in_(assignment_ids), ~hides_names())
        .with_only_columns(Submission.assignment_id, Submission.student_id)
        .distinct()
        .subquery()
    )
    rows = select(readable.c.assignment_id, Person).join(Person, Person.id == readable.c.student_id)
    return {(assignment_id, person.id): person for assignment_id, person in db.session.execute(rows)}


def _count(part: Part, one: Change) -> None:
    if one.is_kept:
        part.kept += 1
    elif one.marks and (one.points or 0.0) > (one.earlier_points or 0.0):
        part.raised += 1
    elif one.marks:
        part.lowered += 1
    else:
        part.dropped += 1
