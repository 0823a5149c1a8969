"""Pages of a long list by key, so that the thousandth page costs what the first does."""

import base64
import binascii
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, TypeVar

from sqlalchemy import Select, tuple_
from sqlalchemy.orm import InstrumentedAttribute

from core.database import db
from core.errors import Invalid
from core.i18n import lazy

Row = TypeVar("Row")
DEFAULT_SIZE = 20
LARGEST_SIZE = 100


class BadCursor(Invalid):
    """The cursor is not one that we gave out."""

    message = lazy("The page address is damaged. Please start from the first page.")


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """One page: its rows, and the cursor of the next page if there is one."""

    rows: list[Row]
    next: str | None


def encode_cursor(values: list[Any]) -> str:
    """An opaque text for *values*, which must be JSON."""
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


def decode_cursor(cursor: str) -> list[Any]:
    """The values behind *cursor*.

    Raises:
        BadCursor: the text was not made by ``encode_cursor``.
    """
    try:
        values = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, binascii.Error) as error:
        raise BadCursor from error
    if not isinstance(values, list):
        raise BadCursor
    return values


def newest_first(
    select: Select[Any],
    key: InstrumentedAttribute[int],
    cursor: str | None,
    size: int = DEFAULT_SIZE,
    *,
    by: InstrumentedAttribute[datetime] | None = None,
) -> Page[Any]:
    """One page of *select*'s entities in descending order of the integer column *key*.

    Where the moment *by* is named, the latest of those comes first, and *key* decides between equal ones.

    Raises:
        BadCursor: *cursor* is damaged.
    """
    size = max(1, min(size, LARGEST_SIZE))
    columns: list[InstrumentedAttribute[Any]] = [key] if by is None else [by, key]
    if cursor:
        select = select.where(tuple_(*columns) < _last_values(cursor, columns))
    rows = list(db.session.scalars(select.order_by(*(one.desc() for one in columns)).limit(size + 1)))
    return _cut(rows, size, [one.key for one in columns])


def every_page(
    select: Select[Any],
    key: InstrumentedAttribute[int],
    size: int = LARGEST_SIZE,
    *,
    by: InstrumentedAttribute[datetime] | None = None,
) -> Iterator[list[Any]]:
    """The rows of each page of ``newest_first``, for files: a page is read when it is asked for."""
    page = newest_first(select, key, None, size, by=by)
    yield page.rows
    while page.next:
        page = newest_first(select, key, page.next, size, by=by)
        yield page.rows


def page_of_rows(
    select: Select[*tuple[Any, ...]],
    cursor: str | None,
    size: int = DEFAULT_SIZE,
    *,
    by: tuple[str, ...] = ("key",),
    descending: bool = False,
) -> Page[Any]:
    """One page of *select*'s rows in the order of the columns that are labelled as *by* says.

    The columns are whole numbers or days, and together different in each row.

    Raises:
        BadCursor: *cursor* is damaged.
    """
    columns = [select.selected_columns[name] for name in by]
    if cursor:
        last = tuple_(*_last_values(cursor, columns))
        select = select.where(tuple_(*columns) < last if descending else tuple_(*columns) > last)
    ordered = select.order_by(None).order_by(*(one.desc() if descending else one for one in columns))
    rows = list(db.session.execute(ordered.limit(size + 1)))
    return _cut(rows, size, by)


def _cut(rows: list[Any], size: int, names: Iterable[str]) -> Page[Any]:
    """The first *size* of the rows, and where the next page begins, if one row more was found."""
    more = len(rows) > size
    rows = rows[:size]
    return Page(rows, encode_cursor([_plain(getattr(rows[-1], name)) for name in names]) if more else None)


def _last_values(cursor: str, columns: list[Any]) -> list[Any]:
    values = decode_cursor(cursor)
    if len(values) != len(columns):
        raise BadCursor
    return [_typed(value, column.type.python_type) for value, column in zip(values, columns, strict=True)]


def _typed(value: object, kind: type) -> object:
    if issubclass(kind, date):
        try:
            return _moment(str(value)) if kind is datetime else date.fromisoformat(str(value))
        except ValueError as error:
            raise BadCursor from error
    if type(value) is not int:
        raise BadCursor
    return value


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise BadCursor
    return moment


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value
