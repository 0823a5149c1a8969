"""The shapes of annotations: vectors on a page, so that they are sharp at any size and can be taken back.

Lengths are ten-thousandths of the page's width, so a shape fits the photograph at every size. The origin is
the upper left corner of the page as it is stored.
"""

from collections.abc import Mapping
from enum import StrEnum
from itertools import pairwise
from types import MappingProxyType
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from homework.annotations.errors import BadShape
from library.items.kinds.shapes import Prose

UNIT = 10_000
"""The width of a page."""
TALLEST = 10
"""Widths that a page may be high."""
MOST_NUMBERS = 4_000
"""Of one stroke: two for each point."""
LONGEST_TEXT = 500
Colour = Literal["red", "blue", "green"]
Across = Annotated[int, Field(ge=0, le=UNIT)]
Down = Annotated[int, Field(ge=0, le=TALLEST * UNIT)]


class NoteKind(StrEnum):
    """With what the teacher answers."""

    PEN = "pen"
    STAMP = "stamp"
    TEXT = "text"
    VOICE = "voice"


class Stamp(StrEnum):
    """What a teacher stamps on a page."""

    RIGHT = "right"
    WRONG = "wrong"
    HALF = "half"
    QUESTION = "question"
    STAR = "star"
    FLOWER = "flower"
    EXCELLENT = "excellent"
    GOOD = "good"
    SEEN = "seen"


STAMP_LETTERS: Mapping[Stamp, str] = MappingProxyType(
    {Stamp.EXCELLENT: "优", Stamp.GOOD: "良", Stamp.SEEN: "阅"}
)
"""Stamps that are a character in a ring, as on paper; the others are drawn (``stamps.svg``)."""


def _pairs(points: list[int]) -> list[int]:
    if len(points) % 2:
        message = "points are pairs"
        raise ValueError(message)
    return points


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Stroke(_Shape):
    """A line of the pen."""

    points: Annotated[
        list[Annotated[int, Field(ge=0, le=TALLEST * UNIT)]],
        Field(min_length=2, max_length=MOST_NUMBERS),
        AfterValidator(_pairs),
    ]
    """x y x y …"""
    colour: Colour = "red"
    width: Annotated[int, Field(ge=10, le=500)] = 50


class Stamped(_Shape):
    """A stamp, with its middle at (x, y)."""

    x: Across
    y: Down
    name: Annotated[Stamp, Field(strict=False)]
    size: Annotated[int, Field(ge=200, le=4_000)] = 900


class Written(_Shape):
    """Words, which begin at (x, y)."""

    x: Across
    y: Down
    text: Annotated[Prose, Field(min_length=1, max_length=LONGEST_TEXT)]
    colour: Colour = "red"
    size: Annotated[int, Field(ge=150, le=1_500)] = 420
    """Height of the letters."""


class Spoken(_Shape):
    """Where a spoken comment is about."""

    x: Across
    y: Down


SHAPES: Mapping[NoteKind, type[_Shape]] = MappingProxyType(
    {
        NoteKind.PEN: Stroke,
        NoteKind.STAMP: Stamped,
        NoteKind.TEXT: Written,
        NoteKind.VOICE: Spoken,
    }
)


def read_shape(kind: NoteKind, value: object) -> dict[str, Any]:
    """*value* as a shape of this kind, as it is stored.

    Raises:
        BadShape: it is none.
    """
    try:
        return SHAPES[kind].model_validate(value).model_dump(mode="json")
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        raise BadShape(field=".".join(str(part) for part in first["loc"]), reason=first["msg"]) from error


def path_of(points: list[int]) -> str:
    """The stroke as an SVG path: through its points, the corners rounded by curves between their middles."""
    pairs = list(zip(points[::2], points[1::2], strict=True))
    (x, y), rest = pairs[0], pairs[1:]
    if not rest:
        return f"M{x} {y}h1"
    parts = [f"M{x} {y}"]
    for (ax, ay), (bx, by) in pairwise(rest):
        parts.append(f"Q{ax} {ay} {(ax + bx) // 2} {(ay + by) // 2}")
    parts.append(f"L{rest[-1][0]} {rest[-1][1]}")
    return "".join(parts)
