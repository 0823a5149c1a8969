"""A week of homework as a table: one source for page, print, CSV and API."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from accounts.classes.models import SchoolClass
from homework.load.limits import allowed_minutes, in_tenths
from library.curriculum.models import Subject

DAYS = 7


@dataclass(frozen=True, slots=True)
class Line:
    """One piece of homework of one class."""

    assignment_id: int
    title: str
    """Empty for readers who do not see it yet."""
    class_id: int
    subject: Subject
    day: date
    minutes: float
    is_written: bool
    is_for_all: bool
    """Whether the whole class got it."""
    actual_minutes: float | None
    actual_pupils: int


@dataclass(slots=True)
class ClassWeek:
    """What one class has to do in a week."""

    school_class: SchoolClass
    days: list[date]
    cap: int | None
    lines: list[Line] = field(default_factory=list)
    reasons: dict[date, list[str]] = field(default_factory=lambda: defaultdict(list))
    """Why a day was more than allowed; for staff."""

    @property
    def subjects(self) -> list[Subject]:
        """What it has homework in, in the order of subjects."""
        found = {one.subject.id: one.subject for one in self.lines}
        return sorted(found.values(), key=lambda one: (one.position, one.id))

    def minutes(self, day: date, subject: Subject | None = None) -> float:
        """The minutes of a day, in one subject or in all."""
        asked = (
            one.minutes
            for one in self.lines
            if one.day == day and (subject is None or one.subject.id == subject.id)
        )
        return in_tenths(sum(asked))

    def is_over(self, day: date) -> bool:
        """Whether a day asks for more than is allowed."""
        return self.cap is not None and self.minutes(day) > self.cap


def days_of_week(monday: date) -> list[date]:
    """Monday to Sunday."""
    return [monday + timedelta(days=number) for number in range(DAYS)]


def weeks(
    classes: Sequence[SchoolClass],
    monday: date,
    lines: Iterable[Line],
    caps: dict[tuple[int, int], int],
) -> list[ClassWeek]:
    """The week of each class; *caps* is what schools have set, by (school, grade)."""
    days = days_of_week(monday)
    found = {
        one.id: ClassWeek(one, days, allowed_minutes(one.grade, caps.get((one.school_id, one.grade))))
        for one in classes
    }
    for line in lines:
        found[line.class_id].lines.append(line)
    return list(found.values())
