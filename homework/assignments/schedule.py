"""When work opens, is due, and is no longer taken: rules of the school day (Asia/Shanghai)."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from core.clock import SCHOOL_ZONE

USUAL_TIME = time(20, 0)
REST_BEGINS = time(21, 0)
REST_ENDS = time(6, 0)
LATE_WORK_IS_TAKEN_FOR = timedelta(days=3)
FURTHEST_AHEAD = timedelta(days=2 * 366)
"""No work lies further ahead than two years: a time after that is a slip in the year."""
GRACE = timedelta(seconds=60)
"""What a slow line may cost: work that reaches the server within it is in time."""


@dataclass(frozen=True, slots=True)
class Times:
    """When work is due, and how long it is taken: for all, or for one pupil with an exception."""

    due_at: datetime
    cut_off_at: datetime
    is_excused: bool = False


def usual_due(now: datetime) -> datetime:
    """Tomorrow at eight in the evening."""
    tomorrow = now.astimezone(SCHOOL_ZONE).date() + timedelta(days=1)
    return datetime.combine(tomorrow, USUAL_TIME, SCHOOL_ZONE)


def usual_cut_off(due_at: datetime) -> datetime:
    """Until when late work is usually taken."""
    return due_at + LATE_WORK_IS_TAKEN_FOR


def as_long_after(due_at: datetime, standing: Times) -> datetime:
    """Until when work that is due at *due_at* is taken, if it is taken as long after it as it is now.

    What is taken for ever, as could be said once, is taken for ever.
    """
    taken_for = standing.cut_off_at - standing.due_at
    return standing.cut_off_at if taken_for > FURTHEST_AHEAD else due_at + taken_for


def is_too_far_ahead(moment: datetime, now: datetime) -> bool:
    """Whether *moment* lies so far after *now* that it cannot be meant."""
    return moment - now > FURTHEST_AHEAD


def is_at_rest(moment: datetime) -> bool:
    """Whether pupils should rest at *moment*: after 21:00 and before 06:00."""
    local = moment.astimezone(SCHOOL_ZONE).time()
    return local > REST_BEGINS or local < REST_ENDS


def wakes_at(moment: datetime) -> datetime:
    """*moment*, or the next morning where it is a time of rest: nothing is told before."""
    if not is_at_rest(moment):
        return moment
    local = moment.astimezone(SCHOOL_ZONE)
    day = local.date() + timedelta(days=1 if local.time() > REST_BEGINS else 0)
    return datetime.combine(day, REST_ENDS, SCHOOL_ZONE)


def is_late(due_at: datetime, received_at: datetime) -> bool:
    """Whether work that the server began to receive at *received_at* came after its time."""
    return received_at > due_at + GRACE


def is_taken(cut_off_at: datetime, received_at: datetime) -> bool:
    """Whether work is still taken at *received_at*."""
    return received_at <= cut_off_at + GRACE
