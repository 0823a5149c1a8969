"""Who watched a lesson in the last weeks: with gaps and repeats, and what they answered on the way."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import select

from core.clock import school_day
from core.database import db, transaction, upsert
from demo.calendar import at, history_days
from demo.lessons.film import Film
from demo.population import DEMO_STUDENT, Classroom, Learner, load_classrooms
from demo.rows import Rows
from demo.shelf import ShelfItem, one_item
from demo.weeks.answers import right_response, wrong_response
from demo.weeks.chronicle import NAMESPACE, state
from learning.attempts.models import Attempt, AttemptContext
from learning.attempts.services import response_digest, statement_of
from learning.lessons.models import Checkpoint, MicroLesson
from learning.playback import services as playback
from learning.playback.intervals import Interval, covered_seconds, merge
from learning.playback.models import PlayedInterval, Registration
from learning.records.models import DailyActivity
from library.items.marking import mark

WATCHED_IN_DEMO_SCHOOL, WATCHED = 0.72, 0.3
RIGHT = 0.72
UNFINISHED_FOR_DEMO = "refraction"
"""The lesson that the demo pupil has begun and not finished."""
UNTOUCHED_BY_DEMO = "straight-line"
"""The lesson that waits for the demo pupil."""


@dataclass(frozen=True)
class Viewing:
    """One pupil's way through a lesson."""

    learner: Learner
    started_at: datetime
    stretches: tuple[tuple[float, float], ...]


def write_watching(lesson_id: int, film: Film, seed: int, *, now: datetime) -> None:
    """Write who watched the lesson, unless that stands already."""
    rng = Random(f"watching/{seed}/{film.slug}")
    rooms = [room for found in load_classrooms(seed).values() for room in found if room.grade == film.grade]
    checkpoint = db.session.scalars(select(Checkpoint).where(Checkpoint.lesson_id == lesson_id)).one()
    item = one_item(checkpoint.item_id)
    views = [view for room in rooms for view in _viewings(rng, room, film, now)]
    db.session.rollback()
    with transaction():
        lesson = db.session.scalars(select(MicroLesson).where(MicroLesson.id == lesson_id)).unique().one()
        if db.session.scalar(select(Registration.id).where(Registration.lesson_id == lesson_id)) is not None:
            return
        writer = _Writer(lesson, item, seed)
        for view in views:
            writer.write(rng, view)
        writer.rows.finish()
        writer.write_days()


def _viewings(rng: Random, room: Classroom, film: Film, now: datetime) -> list[Viewing]:
    found = []
    share = WATCHED_IN_DEMO_SCHOOL if room.is_demo else WATCHED * room.keenness
    days = list(history_days(school_day(now)))
    for learner in room.learners:
        is_demo = learner.username == DEMO_STUDENT
        wanted = film.slug != UNTOUCHED_BY_DEMO if is_demo else rng.random() < share
        if not (wanted and learner.has_opened):
            continue
        day = rng.choice(days[-25:]) if not is_demo else days[-3]
        started = at(day, rng.uniform(16.8, 20.2))
        found.append(
            Viewing(
                learner,
                started,
                _stretches(rng, film, unfinished=is_demo and film.slug == UNFINISHED_FOR_DEMO),
            )
        )
    return found


def _stretches(rng: Random, film: Film, *, unfinished: bool) -> tuple[tuple[float, float], ...]:
    """Return what was played in order: most to the end, some looked at a part twice, some gave up."""
    length = film.seconds
    if unfinished:
        return ((0.0, round(length * 0.45, 1)),)
    kind = rng.random()
    if kind < 0.55:
        return ((0.0, round(length, 1)),)
    middle = round(rng.uniform(0.3, 0.7) * length, 1)
    if kind < 0.8:
        return ((0.0, middle), (max(0.0, middle - 14), round(length, 1)))
    return ((0.0, middle),)


class _Writer:
    def __init__(self, lesson: MicroLesson, item: ShelfItem, seed: int) -> None:
        self.lesson, self.item, self.seed = lesson, item, seed
        self.rows = Rows()
        self.days: dict[tuple[int, Any], dict[str, float]] = {}

    def write(self, rng: Random, view: Viewing) -> None:
        uuid = playback.registration_uuid(view.learner.id, self.lesson.id)
        seen = merge(view.stretches)
        registration = Registration(
            uuid=uuid,
            person_id=view.learner.id,
            lesson_id=self.lesson.id,
            seen=[list(one) for one in seen],
            seen_seconds=round(covered_seconds(seen), 3),
            position_seconds=view.stretches[-1][1],
            started_at=view.started_at,
            updated_at=view.started_at,
        )
        intervals = self._intervals(uuid, view)
        length = self.lesson.asset.duration_seconds or 0.0
        is_done = registration.seen_seconds >= self.lesson.completion_share * length
        finished = intervals[-1].wall_end + timedelta(seconds=2)
        number = self.rows.add(
            Registration,
            uuid=uuid,
            person_id=view.learner.id,
            lesson_id=self.lesson.id,
            seen=registration.seen,
            seen_seconds=registration.seen_seconds,
            position_seconds=registration.position_seconds,
            started_at=view.started_at,
            updated_at=finished,
            completed_at=finished if is_done else None,
        )
        sofar: list[tuple[float, float]] = []
        for one in intervals:
            sofar = merge([*sofar, (one.start, one.end)])
            self.rows.add(
                PlayedInterval,
                uuid=one.id,
                registration_id=number,
                start_seconds=one.start,
                end_seconds=one.end,
                rate=one.rate,
                wall_start=one.wall_start,
                wall_end=one.wall_end,
                received_at=one.wall_end,
            )
            state(self.rows, playback.statement_of(one, registration, self.lesson, covered_seconds(sofar)))
        self._count(view.learner.id, finished, watched_seconds=registration.seen_seconds)
        if is_done:
            self._answer(rng, view.learner, finished)
            state(self.rows, playback.statement_of_completion(registration, self.lesson, finished))

    def _intervals(self, uuid: UUID, view: Viewing) -> list[Interval]:
        found, now = [], view.started_at
        for number, (start, end) in enumerate(view.stretches):
            stop = now + timedelta(seconds=end - start)
            found.append(Interval(uuid5(uuid, f"{self.seed}/{number}"), start, end, 1.0, now, stop))
            now = stop + timedelta(seconds=3)
        return found

    def _answer(self, rng: Random, learner: Learner, moment: datetime) -> None:
        item = self.item
        response = right_response(item) if rng.random() < RIGHT else wrong_response(rng, item)
        judgement = mark(item, response)
        values: dict[str, Any] = {
            "client_key": uuid5(NAMESPACE, f"checkpoint/{self.seed}/{self.lesson.id}/{learner.id}"),
            "response_sha256": response_digest(item.version, response, AttemptContext.LESSON, self.lesson.id),
            "person_id": learner.id,
            "item_id": item.item,
            "item_version_id": item.version,
            "response": response,
            "score": judgement.score,
            "is_correct": judgement.is_correct,
            "context": AttemptContext.LESSON,
            "context_id": self.lesson.id,
            "hints_used": 0,
            "seconds": round(rng.uniform(8, 50), 1),
            "answered_at": moment,
        }
        self.rows.add(Attempt, **values)
        state(self.rows, statement_of(Attempt(**values)))
        self._count(learner.id, moment, answers=1, correct_answers=int(judgement.is_correct is True))

    def _count(self, person: int, moment: datetime, **amounts: float) -> None:
        day = self.days.setdefault((person, school_day(moment)), {})
        for name, amount in amounts.items():
            day[name] = day.get(name, 0) + amount

    def write_days(self) -> None:
        """Add what was done to the days that the history has written."""
        names = ("watched_seconds", "answers", "correct_answers")
        people = {person for person, _ in self.days}
        known = {
            (one.person_id, one.day): one
            for one in db.session.scalars(select(DailyActivity).where(DailyActivity.person_id.in_(people)))
        }
        rows = []
        for (person, day), amounts in self.days.items():
            before = known.get((person, day))
            rows.append(
                {"person_id": person, "day": day}
                | {name: (getattr(before, name) if before else 0) + amounts.get(name, 0) for name in names}
            )
        defaults = {"handed_in": 0, "opened": 0, "taught": 0, "assigned": 0, "marked": 0}
        upsert(DailyActivity, [row | defaults for row in rows], keys=("person_id", "day"), update=names)
