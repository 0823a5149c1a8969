"""How many wrong passwords are too many."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from math import ceil

WINDOW = timedelta(minutes=5)
MOST_PER_ACCOUNT = 10
MOST_PER_ADDRESS = 30
"""A whole school may stand behind one address, so it is given more."""


def seconds_to_wait(latest: Sequence[datetime], most: int, now: datetime) -> int:
    """How long until another try is taken, in seconds; 0 is now.

    *latest* are the moments of the latest failures within the window, newest first.
    """
    if len(latest) < most:
        return 0
    return max(1, ceil((latest[most - 1] + WINDOW - now).total_seconds()))
