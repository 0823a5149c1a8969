"""Played stretches of a video: their union, and whether the clock allows them.

Pure rules. A stretch is a pair of seconds; a union is a list of disjoint stretches, ascending.
Coverage is the length of the union, so that watching ten seconds in a loop stays ten seconds
(xAPI Video Profile: ``played-segments``, ``progress``).
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from uuid import UUID

Stretch = tuple[float, float]

FASTEST_RATE = 2.0
"""No faster playing counts as watching."""
LONGEST_PAUSE_SECONDS = 60.0
"""A stretch that took this much longer than its playing time hides a sleeping device or an empty chair."""
SHORTEST_SECONDS = 0.05
LARGEST_TOLERANCE_SECONDS = 1.0
OLDEST = timedelta(days=30)
"""How long an outbox on a device may have waited."""
CLOCK_SKEW = timedelta(seconds=30)
"""Device clocks that are nearer than this to ours are believed."""


class Verdict(StrEnum):
    """What became of one interval that a player sent."""

    ACCEPTED = "accepted"
    DUPLICATE = "duplicate"
    REFUSED = "refused"


class Reason(StrEnum):
    """Why an interval was refused."""

    MALFORMED = "malformed"
    """Its times are no stretch of this video."""
    TOO_FAST = "too_fast"
    """More was played than the clock allows."""
    PAUSED = "paused"
    """The clock ran on by more than a minute while the video stood still."""
    FUTURE = "future"
    TOO_OLD = "too_old"
    ELSEWHERE = "elsewhere"
    """The same minutes were already counted, for another tab or device."""


@dataclass(frozen=True, slots=True)
class Interval:
    """One stretch played without a jump, as a player tells it; the wall times are the device's."""

    id: UUID
    start: float
    end: float
    rate: float
    wall_start: datetime
    wall_end: datetime

    @property
    def played_seconds(self) -> float:
        """How far the video advanced."""
        return self.end - self.start

    @property
    def wall_seconds(self) -> float:
        """How long it took."""
        return (self.wall_end - self.wall_start).total_seconds()

    def shifted(self, by: timedelta) -> "Interval":
        """The same stretch by a clock that runs *by* ahead of the device's."""
        return Interval(self.id, self.start, self.end, self.rate, self.wall_start + by, self.wall_end + by)


def merge(stretches: Iterable[Sequence[float]]) -> list[Stretch]:
    """The union of *stretches*, in any order, overlapping or not; empty ones vanish."""
    union: list[Stretch] = []
    for start, end in sorted((one[0], one[1]) for one in stretches if one[1] > one[0]):
        if union and start <= union[-1][1]:
            union[-1] = (union[-1][0], max(union[-1][1], end))
        else:
            union.append((start, end))
    return union


def add(seen: Iterable[Sequence[float]], new: Iterable[Sequence[float]]) -> list[Stretch]:
    """The union of what was *seen* and what is *new*."""
    return merge([*seen, *new])


def covered_seconds(stretches: Iterable[Sequence[float]]) -> float:
    """The length of the union of *stretches*."""
    return sum(end - start for start, end in merge(stretches))


def gaps(seen: Iterable[Sequence[float]], length: float) -> list[Stretch]:
    """What of [0, *length*] is missing in *seen*."""
    edges = [0.0, *(edge for stretch in merge(seen) for edge in stretch), length]
    return [(end, start) for end, start in list(pairwise(edges))[::2] if start > end]


def clock_correction(intervals: Iterable[Interval], sent_at: datetime | None, now: datetime) -> timedelta:
    """What to add to the device's times so that they are ours.

    *sent_at* is the device's own time of sending. Where it is missing, a batch that lies in the
    future is drawn back so that it ends now: nobody has watched tomorrow.
    """
    if sent_at is not None:
        skew = now - sent_at
        return skew if abs(skew) > CLOCK_SKEW else timedelta(0)
    latest = max((one.wall_end for one in intervals), default=now)
    return now - latest if latest - now > CLOCK_SKEW else timedelta(0)


def plausible(interval: Interval, length: float | None, now: datetime) -> Reason | None:
    """Why the clock, or a video of *length* seconds, does not allow *interval*; None if it does.

    Its wall times are ours already (see ``clock_correction``).
    """
    if _is_malformed(interval, length):
        return Reason.MALFORMED
    if interval.wall_end > now + CLOCK_SKEW:
        return Reason.FUTURE
    if interval.wall_start < now - OLDEST:
        return Reason.TOO_OLD
    rate = min(interval.rate, FASTEST_RATE)
    wall = interval.wall_seconds
    if interval.played_seconds > rate * wall + tolerance_seconds(wall):
        return Reason.TOO_FAST
    if wall > interval.played_seconds / rate + LONGEST_PAUSE_SECONDS:
        return Reason.PAUSED
    return None


def tolerance_seconds(wall_seconds: float) -> float:
    """How much a player's report may run ahead of the clock.

    Players report in steps of a quarter of a second. In proportion to short stretches, so that
    stretches of no time do not add up; never more than a second.
    """
    return min(LARGEST_TOLERANCE_SECONDS, 0.25 * wall_seconds)


def _is_malformed(interval: Interval, length: float | None) -> bool:
    numbers = (interval.start, interval.end, interval.rate)
    if not all(math.isfinite(number) for number in numbers):
        return True
    latest = math.inf if length is None else length + LARGEST_TOLERANCE_SECONDS
    return (
        interval.rate <= 0
        or not 0 <= interval.start < interval.end <= latest
        or interval.played_seconds < SHORTEST_SECONDS
        or interval.wall_end < interval.wall_start
    )


def credit(interval: Interval, busy: Iterable[Sequence[float]]) -> list[Stretch]:
    """What of *interval* counts when the seconds *busy* (POSIX time) were counted already.

    Two tabs that play at once are one pupil watching: the second one's media time is taken as even
    over its wall time, and only the free part of that counts.
    """
    begin, end = interval.wall_start.timestamp(), interval.wall_end.timestamp()
    if end <= begin:
        return []
    pace = interval.played_seconds / (end - begin)
    taken = [(max(one[0], begin), min(one[1], end)) for one in busy]
    if covered_seconds(taken) < SHORTEST_SECONDS:
        return [(interval.start, interval.end)]
    free = gaps(((a - begin, b - begin) for a, b in taken), end - begin)
    return [(interval.start + pace * a, interval.start + pace * b) for a, b in free]
