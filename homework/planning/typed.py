"""Single fields as they were typed: each is read, or something usual stands in for it.

A time is the exception: nothing stands in for it, and what cannot be one is refused at its field.
"""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from math import isnan
from typing import TypeVar
from uuid import UUID, uuid4

from wtforms import DateTimeLocalField

from core.clock import SCHOOL_ZONE, YEARS
from homework.assignments.errors import TooFarAhead

Kind = TypeVar("Kind", bound=StrEnum)
LOCAL = "%Y-%m-%dT%H:%M"
LEAST = 0.5
"""The fewest points or minutes that are given."""


def read_moment(text: str) -> datetime | None:
    """What a field for a time on the school's clock says; None where it is empty.

    Raises:
        TooFarAhead: no time of our days, with which nothing could be reckoned.
    """
    if not text.strip():
        return None
    try:
        moment = datetime.strptime(text.strip(), LOCAL).replace(tzinfo=SCHOOL_ZONE)
    except ValueError as error:
        raise TooFarAhead from error
    if moment.year not in YEARS:
        raise TooFarAhead
    return moment


class MomentField(DateTimeLocalField):  # type: ignore[misc] # WTForms is untyped
    """A day and a time on the school's clock; what cannot be one stands there as it was typed."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, format=LOCAL, **kwargs)

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Read what was typed.

        Raises:
            ValueError: it is no time of our days.
        """
        self.data = None
        if not valuelist:
            return
        try:
            moment = read_moment(valuelist[0])
        except TooFarAhead as refusal:
            raise ValueError(str(refusal)) from refusal
        self.data = moment.replace(tzinfo=None) if moment else None


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
