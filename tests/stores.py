"""The databases that tests run on: each knows how to be empty again."""

import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from sqlite3 import Connection
from typing import Protocol

from flask import Flask
from sqlalchemy import create_engine, event, make_url, text

from core.database import db


class Store(Protocol):
    """A database for one test process."""

    url: str
    stands: str
    """The name under which the rows were kept that were put back last; empty since it was emptied."""

    def fill_with_schema(self, app: Flask) -> None:
        """Make every table."""

    def empty(self, app: Flask) -> None:
        """Remove every row, and let ids begin at 1 again."""

    def leave(self) -> None:
        """End what a test kept open; inside the application's context."""

    def keep(self, app: Flask, name: str) -> None:
        """Remember the rows as they are now."""

    def restore(self, app: Flask, name: str) -> None:
        """Put the rows back as they were when they were kept under this name."""


@dataclass
class SqliteStore:
    """A file; emptied by putting an untouched copy in its place. It need not outlast a power cut."""

    folder: Path
    url: str = ""
    stands: str = ""

    def fill_with_schema(self, app: Flask) -> None:
        with app.app_context():
            event.listen(db.engine, "connect", _do_not_wait_for_the_disk)
            db.metadata.create_all(db.engine)
            db.engine.dispose()
        shutil.copy(self.folder / "weike.db", self.folder / "template.db")

    def empty(self, app: Flask) -> None:
        del app
        self.stands = ""
        self._put("template.db")

    def leave(self) -> None:
        db.engine.dispose()

    def keep(self, app: Flask, name: str) -> None:
        _disconnect(app)
        shutil.copy(self.folder / "weike.db", self.folder / f"{name}.kept")

    def restore(self, app: Flask, name: str) -> None:
        _disconnect(app)
        self.stands = name
        self._put(f"{name}.kept")

    def _put(self, copy: str) -> None:
        for leftover in self.folder.glob("weike.db-*"):
            leftover.unlink()
        shutil.copy(self.folder / copy, self.folder / "weike.db")


def _do_not_wait_for_the_disk(connection: Connection, _record: object) -> None:
    connection.execute("PRAGMA synchronous=OFF")


@dataclass
class PostgresStore:
    """A database of its own on the server that `make test` started; emptied where there are rows."""

    url: str
    stands: str = ""

    @classmethod
    def made(cls, server: str, name: str) -> "PostgresStore":
        """Make the database *name* anew."""
        url = make_url(server)
        engine = create_engine(url, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
            connection.execute(text(f"CREATE DATABASE {name}"))
        engine.dispose()
        return cls(url.set(database=name).render_as_string(hide_password=False))

    def fill_with_schema(self, app: Flask) -> None:
        with app.app_context():
            db.metadata.create_all(db.engine)
            db.engine.dispose()

    def empty(self, app: Flask) -> None:
        self.stands = ""
        with app.app_context(), db.engine.begin() as connection:
            # Without foreign keys, and without the guard of the audit log, which refuses to lose a row.
            # TRUNCATE would take a fifth of a second over sixty tables; few tests touch more than ten.
            connection.execute(text("SET LOCAL session_replication_role = replica"))
            tables = db.metadata.sorted_tables
            emptied = "; ".join(f"DELETE FROM {table.name}" for table in tables)  # noqa: S608 -- our own names
            connection.exec_driver_sql(emptied)
            connection.exec_driver_sql(RESTART_IDS)

    def leave(self) -> None:
        """Keep the connections: a new one has to learn about a hundred and forty tables again."""

    def keep(self, app: Flask, name: str) -> None:
        tables = [table.name for table in db.metadata.sorted_tables]
        with app.app_context(), db.engine.begin() as connection:
            connection.execute(text(f"DROP SCHEMA IF EXISTS kept_{name} CASCADE"))
            connection.execute(text(f"CREATE SCHEMA kept_{name}"))
            connection.exec_driver_sql(
                "; ".join(f"CREATE TABLE kept_{name}.{one} AS SELECT * FROM public.{one}" for one in tables)  # noqa: S608 -- our own names
            )
            connection.exec_driver_sql(KEEP_NEXT_IDS.format(name=name))

    def restore(self, app: Flask, name: str) -> None:
        self.stands = name
        tables = [table.name for table in db.metadata.sorted_tables]
        with app.app_context(), db.engine.begin() as connection:
            connection.execute(text("SET LOCAL session_replication_role = replica"))
            connection.exec_driver_sql(
                "; ".join(
                    f"DELETE FROM {one}; INSERT INTO {one} SELECT * FROM kept_{name}.{one}"  # noqa: S608 -- our own names
                    for one in tables
                )
            )
            connection.exec_driver_sql(RESTORE_NEXT_IDS.format(name=name))


def _disconnect(app: Flask) -> None:
    """Close every connection, so that the database's file holds all that was written."""
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


RESTART_IDS = """
    SELECT setval(sequencename::regclass, 1, false)
    FROM pg_sequences WHERE last_value IS NOT NULL
"""
KEEP_NEXT_IDS = """
    CREATE TABLE kept_{name}.next_ids AS
    SELECT sequencename AS name, last_value FROM pg_sequences WHERE schemaname = 'public'
"""
RESTORE_NEXT_IDS = """
    SELECT setval(name::regclass, coalesce(last_value, 1), last_value IS NOT NULL) FROM kept_{name}.next_ids
"""


def postgres_server() -> str:
    """The address of the tests' PostgreSQL, empty where there is none."""
    return os.environ.get("WEIKE_TEST_DATABASE_URL", "")


def redis_server() -> str:
    """The address of the tests' Redis, empty where there is none."""
    return os.environ.get("WEIKE_TEST_REDIS_URL", "")
