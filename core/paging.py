"""Pages of a long list by key, so that the thousandth page costs what the first does."""

import base64
import binascii
import json
from dataclasses import dataclass
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
    select: Select[Any], key: InstrumentedAttribute[int], cursor: str | None, size: int = DEFAULT_SIZE
) -> Page[Any]:
    """One page of *select*'s entities in descending order of the integer column *key*.

    Raises:
        BadCursor: *cursor* is damaged.
    """
    size = max(1, min(size, LARGEST_SIZE))
    if cursor:
        values = decode_cursor(cursor)
        if len(values) != 1 or not isinstance(values[0], int):
            raise BadCursor
        select = select.where(tuple_(key) < tuple_(values[0]))
    rows = list(db.session.scalars(select.order_by(key.desc()).limit(size + 1)))
    more = len(rows) > size
    rows = rows[:size]
    last = getattr(rows[-1], key.key) if rows else None
    return Page(rows, encode_cursor([last]) if more else None)
