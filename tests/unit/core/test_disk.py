import errno
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError

from core.disk import is_full


@pytest.fixture
def small(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """A database that may have four pages."""
    connection = sqlite3.connect(tmp_path / "small.db")
    connection.execute("PRAGMA max_page_count=4")
    yield connection
    connection.close()


def fill(connection: sqlite3.Connection) -> None:
    connection.execute("CREATE TABLE row (text)")
    connection.execute("INSERT INTO row VALUES (?)", ["x" * 100_000])


def test_a_full_database_is_a_full_disk(small: sqlite3.Connection) -> None:
    with pytest.raises(sqlite3.OperationalError) as caught:
        fill(small)
    assert is_full(caught.value)


def test_the_reason_is_found_inside_what_sqlalchemy_says(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'small.db'}")
    with engine.connect() as connection, pytest.raises(OperationalError) as caught:
        connection.execute(text("PRAGMA max_page_count=4"))
        connection.execute(text("CREATE TABLE row (text)"))
        connection.execute(text("INSERT INTO row VALUES (:long)"), {"long": "x" * 100_000})
    engine.dispose()
    assert is_full(caught.value)


def test_the_reason_is_found_behind_another_error() -> None:
    error = RuntimeError()
    error.__cause__ = OSError(errno.ENOSPC, "No space left on device")
    assert is_full(error)


def test_a_busy_database_is_not_a_full_disk(small: sqlite3.Connection, tmp_path: Path) -> None:
    small.execute("BEGIN EXCLUSIVE")
    other = sqlite3.connect(tmp_path / "small.db", timeout=0)
    with pytest.raises(sqlite3.OperationalError) as caught:
        other.execute("BEGIN EXCLUSIVE")
    other.close()
    assert not is_full(caught.value)
