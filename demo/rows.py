"""Rows on their way into the database: many at a time, with ids known before they are written."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from hashlib import sha256
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Table, func, insert, select, text
from sqlalchemy.sql.schema import ScalarElementColumnDefault

from core.database import Model, db

CHUNK = 5_000
SALTED = {"password_hash"}
"""Columns that differ each time although they say the same."""


class Rows:
    """Collects rows of many tables and writes them in the order in which the tables were first used."""

    def __init__(self, *, is_digested: bool = False) -> None:
        self._is_digested = is_digested
        self._waiting: dict[type[Model], list[dict[str, Any]]] = {}
        self._defaults: dict[type[Model], dict[str, Any]] = {}
        self._next_id: dict[type[Model], int] = {}
        self._digest = sha256()

    def add(self, model: type[Model], **values: Any) -> int:  # noqa: ANN401 -- a column may hold anything
        """Keep a row for the next ``flush``; returns its id, 0 where the table has none of its own."""
        if model not in self._defaults:
            self._begin(model)
        row = self._defaults[model] | values
        number = self._next_id.get(model, 0)
        if number and "id" not in values:
            row["id"] = number
            self._next_id[model] = number + 1
        self._waiting[model].append(row)
        return int(row.get("id") or 0)

    def flush(self) -> None:
        """Write what was collected; call it inside ``transaction()``."""
        connection = db.session.connection()
        for model, rows in self._waiting.items():
            for start in range(0, len(rows), CHUNK):
                chunk = rows[start : start + CHUNK]
                if self._is_digested:
                    for row in chunk:
                        self._digest.update(_stable(row))
                connection.execute(insert(_table(model)), chunk)
            rows.clear()

    def finish(self) -> str:
        """Write the rest, let the database count on from our ids, and return a digest of all rows written."""
        self.flush()
        if db.engine.dialect.name == "postgresql":
            for model in self._next_id:
                name = model.__tablename__
                db.session.execute(
                    text("SELECT setval(pg_get_serial_sequence(:name, 'id'), :last)"),
                    {"name": name, "last": self._next_id[model] - 1},
                )
        return self._digest.hexdigest()

    def _begin(self, model: type[Model]) -> None:
        table = _table(model)
        self._waiting[model] = []
        self._defaults[model] = {
            column.name: column.default.arg
            if isinstance(column.default, ScalarElementColumnDefault)
            else None
            for column in table.columns
            if column.name != "id"
        }
        if "id" in table.columns:
            last = db.session.scalar(select(func.max(table.c.id)))
            self._next_id[model] = (last or 0) + 1


def _table(model: type[Model]) -> Table:
    return cast("Table", model.__table__)


def _stable(row: Mapping[str, Any]) -> bytes:
    """Return *row* as bytes that are the same on every machine."""
    return repr(sorted((key, _plain(value)) for key, value in row.items() if key not in SALTED)).encode()


def _plain(value: object) -> object:
    match value:
        case StrEnum() | UUID():
            return str(value)
        case datetime() | date():
            return value.isoformat()
        case _:
            return value
