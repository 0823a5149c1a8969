"""The one checkpointer of SQLite's write-ahead log (see ``docs/decisions/0002-sqlite.md``)."""

import sqlite3
from pathlib import Path

BUSY_TIMEOUT_SECONDS = 1.0


def checkpoint(database: Path) -> bool:
    """Move the write-ahead log into *database*; returns whether all of it was moved.

    Readers and writers go on meanwhile; what one of them still needs is left for the next time.
    """
    with sqlite3.connect(database, timeout=BUSY_TIMEOUT_SECONDS, isolation_level=None) as connection:
        connection.execute("PRAGMA wal_autocheckpoint=0")
        _busy, pages, moved = connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
    connection.close()
    return bool(pages == moved)
