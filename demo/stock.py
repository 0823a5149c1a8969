"""The demo library on its way into the platform's library: imported like any other, portion by portion."""

from collections.abc import Callable
from datetime import datetime
from itertools import islice

from core.database import count_rows_anew, db, transaction
from demo.library import library_records, library_size
from demo.shelf import begin_import, take_records
from library.interchange.models import ResourceImport

PORTION = 500
"""Records a transaction: nobody else waits for the database longer than one takes."""


def stock_library(seed: int, scale: float, *, now: datetime, on_progress: Callable[[int, int], None]) -> None:
    """Import the whole demo library; interrupted, it goes on where it stopped.

    Raises:
        Refused: the library did not take one of our records.
    """
    total = library_size(scale)
    with transaction():
        run = begin_import(f"library/{seed}/{scale:g}", now=now)
        run_id, done = run.id, run.lines_done
    records = islice(library_records(seed, scale), done, None)
    while portion := list(islice(records, PORTION)):
        on_progress(done, total)
        with transaction():
            take_records(db.session.get_one(ResourceImport, run_id), portion, first_line=done + 1)
        done += len(portion)
    with transaction():
        db.session.get_one(ResourceImport, run_id).finished_at = now
    count_rows_anew()
    on_progress(total, total)
