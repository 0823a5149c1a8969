"""School days, terms and hours, in Beijing time."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from core.clock import SCHOOL_ZONE

WEEKS_OF_HISTORY = 8
NATIONAL_DAYS = {(10, day) for day in range(1, 8)}
SATURDAY = 5
AUTUMN_STARTS, AUTUMN_MONTHS = (9, 1), {8, 9, 10, 11, 12, 1}


@dataclass(frozen=True)
class Term:
    """A term and its school year."""

    code: str
    name: str
    name_en: str
    starts_on: date
    ends_on: date
    entry_year: int
    """The year in which the school year began."""


def term_of(today: date) -> Term:
    """Return the term that *today* falls into; the summer counts as the term to come."""
    is_autumn = today.month in AUTUMN_MONTHS
    year = today.year if today.month > 7 or not is_autumn else today.year - 1
    if is_autumn:
        return Term(
            f"{year}-1",
            f"{year}—{year + 1}学年第一学期",
            f"{year}/{year + 1}, first term",
            date(year, *AUTUMN_STARTS),
            date(year + 1, 1, 31),
            year,
        )
    return Term(
        f"{year - 1}-2",
        f"{year - 1}—{year}学年第二学期",
        f"{year - 1}/{year}, second term",
        date(year, 2, 15),
        date(year, 7, 10),
        year - 1,
    )


def is_school_day(day: date) -> bool:
    """Say whether there is school on *day*."""
    return day.weekday() < SATURDAY and (day.month, day.day) not in NATIONAL_DAYS


def history_days(today: date) -> Iterator[date]:
    """Yield every day of the eight weeks before *today*, oldest first."""
    for back in range(WEEKS_OF_HISTORY * 7, 0, -1):
        yield today - timedelta(days=back)


def at(day: date, hour: float) -> datetime:
    """Return the moment *hour* (such as 19.5) of *day* in Beijing, as UTC."""
    minutes = round(hour * 60)
    local = datetime.combine(day, time(0), SCHOOL_ZONE) + timedelta(minutes=minutes)
    return local.astimezone(UTC)


def next_school_day(day: date) -> date:
    """Return the first school day after *day*."""
    after = day + timedelta(days=1)
    while not is_school_day(after):
        after += timedelta(days=1)
    return after


def last_school_day(day: date) -> date:
    """Return the last school day before *day*."""
    before = day - timedelta(days=1)
    while not is_school_day(before):
        before -= timedelta(days=1)
    return before
