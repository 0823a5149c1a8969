"""Single fields as they were typed: each is read, or something usual stands in for it."""

from datetime import datetime
from enum import StrEnum
from math import isnan
from typing import TypeVar
from uuid import UUID, uuid4

from core.clock import SCHOOL_ZONE

Kind = TypeVar("Kind", bound=StrEnum)
LEAST = 0.5
"""The fewest points or minutes that are given."""


def read_choice(text: str | None, otherwise: Kind) -> Kind:
    """The value that *text* names."""
    return type(otherwise)(text) if text in set(type(otherwise)) else otherwise


def read_number(text: str, otherwise: float, most: float) -> float:
    """A number that is neither too little nor more than *most*."""
    try:
        number = float(text)
    except ValueError:
        return otherwise
    return otherwise if isnan(number) else min(max(number, LEAST), most)


def at_school(moment: datetime | None) -> datetime | None:
    """*moment* on the school's clock."""
    return moment.replace(tzinfo=SCHOOL_ZONE) if moment else None


def read_key(text: str | None) -> UUID:
    """The key that the device made; a new one where it is none."""
    try:
        return UUID(text or "")
    except ValueError:
        return uuid4()
