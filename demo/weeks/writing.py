"""The weeks, written school by school: each portion in a short transaction of its own.

So people can use the platform meanwhile. A portion that stands already is left alone: the job may be run
again at any point. Hashes and statements are made by the product's own functions.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from random import Random
from uuid import UUID, uuid5

from sqlalchemy import select

from core.database import db, transaction
from demo.calendar import WEEKS_OF_HISTORY, at, is_school_day, next_school_day, term_of
from demo.curriculum import Point
from demo.population import Classroom, load_classrooms
from demo.shelf import ShelfItem, kind_items, shelf_items
from demo.weeks.answers import Answers
from demo.weeks.chronicle import NAMESPACE, Chronicle
from demo.weeks.demo_class import DemoClass, draw_pages, photo_of_equation
from demo.weeks.homework import OPEN_HOUR, Homework
from demo.weeks.practice import Practice
from demo.weeks.teaching import Teaching
from learning.records.models import Statement
from learning.records.services import Record
from learning.records.verbs import ObjectType, Verb
from library.curriculum.models import Subject
from library.items.kinds.table import MARKED_BY_MACHINE

FIRST_GRADE_WITH_HOMEWORK = 3
"""None is written in grades 1 and 2 (双减意见)."""
WORK_A_WEEK, WORK_A_WEEK_IN_DEMO_SCHOOL = 0.055, 0.42
"""How many pieces of work a teacher gives a class on the platform in a week, before the school's keenness."""
FEWEST_QUESTIONS, MOST_QUESTIONS = 3, 4
DAYS_FOR_WORK = 4
"""Work is given on the first so many days of a week."""


def write_weeks(seed: int, *, now: datetime, on_progress: Callable[[int, int], None]) -> None:
    """Write the last eight weeks and the present one up to *now*."""
    _Weeks(seed, now).write(on_progress)


class _Weeks:
    def __init__(self, seed: int, now: datetime) -> None:
        self.chronicle = Chronicle(seed, now)
        self.schools = load_classrooms(seed)
        self.items = shelf_items(seed)
        answers = Answers(self.chronicle)
        subjects = {s.code: s.id for s in db.session.scalars(select(Subject))}
        self.teaching = Teaching(self.chronicle, term_of(self.chronicle.today), self.items)
        self.homework = Homework(answers, subjects)
        self.practice = Practice(answers, self.teaching, self.items)
        self.demo_class = DemoClass(self.homework, self.items, kind_items(seed))
        db.session.rollback()

    def write(self, on_progress: Callable[[int, int], None]) -> None:
        today = self.chronicle.today
        monday = today - timedelta(days=today.weekday() + 7 * WEEKS_OF_HISTORY)
        portions = [(week, school) for week in range(WEEKS_OF_HISTORY + 1) for school in self.schools]
        for done, (week, school) in enumerate(portions):
            on_progress(done, len(portions))
            self._portion(week, school, monday + timedelta(days=7 * week))
        self.chronicle.diary.write()
        db.session.remove()
        on_progress(len(portions), len(portions))

    def _portion(self, week: int, school: int, monday: date) -> None:
        seed = self.chronicle.seed
        marker = uuid5(NAMESPACE, f"{seed}/{monday}/{school}")
        rooms = self.schools[school]
        is_demo_school = any(one.is_demo for one in rooms)
        is_last = week == WEEKS_OF_HISTORY
        pictures = draw_pages(rooms, seed, photo_of_equation(self.items).prompt) if is_last else {}
        with transaction():
            is_written = db.session.scalar(select(Statement.id).where(Statement.uuid == marker)) is not None
            self.chronicle.begin()
            for room in rooms:
                rng = Random(f"week/{seed}/{monday}/{room.id}")
                self.teaching.teach(rng, room, week, monday)
                self._set_work(rng, room, week, monday, is_demo_school=is_demo_school)
                self.practice.practise(rng, room, week, monday, is_demo_school=is_demo_school)
                if room.is_demo and is_last:
                    self.demo_class.give(rng, room, pictures)
            if not is_written:
                self._mark_written(marker, rooms[0], monday)
                self.chronicle.rows.finish()

    def _mark_written(self, marker: UUID, room: Classroom, monday: date) -> None:
        """Let a first statement tell that the portion stands: a teacher opened something."""
        self.chronicle.state(
            Record(
                uuid=marker,
                actor_id=room.posts[0].teacher,
                verb=Verb.INITIALIZED,
                object_type=ObjectType.RESOURCE,
                object_id=next(iter(self.items.values()))[0].practice,
                timestamp=min(at(monday, 7.5), self.chronicle.now),
            )
        )

    def _set_work(
        self, rng: Random, room: Classroom, week: int, monday: date, *, is_demo_school: bool
    ) -> None:
        """Let each teacher of a class give it work or not, take it in and return it."""
        if room.grade < FIRST_GRADE_WITH_HOMEWORK:
            return
        now = self.chronicle.now
        rate = WORK_A_WEEK_IN_DEMO_SCHOOL if is_demo_school else WORK_A_WEEK * (0.5 + room.keenness)
        for post in room.posts:
            reached = self.teaching.reached(room.grade, post.subject, week)
            day = monday + timedelta(days=rng.randrange(DAYS_FOR_WORK))
            if not reached or rng.random() > rate or not is_school_day(day) or at(day, OPEN_HOUR) >= now:
                continue
            due_day = next_school_day(day)
            questions = self._choose(rng, reached, rng.randint(FEWEST_QUESTIONS, MOST_QUESTIONS))
            given = self.homework.give(rng, room, post, reached[-1].name, day, due_day, questions)
            returned = at(next_school_day(due_day), rng.uniform(7.5, 12))
            self.homework.hand_in_all(rng, room, given, returned if returned < now else None)

    def _choose(self, rng: Random, reached: Sequence[Point], count: int) -> list[ShelfItem]:
        """All but one of the questions ask for the newest point, the others for one shortly before."""
        newest, older = reached[-1], reached[-4:]
        pool = [i for i in self.items[newest.code] if i.kind in MARKED_BY_MACHINE]
        chosen = rng.sample(pool, min(len(pool), count - 1))
        other = [
            i for p in older for i in self.items[p.code] if i not in chosen and i.kind in MARKED_BY_MACHINE
        ]
        return [*chosen, *rng.sample(other, min(len(other), count - len(chosen)))]
