"""Eight weeks of school life, what visitors should meet in them, and the figures that follow."""

from collections.abc import Callable
from datetime import datetime

from core.database import count_rows_anew
from demo.showcase.showing import show_all
from demo.weeks.writing import write_weeks
from homework.estimates.services import count_times
from homework.ledger.services import measure
from recommender.profiles.services import rebuild

FOLLOWING = 2
"""Steps after the weeks: what is shown to visitors, and the figures that follow from all answers."""


def write_history(seed: int, *, now: datetime, on_progress: Callable[[int, int], None]) -> None:
    """Write what the city's people did in the last eight weeks, up to *now*."""
    count_rows_anew()
    total = 0

    def tell(done: int, of: int) -> None:
        nonlocal total
        total = of
        on_progress(done, of + FOLLOWING)

    write_weeks(seed, now=now, on_progress=tell)
    show_all(seed, now=now)
    on_progress(total + 1, total + FOLLOWING)
    rebuild(now)
    count_times(now=now)
    measure(now=now)
    on_progress(total + FOLLOWING, total + FOLLOWING)
