"""Who acts: the demo teacher, her class with the demo pupil in it, the parallel class, and a colleague."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from random import Random
from uuid import UUID, uuid5

from sqlalchemy import select

from accounts.people.models import Hat, Role
from core import events
from core.clock import school_day
from core.database import db, transaction
from demo.calendar import at, last_school_day, next_school_day
from demo.population import DEMO_STUDENT, Classroom, Learner, load_classrooms
from demo.weeks.chronicle import NAMESPACE
from homework.assignments.models import Assignment
from homework.assignments.plan import Plan
from homework.assignments.queries import by_client_key
from homework.assignments.services import assign
from library.curriculum.models import Subject


class Cast:
    """The people, and the days around today on which they did what is shown."""

    def __init__(self, seed: int, now: datetime) -> None:
        self.seed = seed
        self.today = school_day(now)
        school = next(one for one in load_classrooms(seed).values() if any(room.is_demo for room in one))
        self.room = next(one for one in school if one.is_demo)
        self.parallel = next(one for one in school if one.grade == self.room.grade and not one.is_demo)
        self.other_grade = next(one for one in school if one.grade != self.room.grade)
        hats = select(Hat).where(Hat.organisation_id == self.room.school)
        self._hats = {(one.person_id, one.role): one for one in db.session.scalars(hats)}
        self._subjects = {one.code: one.id for one in db.session.scalars(select(Subject))}
        # They act in many transactions, as if each had just signed in: none of these loads them again.
        db.session.expunge_all()
        db.session.rollback()

    @property
    def yesterday(self) -> date:
        """The last day of school."""
        return last_school_day(self.today)

    @property
    def before(self) -> date:
        """The day of school before the last."""
        return last_school_day(self.yesterday)

    @property
    def week_ago(self) -> date:
        """A day of school, a week before the last."""
        return last_school_day(self.yesterday - timedelta(days=6))

    @property
    def tomorrow(self) -> date:
        """The next day of school."""
        return next_school_day(self.today)

    @property
    def teacher(self) -> Hat:
        """The demo teacher."""
        return self.teacher_of("math")

    def teacher_of(self, subject: str) -> Hat:
        """Who teaches a subject in the demo class."""
        return self._hats[self.room.post_of(subject).teacher, Role.TEACHER]

    @property
    def colleague(self) -> Hat:
        """Who teaches mathematics in another grade, and shares the parallel class with the demo teacher."""
        return self._hats[self.other_grade.post_of("math").teacher, Role.TEACHER]

    def hat(self, learner: Learner) -> Hat:
        """A pupil, as she signs in."""
        return self._hats[learner.id, Role.STUDENT]

    @property
    def pupil(self) -> Learner:
        """The demo pupil."""
        return next(one for one in self.room.learners if one.username == DEMO_STUDENT)

    def subject(self, code: str) -> int:
        """The id of a subject."""
        return self._subjects[code]

    def key(self, name: str) -> UUID:
        """What a device would have made up for something of this name: the same each time."""
        return uuid5(NAMESPACE, f"showcase/{self.seed}/{name}")

    def chance(self, name: str) -> Random:
        """Chance for something of this name: the same each time."""
        return Random(f"showcase/{self.seed}/{name}")

    def evening(self, day: date, learner: Learner) -> datetime:
        """When a pupil does her homework on *day*."""
        return at(day, self.chance(f"evening/{day}/{learner.id}").uniform(16.8, 19.9))


def at_work(room: Classroom) -> list[Learner]:
    """Those of a class who have opened their space, by seat."""
    return [one for one in room.learners if one.has_opened]


def given(hat: Hat, plan: Plan, *, now: datetime) -> Assignment:
    """The work of *plan*: given now, or found where it was given before."""
    found: Assignment | None = db.session.scalar(by_client_key(str(plan.client_key)))
    return found or assign(hat, plan, now=now)


@contextmanager
def quietly() -> Iterator[None]:
    """A transaction of the past: what follows from it is made for all together afterwards."""
    with transaction():
        yield
        events.take(db.session().info)
