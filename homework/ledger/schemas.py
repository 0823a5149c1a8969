"""The ledger for programs."""

from datetime import date

from pydantic import BaseModel, ConfigDict, Field

from core.clock import YEARS
from homework.ledger.week import ClassWeek


class WeekQuery(BaseModel):
    """Which week, and of whom."""

    model_config = ConfigDict(extra="forbid")

    week: date | None = Field(
        default=None,
        ge=date(YEARS.start, 1, 1),
        lt=date(YEARS.stop, 1, 1),
        description="Any day of the week; this week where it is left out.",
    )
    class_id: int | None = Field(default=None, description="One class; all that you may read otherwise.")
    school: int | None = Field(default=None, description="For districts and the city: one of their schools.")


class LineOut(BaseModel):
    """One piece of homework of one class."""

    assignment: int
    title: str = Field(description="Empty while pupils do not see it yet.")
    subject: str = Field(description="The subject's code.")
    day: date
    minutes: float
    is_written: bool
    is_for_all: bool
    actual_minutes: float | None = Field(description="The median of what pupils took, once enough have told.")
    actual_pupils: int


class DayOut(BaseModel):
    """One day of a class."""

    day: date
    minutes: float
    is_over: bool = Field(description="Whether it is more than is allowed.")


class ClassWeekOut(BaseModel):
    """A class's week."""

    class_id: int
    name: str
    grade: int
    cap: int | None = Field(
        description="The most minutes a day; null where neither law nor school names any."
    )
    days: list[DayOut]
    lines: list[LineOut]

    @classmethod
    def of(cls, week: ClassWeek) -> "ClassWeekOut":
        """The week of a class."""
        return cls(
            class_id=week.school_class.id,
            name=week.school_class.name,
            grade=week.school_class.grade,
            cap=week.cap,
            days=[DayOut(day=one, minutes=week.minutes(one), is_over=week.is_over(one)) for one in week.days],
            lines=[
                LineOut(
                    assignment=one.assignment_id,
                    title=one.title,
                    subject=one.subject.code,
                    day=one.day,
                    minutes=one.minutes,
                    is_written=one.is_written,
                    is_for_all=one.is_for_all,
                    actual_minutes=one.actual_minutes,
                    actual_pupils=one.actual_pupils,
                )
                for one in week.lines
            ],
        )


class LedgerOut(BaseModel):
    """A week of homework, class by class."""

    monday: date
    classes: list[ClassWeekOut]
