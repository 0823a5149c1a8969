"""What is taught when: how far a class is in its textbook, and with what it was taught."""

import math
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from random import Random

from demo.calendar import WEEKS_OF_HISTORY, Term, at, is_school_day
from demo.curriculum import Point, points_of
from demo.population import Classroom
from demo.shelf import ShelfItem
from demo.weeks.chronicle import Chronicle
from learning.classroom.models import TaughtLesson

TAUGHT_A_DAY = 0.1
"""How likely a lesson is taught with the platform, before the school's keenness."""
SCHOOL_DAYS = 5


class Teaching:
    """Lets teachers teach, each subject to where a class should be in that week of the term."""

    def __init__(self, chronicle: Chronicle, term: Term, items: Mapping[str, Sequence[ShelfItem]]) -> None:
        self.chronicle, self.term, self.items = chronicle, term, items

    def reached(self, grade: int, subject: str, week: int) -> list[Point]:
        """Return the points that a class has reached in *week*, the newest last."""
        taught = taught_points(grade, subject, "a" if self.term.code.endswith("1") else "b")
        if not taught:
            return []
        share = (week + 2) / (WEEKS_OF_HISTORY + 4)
        return list(taught[: max(1, math.ceil(share * len(taught)))])

    def teach(self, rng: Random, room: Classroom, week: int, monday: date) -> None:
        """Write which lessons of a week were taught with something of the library."""
        used: set[tuple[int, int, date]] = set()
        for post in room.posts:
            reached = self.reached(room.grade, post.subject, week)
            for offset in range(SCHOOL_DAYS):
                day = monday + timedelta(days=offset)
                moment = at(day, rng.uniform(8, 16.5))
                if not reached or rng.random() > TAUGHT_A_DAY * room.keenness:
                    continue
                if not is_school_day(day) or moment >= self.chronicle.now:
                    continue
                resource = rng.choice(self.items[reached[-1].code]).practice
                if (post.teacher, resource, day) in used:
                    continue
                used.add((post.teacher, resource, day))
                self.chronicle.rows.add(
                    TaughtLesson,
                    teacher_id=post.teacher,
                    class_id=room.id,
                    resource_id=resource,
                    day=day,
                    taught_at=moment,
                )
                self.chronicle.diary.note(post.teacher, moment, taught=1)


@cache
def taught_points(grade: int, subject: str, half: str) -> tuple[Point, ...]:
    """Return what a grade learns of a subject in a half-year (``a`` or ``b``), or else what came before."""
    own = [p for p in points_of(subject) if p.grade == grade]
    this = [p for p in own if p.volume.endswith((half, "r1", "s1")) or grade > 9]
    if this or own:
        return tuple(this or own)
    earlier = [p for p in points_of(subject) if p.grade < grade]
    return tuple(earlier[-6:])
