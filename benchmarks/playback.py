"""Played intervals per second: batches of six, as players send them, against one at a time and bare rows.

Every interval is held against the clock, merged into the union of what was seen, counted for the day and
recorded as an xAPI statement; "bare rows" does none of that and shows what the rest costs.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import func, select

from benchmarks.harness import Report, fresh_application, median, percentile, seconds
from core.clock import now as clock_now
from core.database import db, insert_if_absent, transaction
from learning.lessons.models import MicroLesson
from learning.playback import services
from learning.playback.intervals import Interval
from learning.playback.models import PlayedInterval
from tests.factories.accounts import make_class, make_student
from tests.factories.learning import make_lesson

PUPILS = 60
INTERVALS = 18
"""Five seconds each: a pupil watches ninety of a lesson's hundred seconds."""
LENGTH_SECONDS = 5.0
BATCH = 6


def watched(started_at: datetime) -> list[Interval]:
    """What one pupil's player reports, in order."""
    length = timedelta(seconds=LENGTH_SECONDS)
    return [
        Interval(
            uuid4(),
            number * LENGTH_SECONDS,
            (number + 1) * LENGTH_SECONDS,
            1.0,
            started_at + number * length,
            started_at + (number + 1) * length,
        )
        for number in range(INTERVALS)
    ]


def requests(size: int, people: Sequence[int], now: datetime) -> Iterator[tuple[int, UUID, list[Interval]]]:
    """The batches of all pupils, as they arrive: everybody's first, then everybody's second."""
    started_at = now - timedelta(seconds=INTERVALS * LENGTH_SECONDS)
    reports = [(person, uuid4(), list(_in_groups(watched(started_at), size))) for person in people]
    for turn in range(-(-INTERVALS // size)):
        for person, registration, groups in reports:
            yield person, registration, groups[turn]


def _in_groups(intervals: list[Interval], size: int) -> Iterator[list[Interval]]:
    for start in range(0, len(intervals), size):
        yield intervals[start : start + size]


def ours(lesson_id: int, person: int, registration: UUID, intervals: list[Interval], now: datetime) -> None:
    """One request, as the page's view handles it."""
    with transaction():
        lesson = db.session.get_one(MicroLesson, lesson_id)
        services.play(services.begin(person, lesson, registration, now=now), lesson, intervals, now=now)


def bare_rows(
    lesson_id: int, person: int, registration: UUID, intervals: list[Interval], now: datetime
) -> None:
    """Only the rows of a batch."""
    with transaction():
        lesson = db.session.get_one(MicroLesson, lesson_id)
        begun = services.begin(person, lesson, registration, now=now)
        rows = [
            {
                "uuid": one.id,
                "registration_id": begun.id,
                "start_seconds": one.start,
                "end_seconds": one.end,
                "rate": one.rate,
                "wall_start": one.wall_start,
                "wall_end": one.wall_end,
                "received_at": now,
            }
            for one in intervals
        ]
        insert_if_absent(PlayedInterval, rows)


def main() -> None:
    """Run each way on a fresh database."""
    report = Report("playback", f"Played intervals of {PUPILS} pupils, {INTERVALS} each, one thread")
    for way, handle, size in (
        (f"ours, batches of {BATCH}", ours, BATCH),
        ("ours, one at a time", ours, 1),
        (f"bare rows, batches of {BATCH}", bare_rows, BATCH),
    ):
        with fresh_application():
            with transaction():
                school_class = make_class()
                people = [make_student(school_class).person_id for _ in range(PUPILS)]
                lesson_id = make_lesson().id
            now = clock_now()
            taken = [
                seconds(handle, lesson_id, person, registration, intervals, now)
                for person, registration, intervals in requests(size, people, now)
            ]
            stored = db.session.scalar(select(func.count()).select_from(PlayedInterval))
            report.add(
                way,
                stored=stored or 0,
                intervals_per_second=PUPILS * INTERVALS / sum(taken),
                request_ms_p50=median(taken) * 1_000,
                request_ms_p95=percentile(taken, 0.95) * 1_000,
            )
    first, second, third = (float(row["intervals_per_second"]) for row in report.rows)
    report.note(
        f"Batches take {first / second:.1f} times as many intervals as one at a time, "
        f"and reach {first / third:.0%} of bare rows."
    )
    report.finish()


if __name__ == "__main__":
    main()
