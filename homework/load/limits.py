"""The limits of law on homework.

Source: 《关于进一步减轻义务教育阶段学生作业负担和校外培训负担的意见》(2021) §4: no written homework in
grades 1 and 2; on average at most 60 minutes a day in grades 3 to 6 and 90 in grades 7 to 9, over
all subjects. The law speaks of written work; here all homework counts, watching and reading aloud too, since
a pupil has one evening for all of it (``docs/decisions/0020-which-day-homework-counts-on.md``).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from core.clock import SCHOOL_ZONE, school_day

FIRST_WRITTEN_GRADE = 3
PRIMARY_CAP_MINUTES = 60
LOWER_SECONDARY_CAP_MINUTES = 90
LAST_PRIMARY_GRADE = 6
LAST_LOWER_SECONDARY_GRADE = 9
LAST_GRADE = 12
NOON = time(12, 0)
MOST_DAYS_SHOWN = 7


def may_be_written(grade: int) -> bool:
    """Whether homework to write may be given in *grade*."""
    return grade >= FIRST_WRITTEN_GRADE


def cap_minutes(grade: int) -> int | None:
    """The most minutes of homework a day in *grade*; None where the law names no figure."""
    if not may_be_written(grade) or grade > LAST_LOWER_SECONDARY_GRADE:
        return None
    return PRIMARY_CAP_MINUTES if grade <= LAST_PRIMARY_GRADE else LOWER_SECONDARY_CAP_MINUTES


def allowed_minutes(grade: int, school_cap: int | None) -> int | None:
    """The most minutes a day: what the school has set, and never more than the law."""
    caps = [one for one in (cap_minutes(grade), school_cap) if one is not None]
    return min(caps, default=None)


def day_of(opens_at: datetime, due_at: datetime) -> date:
    """The school day on which work counts: the one on which it is due.

    What is due before noon was done the evening before, and counts there, unless it opens on the day itself.
    """
    due = school_day(due_at)
    if due_at.astimezone(SCHOOL_ZONE).time() <= NOON and school_day(opens_at) < due:
        return due - timedelta(days=1)
    return due


def days_until(opens_at: datetime, day: date) -> list[date]:
    """The days on which the work may be done, the one where it counts last; the latest of them where many."""
    first = max(min(school_day(opens_at), day), day - timedelta(days=MOST_DAYS_SHOWN - 1))
    return [first + timedelta(days=number) for number in range((day - first).days + 1)]


def in_tenths(minutes: float) -> float:
    """A sum of minutes as it is told and held against a cap: 17.7 + 11.9 + 11.3 + 19.1 are 60."""
    return round(minutes, 1)


@dataclass(frozen=True, slots=True)
class DayLoad:
    """The minutes of homework due for one class on one school day."""

    class_id: int
    class_name: str
    grade: int
    planned: dict[int, float]
    """Minutes by the id of the subject, as assigned so far."""
    added: float = 0.0
    """Minutes of the work that is being planned."""
    school_cap: int | None = None
    """What the school has set for the grade."""
    around: Mapping[date, float] = field(default_factory=dict)
    """Minutes of the days on which the work may be done, without what is being planned."""

    @property
    def minutes(self) -> float:
        """All subjects, with what is being planned."""
        return in_tenths(sum(self.planned.values()) + self.added)

    @property
    def cap(self) -> int | None:
        """The most that is allowed."""
        return allowed_minutes(self.grade, self.school_cap)

    @property
    def is_by_law(self) -> bool:
        """Whether the law names this figure; else the school has set it."""
        return self.cap == cap_minutes(self.grade)

    @property
    def is_over(self) -> bool:
        """Whether the day asks for more than is allowed."""
        return self.cap is not None and self.minutes > self.cap
