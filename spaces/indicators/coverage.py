"""The arithmetic of coverage: what is counted of whom, in which days, and how parts add up."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, timedelta
from typing import Self

WINDOW_DAYS = 28
"""Active and deep are told of the four weeks that end on the day."""
DEEP_STUDENT_DAYS = 8
DEEP_TEACHER_DAYS = 4


@dataclass(frozen=True, slots=True)
class Window:
    """The days that a report is about, both included."""

    first: date
    last: date

    @classmethod
    def ending_on(cls, last: date) -> Self:
        """The four weeks up to *last*."""
        return cls(last - timedelta(days=WINDOW_DAYS - 1), last)


@dataclass(frozen=True, slots=True)
class Counts:
    """The counts of one school, class or region; all of them add up."""

    students: int = 0
    students_opened: int = 0
    students_active: int = 0
    students_deep: int = 0
    teachers: int = 0
    teachers_opened: int = 0
    teachers_active: int = 0
    teachers_deep: int = 0
    classes: int = 0
    classes_with_resources: int = 0
    taught_lessons: int = 0
    resources: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(
            **{one.name: getattr(self, one.name) + getattr(other, one.name) for one in fields(Counts)}
        )


def total(parts: Iterable[Counts]) -> Counts:
    """All parts together."""
    return sum(parts, start=Counts())


def share(part: int, whole: int) -> float | None:
    """*part* of *whole*, 0-1; None of nothing."""
    return part / whole if whole else None
