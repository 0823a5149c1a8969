"""What is sent to the database meanwhile: for the query budgets of pages."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask
from sqlalchemy import event

from core.database import db

BOOKKEEPING = ("BEGIN", "SAVEPOINT", "RELEASE", "PRAGMA", "COMMIT", "ROLLBACK")


@contextmanager
def statements_of(app: Flask) -> Iterator[list[str]]:
    """Collect the statements that *app* sends inside the block, without those that frame a transaction."""
    sent: list[str] = []

    def note(*arguments: object) -> None:
        statement = str(arguments[2])
        if not statement.lstrip().upper().startswith(BOOKKEEPING):
            sent.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(engine, "before_cursor_execute", note)
