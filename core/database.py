"""The database: base class, column types, and the one transaction at the edge.

SQLite and PostgreSQL are served alike. On SQLite a write transaction begins with ``BEGIN IMMEDIATE``,
so that two writers queue instead of failing half-way, and checkpoints are left to one dedicated
connection (see ``docs/decisions/0002-sqlite.md``).
"""

import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import StrEnum
from sqlite3 import SQLITE_BUSY
from sqlite3 import Connection as SqliteConnection
from sqlite3 import OperationalError as SqliteError
from typing import Annotated, Any, ClassVar, TypeVar, cast

from flask import Flask, current_app
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    DateTime,
    Dialect,
    Engine,
    Enum,
    Identity,
    Integer,
    MetaData,
    Select,
    String,
    Table,
    event,
    func,
    select,
    text,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import DeclarativeBase, Session, mapped_column, registry
from sqlalchemy.types import JSON, TypeDecorator

from core import events
from core.privacy import Privacy

BUSY_TIMEOUT_MS = 10_000
LONG_SECONDS = 0.1
LOOK_SECONDS = 0.001
"""How often who waits for SQLite's write lock looks. SQLite itself comes to look every 100 ms only, while all
that this process wants to write waits in line behind."""
STAND_BACK_SECONDS = 0.02
"""A bulk job that held the lock for long, and came again at once, would keep everybody else out until they
time out: it lets them look first."""
_WRITES = "weike_writes"
_TURN = "weike.turn_to_write"
_OPEN = "weike_transaction_open"


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment, stored as UTC; naive values are refused."""

    impl = DateTime(timezone=True)
    cache_ok = True
    python_type = datetime

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse naive moments; SQLite has no zone of its own, so it gets UTC without one."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(value)
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the moment its zone back."""
        del dialect
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


pk = Annotated[int, mapped_column(BigInteger().with_variant(Integer, "sqlite"), Identity(), primary_key=True)]
utc = Annotated[datetime, mapped_column(UtcDateTime)]
sha256 = Annotated[str, mapped_column(String(64))]
text64 = Annotated[str, mapped_column(String(64))]
text200 = Annotated[str, mapped_column(String(200))]

NAMING = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


def short_strings(kind: type[StrEnum]) -> Enum:
    """The column type of an enumeration: its values as short strings, checked by the application."""
    return Enum(kind, native_enum=False, length=32, values_callable=lambda e: [m.value for m in e])


class Model(DeclarativeBase):
    """Base of every table. Each model declares in ``__privacy__`` what it holds about a person."""

    registry = registry(
        metadata=MetaData(naming_convention=NAMING),
        type_annotation_map={
            dict[str, Any]: JSON,
            list[Any]: JSON,
            list[str]: JSON,
            int: BigInteger().with_variant(Integer, "sqlite"),
        },
    )
    __privacy__: ClassVar[Privacy]


db = SQLAlchemy(model_class=Model, disable_autonaming=True)
Made = TypeVar("Made", bound=Model)


class OutsideTransaction(RuntimeError):
    """A change was about to be written outside ``transaction()``: a GET would have written."""


@contextmanager
def transaction() -> Iterator[None]:
    """Write, then commit once; on any error roll back and drop the events published meanwhile.

    What was loaded before is read again inside, so that a check and the write it allows see the
    same state. Events are delivered after the commit. Nested use is refused.

    Raises:
        RuntimeError: a transaction is already open.
    """
    session = db.session()
    if session.info.get(_OPEN):
        raise RuntimeError("transaction() is opened once, at the edge")
    session.rollback()
    session.info[_OPEN] = True
    with _turn():
        try:
            session.connection(execution_options={_WRITES: True})
            began = time.monotonic()
            yield
            session.commit()
            held_seconds = time.monotonic() - began
            pending = events.take(session.info)
        except BaseException:
            session.rollback()
            events.take(session.info)
            raise
        finally:
            session.info[_OPEN] = False
    if held_seconds > LONG_SECONDS and db.engine.dialect.name == "sqlite":
        time.sleep(STAND_BACK_SECONDS)
    events.deliver(pending)


@contextmanager
def _turn() -> Iterator[None]:
    """Let the threads of this process write one after the other, where the database takes one writer anyway.

    Who waits here goes on when it is her turn; who waits for SQLite has to look. Who waits here for too long
    is left to SQLite, which refuses her.
    """
    turn: threading.Lock | None = current_app.extensions.get(_TURN)
    has_turn = turn is not None and turn.acquire(timeout=BUSY_TIMEOUT_MS / 1_000)
    try:
        yield
    finally:
        if turn is not None and has_turn:
            turn.release()


def in_transaction() -> bool:
    """Whether ``transaction()`` is open in this context."""
    return bool(db.session().info.get(_OPEN))


def publish(happened: object) -> None:
    """Publish an event: delivered to its subscribers after the open transaction commits.

    Raises:
        OutsideTransaction: no transaction is open, so there is no commit to wait for.
    """
    if not in_transaction():
        raise OutsideTransaction(type(happened).__name__)
    events.collect(db.session().info, happened)


def insert_if_absent(model: type[Model], rows: Sequence[Mapping[str, Any]]) -> int:
    """Insert those of *rows* that break no unique constraint; return how many that were.

    The others are left alone, also when another transaction inserts them at this moment.
    """
    if not rows:
        return 0
    table = _table(model)
    # The rows themselves are counted: PostgreSQL's driver tells no row count for a list of parameters.
    statement = _insert(table).on_conflict_do_nothing().returning(*table.primary_key.columns)
    return len(db.session.connection().execute(statement, [dict(row) for row in rows]).all())


def insert_new(model: type[Made], rows: Sequence[Mapping[str, Any]]) -> list[Made]:
    """Do as ``insert_if_absent``, and return what was inserted, in no order."""
    if not rows:
        return []
    statement = _insert(model).on_conflict_do_nothing().returning(model)
    return list(db.session.scalars(statement, [dict(row) for row in rows]))


def upsert(
    model: type[Model],
    rows: Sequence[Mapping[str, Any]],
    *,
    keys: Sequence[str],
    update: Sequence[str] = (),
    add: Sequence[str] = (),
) -> None:
    """Insert *rows*; where one with the same *keys* exists, set its columns *update*, and add to *add*."""
    if not rows:
        return
    table = _table(model)
    insert = _insert(table)
    changed: dict[str, ColumnElement[Any]] = {column: insert.excluded[column] for column in update}
    changed |= {column: table.c[column] + insert.excluded[column] for column in add}
    statement = insert.on_conflict_do_update(index_elements=list(keys), set_=changed)
    db.session.connection().execute(statement, [dict(row) for row in rows])


def _insert(target: Table | type[Model]) -> sqlite.Insert | postgresql.Insert:
    """An INSERT that can say what happens to rows that are there already."""
    return sqlite.insert(target) if db.engine.dialect.name == "sqlite" else postgresql.insert(target)


def _table(model: type[Model]) -> Table:
    return cast("Table", model.__table__)


def hold_lock(number: int) -> None:
    """Let one transaction at a time pass here until it ends; *number* names the lock.

    SQLite has one writer at a time anyway.
    """
    if db.engine.dialect.name == "postgresql":
        db.session.execute(select(func.pg_advisory_xact_lock(number)))


def hold_rows(rows: Select[int]) -> bool:
    """Wait for the rows that *rows* locks (``FOR UPDATE``), and hold them until the transaction ends.

    Returns whether others may have written them while this transaction was under way, so that what it has
    read before is read anew. On SQLite nobody has: one transaction writes at a time anyway.
    """
    if db.engine.dialect.name == "sqlite":
        return False
    db.session.execute(rows).all()
    return True


def count_rows_anew() -> None:
    """Let the database's planner know how many rows there are, after very many came at once.

    PostgreSQL plans by what it counted last, and counts by itself about once a minute: until then it may
    join tables that it thinks empty row by row, for hours. SQLite plans without such counts.
    """
    if db.engine.dialect.name == "postgresql":
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("ANALYZE"))


def init_app(app: Flask) -> None:
    """Connect the application to its database."""
    db.init_app(app)
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            app.extensions[_TURN] = threading.Lock()
            _use_sqlite(db.engine)


def _use_sqlite(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def configure(connection: SqliteConnection, record: object) -> None:
        del record
        # SQLAlchemy's own "begin" below decides between reading and writing.
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in (
            f"busy_timeout={BUSY_TIMEOUT_MS}",
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            "wal_autocheckpoint=0",
            "mmap_size=0",
            "cache_size=-32000",
            "temp_store=MEMORY",
            # So that REPLACE, too, asks the triggers that stand before DELETE.
            "recursive_triggers=ON",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        if connection.get_execution_options().get(_WRITES, False):
            _begin_to_write(connection)
        else:
            connection.exec_driver_sql("BEGIN")


def _begin_to_write(connection: Connection) -> None:
    """Take SQLite's write lock as soon as no other process has it."""
    raw = connection.connection.driver_connection
    assert isinstance(raw, SqliteConnection)
    raw.execute("PRAGMA busy_timeout=0")
    try:
        patience = time.monotonic() + BUSY_TIMEOUT_MS / 1_000
        while _is_kept_out(raw) and time.monotonic() < patience:
            time.sleep(LOOK_SECONDS)
        if not raw.in_transaction:
            connection.exec_driver_sql("BEGIN IMMEDIATE")  # is refused, and told in SQLAlchemy's own way
    finally:
        raw.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")


def _is_kept_out(raw: SqliteConnection) -> bool:
    """Whether another process writes; if none does, this one begins to."""
    try:
        raw.execute("BEGIN IMMEDIATE")
    except SqliteError as error:
        return error.sqlite_errorcode == SQLITE_BUSY
    return False


@event.listens_for(Session, "before_flush")
def _refuse_stray_writes(session: Session, context: object, instances: object) -> None:
    del context, instances
    changed = session.new or session.deleted or any(session.is_modified(one) for one in session.dirty)
    if changed and not session.info.get(_OPEN):
        raise OutsideTransaction
