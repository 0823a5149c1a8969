"""What waits for whom: marked work to be read a second time, and work about which two readers differ."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, case, func, literal, or_, select, union_all
from sqlalchemy.orm import joinedload

from accounts.people.models import Hat, Person
from core.database import db
from homework.markers.queries import names_in
from homework.marking import queries as marking
from homework.marking.models import SecondReading
from homework.readings.queries import is_among, read_by
from homework.submissions import queries as submissions
from homework.submissions.models import Submission

IN_TURN = ("turn", "work", "key")
"""The columns in whose order the lists are: one's own first, then work by work."""
OWN, SHARED = 0, 1
"""Turns: what this teacher was asked or has asked for; what any of several teachers may do."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Marked work that waits for a teacher: to be read a second time, or to be settled."""

    submission: Submission
    reading: SecondReading
    name: str
    """The pupil's, or her number where the work is marked blind."""
    asked_by: Person | None
    """None for oneself."""


@dataclass(frozen=True, slots=True)
class Number:
    """How many pieces of work stand in the lists."""

    to_do: int
    """To be read, and to be settled by who asked for the reading."""
    all: int
    """With those that colleagues asked for, which she may settle as well."""


def to_read_again(hat: Hat) -> Select[Submission, SecondReading, int, int, int]:
    """Rows of marked work that the teacher may read as the second: asked of her, or of any who marks it."""
    open_to_all = SecondReading.reader_id.is_(None) & (SecondReading.asked_by_id != hat.person_id)
    return _waiting(SecondReading.reader_id == hat.person_id).where(
        SecondReading.done_at.is_(None),
        or_(is_among(read_by(hat)), open_to_all & is_among(submissions.visible_to(hat))),
        submissions.counts(),
        ~marking.has_unmarked(),
    )


def to_settle(hat: Hat) -> Select[Submission, SecondReading, int, int, int]:
    """Rows of work that a second reader other than the teacher would mark otherwise, whoever asked for it."""
    return _waiting(SecondReading.asked_by_id == hat.person_id).where(
        SecondReading.done_at.is_not(None),
        SecondReading.reader_id != hat.person_id,
        is_among(submissions.visible_to(hat)),
    )


def number_for(hat: Hat) -> Number:
    """How many pieces of work wait for the teacher, in one statement."""
    asks_her = case((SecondReading.asked_by_id == hat.person_id, 1), else_=0)
    parts = union_all(
        to_read_again(hat).with_only_columns(literal(1).label("to_do")).order_by(None),
        to_settle(hat).with_only_columns(asks_her.label("to_do")).order_by(None),
    ).subquery()
    to_do, number = db.session.execute(
        select(func.coalesce(func.sum(parts.c.to_do), 0), func.count()).select_from(parts)
    ).one()
    return Number(to_do, number)


def named(rows: Iterable[Row[*tuple[Any, ...]]], hat: Hat) -> list[Waiting]:
    """*rows* with what the teacher calls each pupil, and who asked; in statements that do not grow."""
    found = [(submission, reading) for submission, reading, *_turn in rows]
    if not found:
        return []
    names = names_in({submission.assignment_id for submission, _reading in found}, hat)
    others = {reading.asked_by_id for _submission, reading in found} - {hat.person_id}
    people = {one.id: one for one in db.session.scalars(select(Person).where(Person.id.in_(others)))}
    return [
        Waiting(
            submission,
            reading,
            names[submission.assignment_id].of(submission.student, submission),
            people.get(reading.asked_by_id),
        )
        for submission, reading in found
    ]


def _waiting(is_own: ColumnElement[bool]) -> Select[Submission, SecondReading, int, int, int]:
    turn = case((is_own, OWN), else_=SHARED)
    return (
        select(
            Submission,
            SecondReading,
            turn.label("turn"),
            Submission.assignment_id.label("work"),
            Submission.id.label("key"),
        )
        .join(SecondReading, SecondReading.submission_id == Submission.id)
        .where(SecondReading.settled_at.is_(None), Submission.returned_at.is_(None))
        .order_by(turn, Submission.assignment_id, Submission.id)
        .options(joinedload(Submission.assignment), joinedload(Submission.student))
    )
