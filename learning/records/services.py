"""Write statements, and count the day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypedDict, Unpack
from uuid import UUID, uuid4

from sqlalchemy import update

from core.clock import school_day
from core.database import db, insert_if_absent, upsert
from learning.records.models import DailyActivity, Statement
from learning.records.verbs import EXTENSION, ObjectType, Verb


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One statement to write."""

    actor_id: int
    verb: Verb
    object_type: ObjectType
    object_id: int
    timestamp: datetime
    """When it happened."""
    result: Mapping[str, Any] = field(default_factory=dict)
    """After xAPI: ``score``, ``success``, ``completion``, ``response``, ``duration``, ``extensions``."""
    context: Mapping[str, Any] = field(default_factory=dict)
    registration: UUID | None = None
    uuid: UUID = field(default_factory=uuid4)
    """The statement's own id; with an id that a device made, a repetition is recognised."""


def record_statement(record: Record, *, now: datetime) -> None:
    """Store one statement; one whose id is known already is left as it is."""
    record_statements([record], now=now)


def record_statements(records: Sequence[Record], *, now: datetime) -> int:
    """Store statements in one go; returns how many were new."""
    return insert_if_absent(
        Statement,
        [
            {
                "uuid": record.uuid,
                "actor_id": record.actor_id,
                "verb": record.verb.value,
                "object_type": record.object_type.value,
                "object_id": record.object_id,
                "result": dict(record.result),
                "context": dict(record.context),
                "registration": record.registration,
                "timestamp": record.timestamp,
                "stored_at": now,
            }
            for record in records
        ],
    )


class Increments(TypedDict, total=False):
    """What may be counted of a day; the columns of ``DailyActivity``."""

    watched_seconds: float
    answers: int
    correct_answers: int
    handed_in: int
    opened: int
    taught: int
    assigned: int
    marked: int


def count_activity(person_id: int, now: datetime, **increments: Unpack[Increments]) -> None:
    """Add *increments* to what the person did on the school day of *now*."""
    row = {"person_id": person_id, "day": school_day(now), **increments}
    upsert(DailyActivity, [row], keys=("person_id", "day"), add=list(increments))


def uncount_marked(person_id: int, marked_at: datetime, number: int) -> None:
    """Take pieces of work off again that were counted as marked then: it was undone."""
    columns = DailyActivity.__table__.c
    db.session.execute(
        update(DailyActivity)
        .where(DailyActivity.person_id == person_id, DailyActivity.day == school_day(marked_at))
        .values({"marked": columns.marked - number})
        .execution_options(synchronize_session=False)
    )


def change_correct_answers(differences: Mapping[tuple[int, date], int]) -> None:
    """Let the days' counts follow when answers turn out right or wrong later: by (person, school day)."""
    columns = DailyActivity.__table__.c
    for (person_id, day), difference in sorted(differences.items()):
        db.session.execute(
            update(DailyActivity)
            .where(DailyActivity.person_id == person_id, DailyActivity.day == day)
            .values({"correct_answers": columns.correct_answers + difference})
            .execution_options(synchronize_session=False)
        )


def opened(person_id: int, resource_id: int, *, now: datetime) -> None:
    """Record that the person opened a resource."""
    record_statement(
        Record(
            actor_id=person_id,
            verb=Verb.OPENED,
            object_type=ObjectType.RESOURCE,
            object_id=resource_id,
            timestamp=now,
            context={"extensions": {f"{EXTENSION}day": school_day(now).isoformat()}},
        ),
        now=now,
    )
    count_activity(person_id, now, opened=1)
