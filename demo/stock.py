"""The demo library on its way into the platform's library."""

from collections.abc import Callable
from datetime import datetime
from itertools import islice

from sqlalchemy import select

from core.database import db, transaction
from demo.library import Record, library_records, library_size
from demo.shelf import write_records
from library.resources.models import Resource

BATCH = 1_000


def stock_library(seed: int, scale: float, *, now: datetime, on_progress: Callable[[int, int], None]) -> None:
    """Put the whole demo library into the platform's, in portions; what is there already is left alone."""
    total, done = library_size(scale), 0
    records = library_records(seed, scale)
    while portion := list(islice(records, BATCH)):
        on_progress(done, total)
        with transaction():
            fresh = _unknown(portion)
            if fresh:
                write_records(fresh, now=now)
        done += len(portion)
    on_progress(total, total)


def _unknown(portion: list[Record]) -> list[Record]:
    names = [record["identifier"] for record in portion]
    known = set(db.session.scalars(select(Resource.identifier).where(Resource.identifier.in_(names))))
    return [record for record in portion if record["identifier"] not in known]
