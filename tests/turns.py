"""Two people at the same moment, on either database."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from flask import Flask
from sqlalchemy import text

from core.database import db, transaction
from tests.served import until

Outcome = TypeVar("Outcome")
WAITING = """
SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()
"""


def at_the_same_moment(
    app: Flask,
    first: Callable[[], object],
    second: Callable[[], Outcome],
    *,
    then: Callable[[], object] = lambda: None,
) -> Outcome:
    """Do *first*, and before it is kept let *second* begin: what that gives, or raises.

    *second* waits for a row that *first* holds, or comes through; only then *first* goes on with *then*, and
    is kept. SQLite lets *second* begin when *first* is kept, so there it always waits.
    """

    def do_second() -> Outcome:
        with app.app_context(), transaction():
            return second()

    with ThreadPoolExecutor(1) as other:
        with app.app_context(), transaction():
            first()
            db.session.flush()
            going = other.submit(do_second)
            until(lambda: going.done() or _somebody_waits(), "the second neither waits nor comes through")
            then()
        return going.result()


def _somebody_waits() -> bool:
    if db.engine.dialect.name == "sqlite":
        return True
    with db.engine.connect() as connection:
        return bool(connection.scalar(text(WAITING)))
