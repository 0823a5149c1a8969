"""What pupils practise of their own accord, most at the end of the week."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from random import Random
from uuid import uuid5

from core.clock import school_day
from demo.calendar import at
from demo.curriculum import Point
from demo.population import DEMO_STUDENT, Classroom, Learner
from demo.shelf import ShelfItem
from demo.weeks.answers import Answers
from demo.weeks.chronicle import NAMESPACE
from demo.weeks.teaching import Teaching
from learning.attempts.models import AttemptContext
from learning.records.services import Record
from learning.records.verbs import EXTENSION, ObjectType, Verb
from library.items.kinds.table import MARKED_BY_MACHINE

SESSIONS_A_WEEK, SESSIONS_A_WEEK_IN_DEMO_SCHOOL = 0.9, 1.6
LIKELY_DAYS, RESTING_DAY = (3, 3, 3, 3, 2, 4, 4), 4
"""How likely practice is on each day of the week; on Fridays the demo pupil rests."""
LAST_SCHOOL_DAY = 4
NEWEST = 3
"""Of each subject, so many points are practised."""


class Practice:
    """Lets pupils practise what their class has reached."""

    def __init__(
        self, answers: Answers, teaching: Teaching, items: Mapping[str, Sequence[ShelfItem]]
    ) -> None:
        self.chronicle, self.answers, self.teaching, self.items = answers.chronicle, answers, teaching, items

    def practise(
        self, rng: Random, room: Classroom, week: int, monday: date, *, is_demo_school: bool
    ) -> None:
        """Write what the pupils of a class practised in a week, up to now."""
        reached = [
            point
            for subject in sorted({post.subject for post in room.posts})
            for point in self.teaching.reached(room.grade, subject, week)[-NEWEST:]
        ]
        if not reached:
            return
        rate = SESSIONS_A_WEEK_IN_DEMO_SCHOOL if is_demo_school else SESSIONS_A_WEEK
        days = [monday + timedelta(days=offset) for offset in range(7)]
        days = [day for day in days if day <= self.chronicle.today]
        weights = [LIKELY_DAYS[day.weekday()] for day in days]
        for learner in room.learners:
            sessions = rate * learner.diligence * 2 * len(days) / 7
            count = int(sessions) + (rng.random() < sessions % 1)
            when = rng.choices(days, weights, k=count)
            if learner.username == DEMO_STUDENT:
                # Most days, and always today: who signs in looks at this week first.
                when = [day for day in days if day.weekday() != RESTING_DAY]
            for day in when if learner.has_opened else []:
                moment = self._moment(rng, learner, day)
                if moment < self.chronicle.now:
                    self._session(rng, learner, rng.choice(reached), moment)

    def _moment(self, rng: Random, learner: Learner, day: date) -> datetime:
        is_free = day.weekday() > LAST_SCHOOL_DAY
        moment = at(day, rng.uniform(9.5, 20.5) if is_free else rng.uniform(16.7, 20.6))
        if moment >= self.chronicle.now and learner.username == DEMO_STUDENT:
            moment = at(day, rng.uniform(6.6, 7.4))
        return moment

    def _session(self, rng: Random, learner: Learner, point: Point, moment: datetime) -> None:
        first = rng.choice(self.items[point.code])
        asked = [
            i for i in self.items[point.code] if i.practice == first.practice and i.kind in MARKED_BY_MACHINE
        ]
        self.chronicle.state(
            Record(
                uuid=uuid5(NAMESPACE, f"open/{learner.id}/{first.practice}/{moment.isoformat()}"),
                actor_id=learner.id,
                verb=Verb.OPENED,
                object_type=ObjectType.RESOURCE,
                object_id=first.practice,
                timestamp=moment,
                context={"extensions": {f"{EXTENSION}day": school_day(moment).isoformat()}},
            )
        )
        self.chronicle.diary.note(learner.id, moment, opened=1)
        for place, item in enumerate(asked):
            when = moment + timedelta(seconds=40 * (place + 1) + rng.randint(0, 30))
            if when < self.chronicle.now:
                name = f"practice/{self.chronicle.seed}/{learner.id}/{item.version}/{when.isoformat()}"
                response = self.answers.respond(rng, learner, item, when)
                self.answers.keep(
                    rng,
                    learner,
                    item,
                    response,
                    when,
                    uuid5(NAMESPACE, name),
                    AttemptContext.PRACTICE,
                    item.practice,
                )
