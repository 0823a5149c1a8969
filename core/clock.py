"""The clock. Only the edge reads it (views, jobs, commands); everything below takes ``now``."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

SCHOOL_ZONE = ZoneInfo("Asia/Shanghai")
"""School rules (days, quiet hours, weeks) follow Beijing time."""

YEARS = range(1900, 2200)
"""Of days and moments that come from outside: with others one cannot even reckon from zone to zone."""


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return datetime.now(UTC)


def school_day(moment: datetime) -> date:
    """The calendar day at school at *moment*."""
    return moment.astimezone(SCHOOL_ZONE).date()


def start_of_day(day: date) -> datetime:
    """The moment when *day* begins at school, in UTC."""
    return datetime.combine(day, time.min, SCHOOL_ZONE).astimezone(UTC)


def start_of_week(day: date) -> date:
    """The Monday of *day*'s week."""
    return day - timedelta(days=day.weekday())
