"""Count what a player reports, and know when a lesson is done."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from core.clock import school_day, start_of_day
from core.database import db, insert_if_absent, publish
from learning.lessons.models import MicroLesson
from learning.lessons.queries import required_item_ids
from learning.playback import queries
from learning.playback.errors import OtherLesson, UnknownRegistration
from learning.playback.events import Watched
from learning.playback.intervals import (
    Interval,
    Reason,
    Stretch,
    Verdict,
    add,
    clock_correction,
    covered_seconds,
    credit,
    plausible,
)
from learning.playback.models import PlayedInterval, Registration
from learning.playback.registrations import handed_out, is_handed_out, lesson_of
from learning.records.services import Record, count_activity, record_statements
from learning.records.verbs import EXTENSION, VIDEO, ObjectType, Verb

DIGITS = 3
"""Seconds are kept to the millisecond."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one interval of a batch."""

    id: UUID
    verdict: Verdict
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class Played:
    """What a batch led to."""

    registration: Registration
    outcomes: list[Outcome]


@dataclass(slots=True)
class _Tally:
    """What of a batch counts, while it is gone through."""

    seen: list[Stretch]
    busy: list[Stretch]
    rows: list[dict[str, Any]] = field(default_factory=list)
    records: list[Record] = field(default_factory=list)
    gained: dict[date, float] = field(default_factory=lambda: defaultdict(float))
    latest: tuple[datetime, float] | None = None


def registration_uuid(person_id: int, lesson_id: int) -> UUID:
    """The id under which the person goes through the lesson, begun or not.

    It follows from both, so that two tabs opened before the first second is played mean the same.
    """
    latest = db.session.scalar(queries.latest_of(person_id, lesson_id))
    return latest.uuid if latest else handed_out(person_id, lesson_id)


def lesson_id_of(person_id: int, uuid: UUID) -> int:
    """The lesson that the person goes through under *uuid*, begun or not.

    Raises:
        UnknownRegistration: it was not handed out to the person.
    """
    begun = db.session.scalar(queries.by_uuid(uuid))
    if begun is not None and begun.person_id != person_id:
        raise UnknownRegistration
    lesson_id = begun.lesson_id if begun else lesson_of(uuid, person_id)
    if lesson_id is None:
        raise UnknownRegistration
    return lesson_id


def begin(person_id: int, lesson: MicroLesson, uuid: UUID, *, now: datetime) -> Registration:
    """The registration *uuid* of the person and the lesson; made if there is none.

    Raises:
        UnknownRegistration: it is another person's.
        OtherLesson: it belongs to another lesson.
    """
    # Before a row can be made under it: an id that was handed out is known to be whose it is.
    if is_handed_out(uuid) and lesson_id_of(person_id, uuid) != lesson.id:
        raise OtherLesson
    insert_if_absent(
        Registration,
        [
            {
                "uuid": uuid,
                "person_id": person_id,
                "lesson_id": lesson.id,
                "seen": [],
                "started_at": now,
                "updated_at": now,
            }
        ],
    )
    registration = db.session.scalars(queries.by_uuid(uuid).with_for_update()).one()
    if registration.person_id != person_id:
        raise UnknownRegistration
    if registration.lesson_id != lesson.id:
        raise OtherLesson
    return registration


def play(
    registration: Registration,
    lesson: MicroLesson,
    intervals: Sequence[Interval],
    *,
    sent_at: datetime | None = None,
    now: datetime,
) -> Played:
    """Count a batch of intervals in one go; what was sent before, or cannot be, changes nothing."""
    known = set(db.session.scalars(queries.known_uuids([one.id for one in intervals])))
    correction = clock_correction(intervals, sent_at, now)
    fresh = {one.id: one.shifted(correction) for one in intervals if one.id not in known}
    tally = _Tally(seen=_stretches(registration.seen), busy=_busy(registration.person_id, fresh))
    reasons = {
        one.id: _count(one, registration, lesson, tally, now)
        for one in sorted(fresh.values(), key=lambda one: (one.wall_start, one.start))
    }
    _keep(registration, lesson, tally, now)
    complete_if_done(registration, lesson, now=now)
    outcomes = [
        Outcome(one.id, Verdict.DUPLICATE)
        if one.id in known
        else Outcome(one.id, Verdict.REFUSED if reasons[one.id] else Verdict.ACCEPTED, reasons[one.id])
        for one in intervals
    ]
    return Played(registration, outcomes)


def complete_if_done(registration: Registration, lesson: MicroLesson, *, now: datetime) -> None:
    """Mark the lesson done once enough of it was seen and each required question was answered."""
    if registration.completed_at is not None or not is_done(registration, lesson):
        return
    registration.completed_at = now
    record_statements([statement_of_completion(registration, lesson, now)], now=now)
    publish(Watched(registration.person_id, lesson.id, lesson.resource_id))


def is_done(registration: Registration, lesson: MicroLesson) -> bool:
    """Whether enough of the lesson was seen and each required question was answered."""
    if share_seen(registration, lesson) < lesson.completion_share:
        return False
    answered = set(db.session.scalars(queries.answered_items(registration.person_id, lesson.id)))
    return answered.issuperset(db.session.scalars(required_item_ids(lesson.id)))


def share_seen(registration: Registration, lesson: MicroLesson) -> float:
    """The share of the video that was seen, from 0 to 1."""
    length = lesson.asset.duration_seconds
    return min(registration.seen_seconds / length, 1.0) if length else 0.0


def _stretches(seen: list[Any]) -> list[Stretch]:
    return [(float(start), float(end)) for start, end in seen]


def _busy(person_id: int, fresh: dict[UUID, Interval]) -> list[Stretch]:
    if not fresh:
        return []
    start = min(one.wall_start for one in fresh.values())
    end = max(one.wall_end for one in fresh.values())
    rows = db.session.execute(queries.counted_between(person_id, start, end))
    return [(wall_start.timestamp(), wall_end.timestamp()) for wall_start, wall_end in rows]


def _count(
    interval: Interval, registration: Registration, lesson: MicroLesson, tally: _Tally, now: datetime
) -> Reason | None:
    length = lesson.asset.duration_seconds
    if reason := plausible(interval, length, now):
        return reason
    counted = credit(interval, tally.busy)
    if not counted:
        return Reason.ELSEWHERE
    before = covered_seconds(tally.seen)
    tally.seen = add(tally.seen, counted)
    tally.gained[school_day(interval.wall_end)] += covered_seconds(tally.seen) - before
    tally.busy.append((interval.wall_start.timestamp(), interval.wall_end.timestamp()))
    tally.latest = (interval.wall_end, interval.end)
    tally.rows.append(
        {
            "uuid": interval.id,
            "registration_id": registration.id,
            "start_seconds": interval.start,
            "end_seconds": interval.end,
            "rate": interval.rate,
            "wall_start": interval.wall_start,
            "wall_end": interval.wall_end,
            "received_at": now,
        }
    )
    tally.records.append(statement_of(interval, registration, lesson, covered_seconds(tally.seen)))
    return None


def _keep(registration: Registration, lesson: MicroLesson, tally: _Tally, now: datetime) -> None:
    if not tally.rows:
        return
    insert_if_absent(PlayedInterval, tally.rows)
    record_statements(tally.records, now=now)
    registration.seen = [[round(start, DIGITS), round(end, DIGITS)] for start, end in tally.seen]
    registration.seen_seconds = round(covered_seconds(tally.seen), DIGITS)
    if tally.latest:
        registration.position_seconds = round(tally.latest[1], DIGITS)
    registration.updated_at = now
    noon = timedelta(hours=12)
    for day, seconds in tally.gained.items():
        count_activity(
            registration.person_id, start_of_day(day) + noon, watched_seconds=round(seconds, DIGITS)
        )
    publish(Watched(registration.person_id, lesson.id, lesson.resource_id))


def statement_of(interval: Interval, registration: Registration, lesson: MicroLesson, seen: float) -> Record:
    """The statement of one interval, after the xAPI Video Profile."""
    length = lesson.asset.duration_seconds
    extensions: dict[str, Any] = {
        f"{VIDEO}time": round(interval.end, DIGITS),
        f"{VIDEO}played-segments": f"{interval.start:.3f}[.]{interval.end:.3f}",
    }
    if length:
        extensions[f"{VIDEO}progress"] = round(min(seen / length, 1.0), DIGITS)
    context = _context(lesson)
    context["extensions"][f"{VIDEO}speed"] = f"{interval.rate:g}x"
    return Record(
        uuid=interval.id,
        actor_id=registration.person_id,
        verb=Verb.PLAYED,
        object_type=ObjectType.LESSON,
        object_id=lesson.id,
        timestamp=interval.wall_end,
        result={"duration": f"PT{interval.wall_seconds:.1f}S", "extensions": extensions},
        context=context,
        registration=registration.uuid,
    )


def statement_of_completion(registration: Registration, lesson: MicroLesson, now: datetime) -> Record:
    """The statement that the lesson was done at *now*."""
    return Record(
        uuid=uuid5(registration.uuid, "completed"),
        actor_id=registration.person_id,
        verb=Verb.COMPLETED,
        object_type=ObjectType.LESSON,
        object_id=lesson.id,
        timestamp=now,
        result={
            "completion": True,
            "duration": f"PT{registration.seen_seconds:.1f}S",
            "extensions": {f"{VIDEO}progress": round(share_seen(registration, lesson), DIGITS)},
        },
        context=_context(lesson),
        registration=registration.uuid,
    )


def _context(lesson: MicroLesson) -> dict[str, Any]:
    return {
        "contextActivities": {"category": [{"id": "https://w3id.org/xapi/video"}]},
        "extensions": {
            f"{VIDEO}length": lesson.asset.duration_seconds,
            f"{VIDEO}completion-threshold": f"{lesson.completion_share:g}",
            f"{EXTENSION}resource": lesson.resource_id,
        },
    }
