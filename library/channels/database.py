"""A stranger's SQLite file, of which rows can be read and nothing else.

It is opened read-only and as if nobody ever changed it, so that neither a journal nor a write-ahead log
beside it is looked at. A database can hold programs (views, triggers, virtual tables, expressions in its
schema): one that does is refused, and whatever is asked passes an authorizer that knows SELECT, a list of
tables and a few functions. All reading together has a limit of time.
"""

import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from core.errors import Invalid
from library.channels.errors import (
    ChannelTookTooLong,
    ChannelTooLarge,
    DamagedChannel,
    HugeText,
    MoreThanTables,
    NotAChannel,
)

MAGIC = b"SQLite format 3\x00"
LARGEST_MB = 512
LONGEST_VALUE_MB = 32
"""Longer ones are not loaded, not even to be cut."""
MOST_SECONDS = 120.0
MOST_THINGS = 500
"""Tables and indexes; a channel has some sixty."""
_STEPS = 20_000
"""Of SQLite's machine between two looks at the clock: well below a hundredth of a second."""
_SCHEMA = "sqlite_master"
_FUNCTIONS = frozenset({"substr", "count", "length"})
_LIMITS = {
    sqlite3.SQLITE_LIMIT_LENGTH: LONGEST_VALUE_MB << 20,
    sqlite3.SQLITE_LIMIT_SQL_LENGTH: 100_000,
    sqlite3.SQLITE_LIMIT_COLUMN: 200,
    sqlite3.SQLITE_LIMIT_EXPR_DEPTH: 20,
    sqlite3.SQLITE_LIMIT_ATTACHED: 0,
    sqlite3.SQLITE_LIMIT_TRIGGER_DEPTH: 1,
    sqlite3.SQLITE_LIMIT_WORKER_THREADS: 0,
}
Row = tuple[Any, ...]


class Database:
    """What can be asked of the file."""

    def __init__(self, connection: sqlite3.Connection, tables: frozenset[str], seconds: float) -> None:
        self._connection, self._seconds = connection, seconds
        self._ends_at = time.monotonic() + seconds
        self._columns: dict[str, frozenset[str]] = {}
        connection.set_progress_handler(self._is_late, _STEPS)
        connection.set_authorizer(_Guard(tables))
        self.tables = self._known(tables)

    def columns(self, table: str) -> frozenset[str]:
        """The columns of a table; none where there is no such table."""
        if table not in self.tables:
            return frozenset()
        if table not in self._columns:
            with closing(self._asked(f"SELECT * FROM {table} LIMIT 0", ())) as cursor:
                self._columns[table] = frozenset(one[0] for one in cursor.description)
        return self._columns[table]

    def rows(self, statement: str, *values: object) -> Iterator[Row]:
        """What a statement finds, row by row.

        Raises:
            DamagedChannel: the pages of the file contradict each other.
            HugeText: a value is longer than anything that somebody wrote.
            ChannelTookTooLong: it took longer than any channel does.
        """
        cursor = self._asked(statement, values)
        try:
            yield from cursor
        except (sqlite3.Error, OverflowError) as error:
            raise self._refusal(error) from error
        finally:
            cursor.close()

    def _asked(self, statement: str, values: Sequence[object]) -> sqlite3.Cursor:
        try:
            return self._connection.execute(statement, values)
        except (sqlite3.Error, OverflowError) as error:
            raise self._refusal(error) from error

    def _known(self, wanted: frozenset[str]) -> frozenset[str]:
        """Those of the tables that there are; a schema that holds more than tables is refused."""
        statement = f"SELECT type, substr(name, 1, 100), substr(sql, 1, 40) FROM {_SCHEMA} LIMIT ?"
        things = list(self.rows(statement, MOST_THINGS + 1))
        if len(things) > MOST_THINGS:
            raise DamagedChannel
        for kind, name, written in things:
            words = str(written or "").upper().split()
            if kind not in {"table", "index"} or words[:2] == ["CREATE", "VIRTUAL"]:
                raise MoreThanTables(name=str(name))
        return wanted & {name for kind, name, _written in things if kind == "table"}

    def _refusal(self, error: Exception) -> Invalid:
        if self._is_late():
            return ChannelTookTooLong(limit=round(self._seconds))
        if isinstance(error, sqlite3.DataError):
            return HugeText(limit=LONGEST_VALUE_MB)
        return DamagedChannel()

    def _is_late(self) -> bool:
        return time.monotonic() > self._ends_at


class _Guard:
    """SQLite's authorizer: whatever is not named here is refused when a statement is prepared."""

    def __init__(self, tables: frozenset[str]) -> None:
        self._tables = tables | {_SCHEMA, "sqlite_schema"}

    def __call__(
        self, action: int, first: str | None, second: str | None, _database: str | None, _inside: str | None
    ) -> int:
        match action:
            case sqlite3.SQLITE_SELECT:
                is_known = True
            case sqlite3.SQLITE_READ:
                is_known = first in self._tables
            case sqlite3.SQLITE_FUNCTION:
                is_known = second in _FUNCTIONS
            case _:
                is_known = False
        return sqlite3.SQLITE_OK if is_known else sqlite3.SQLITE_DENY


@contextmanager
def opened(path: Path, tables: frozenset[str], *, seconds: float = MOST_SECONDS) -> Iterator[Database]:
    """Open the file to read *tables*.

    Raises:
        NotAChannel: it is no SQLite database.
        ChannelTooLarge: it is larger than channels are.
        MoreThanTables: it holds views, triggers or virtual tables.
        DamagedChannel, HugeText, ChannelTookTooLong: see ``Database.rows``.
    """
    if path.stat().st_size > LARGEST_MB << 20:
        raise ChannelTooLarge(limit=LARGEST_MB)
    with path.open("rb") as content:
        if content.read(len(MAGIC)) != MAGIC:
            raise NotAChannel
    try:
        connection = sqlite3.connect(
            f"file:{quote(str(path.resolve()))}?mode=ro&immutable=1", uri=True, isolation_level=None
        )
    except sqlite3.Error as error:
        raise DamagedChannel from error
    with closing(connection):
        for limit, most in _LIMITS.items():
            connection.setlimit(limit, most)
        connection.text_factory = lambda raw: raw.decode("utf-8", "replace")
        for pragma in ("trusted_schema=OFF", "query_only=ON", "cell_size_check=ON", "mmap_size=0"):
            try:
                connection.execute(f"PRAGMA {pragma}").close()
            except sqlite3.Error as error:
                raise DamagedChannel from error
        yield Database(connection, tables, seconds)
