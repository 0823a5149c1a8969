"""Places in a picture (热点题): the pupil points, the key has regions."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Annotated, Any, Literal

from pydantic import Field

from core.i18n import lazy
from library.items.errors import (
    BadResponse,
    KeyMissing,
    OutsidePicture,
    PictureMissing,
    RegionOutside,
    TooManyAnswers,
)
from library.items.kinds.kind import Asked, Judgement, Kind, Shape, judged
from library.items.kinds.shapes import Line, Part
from library.items.models import ItemKind

MOST_REGIONS = 20
MOST_CORNERS = 100
NEAR = 15
"""A typical error's point is met within a fifteenth of the picture's longer side."""
WORDS = {
    "rect": lazy("Rectangle from (%(a)s, %(b)s) to (%(c)s, %(d)s)"),
    "circle": lazy("Circle around (%(a)s, %(b)s), radius %(c)s"),
    "poly": lazy("Polygon with %(corners)s corners, the first at (%(a)s, %(b)s)"),
}

Point = tuple[int, int]


class Pointing(Part):
    """The name of one of the question's pictures, and how many places are asked for."""

    picture: Annotated[Line, Field(max_length=32)] = ""
    points: Annotated[int, Field(ge=1, le=MOST_REGIONS)] = 1


class Region(Part):
    """``rect`` x1 y1 x2 y2, ``circle`` x y radius, or ``poly`` x1 y1 x2 y2 …, in the picture's pixels."""

    shape: Literal["rect", "circle", "poly"]
    coords: Annotated[list[int], Field(min_length=3, max_length=2 * MOST_CORNERS)]


class Regions(Part):
    """The places, one region each."""

    regions: Annotated[list[Region], Field(max_length=MOST_REGIONS)] = Field(default_factory=list)


class Hotspot(Kind):
    """Places to point at in a picture (热点题)."""

    name = ItemKind.HOTSPOT
    look = "hotspot"
    field = "points"
    qti = "selectPointInteraction"
    offers = Pointing
    holds = Regions

    def check(self, asked: Asked) -> None:
        """Refuse a question without a picture, and regions that are none or lie outside it.

        Raises:
            BadItem: the subclass says what is wrong.
        """
        picture = picture_of(asked)
        if not picture["alt"].strip():
            raise PictureMissing
        regions = asked.correct.get("regions") or []
        if len(regions) != points_asked(asked):
            raise KeyMissing
        for number, one in enumerate(regions, start=1):
            if not _is_region(one, picture["width"], picture["height"]):
                raise RegionOutside(number=number)

    def public(self, asked: Asked) -> dict[str, Any]:
        """The picture, and how many places are asked for."""
        return {"picture": picture_of(asked)["name"], "points": points_asked(asked)}

    def key(self, asked: Asked) -> list[str]:
        """The regions in words."""
        return [_in_words(one["shape"], one["coords"]) for one in asked.correct.get("regions") or []]

    def right(self, asked: Asked) -> dict[str, Any]:
        """A point inside each region."""
        return {"points": [list(_inside(one)) for one in asked.correct.get("regions") or []]}

    def read(self, asked: Asked, raw: object) -> object:
        """The points, in pixels of the picture; a form has each as ``x,y``.

        Raises:
            TooManyAnswers: there are more than are asked for.
            OutsidePicture: one lies outside.
        """
        if raw is None:
            return []
        if not isinstance(raw, list):
            raise BadResponse
        points = [point for one in raw if (point := _point(one)) is not None]
        if len(points) > points_asked(asked):
            raise TooManyAnswers(places=points_asked(asked))
        picture = picture_of(asked)
        for x, y in points:
            if not (0 <= x <= picture["width"] and 0 <= y <= picture["height"]):
                raise OutsidePicture
        return [list(one) for one in points]

    def typed(self, asked: Asked, values: Sequence[str]) -> dict[str, Any]:
        """The points that can be read."""
        found = []
        for one in values[: points_asked(asked)]:
            try:
                point = _point(one)
            except BadResponse:
                continue
            if point is not None:
                found.append(list(point))
        return {"points": found}

    def mark(self, asked: Asked, response: Shape) -> Judgement:
        """The share of regions with a point in them."""
        regions = asked.correct.get("regions") or []
        if not regions:
            return judged(Fraction(0))
        hit = sum(any(contains(region, one) for one in _points(response)) for region in regions)
        return judged(Fraction(hit, len(regions)))

    def shows(self, asked: Asked, typical: Shape, response: Shape) -> bool:
        """Each point of the typical error has one nearby."""
        picture = picture_of(asked)
        near = max(picture["width"], picture["height"]) // NEAR
        given, named = _points(response), _points(typical)
        return bool(named) and all(
            any((x - u) ** 2 + (y - v) ** 2 <= near**2 for u, v in given) for x, y in named
        )

    def same(self, asked: Asked, response: Shape) -> tuple[str, ...] | None:
        """Which regions are hit, and how many points hit none."""
        regions, points = asked.correct.get("regions") or [], _points(response)
        hit = [str(n) for n, one in enumerate(regions) if any(contains(one, point) for point in points)]
        missed = sum(not any(contains(one, point) for one in regions) for point in points)
        return (*hit, f"+{missed}")

    def said(self, asked: Asked, response: Shape) -> list[str]:
        """The points."""
        del asked
        return [f"({x}, {y})" for x, y in _points(response)]


def picture_of(asked: Asked) -> Shape:
    """The picture to point at; without words or extent where there is none."""
    named = asked.interaction.get("picture")
    none = {"name": "", "asset": 0, "alt": "", "width": 0, "height": 0}
    return next((one for one in asked.pictures or [] if one["name"] == named), none)


def points_asked(asked: Asked) -> int:
    """How many places are asked for."""
    return int(asked.interaction.get("points") or 1)


def contains(region: Shape, point: Point) -> bool:
    """Whether *point* lies in *region*, its edge included."""
    x, y = point
    coords = region["coords"]
    match region["shape"]:
        case "rect":
            x1, y1, x2, y2 = coords
            return bool(x1 <= x <= x2 and y1 <= y <= y2)
        case "circle":
            u, v, radius = coords
            return bool((x - u) ** 2 + (y - v) ** 2 <= radius**2)
        case _:
            return _in_polygon(_corners(coords), x, y)


def _in_polygon(corners: list[Point], x: int, y: int) -> bool:
    """By counting the edges that a ray to the right crosses; exact, as all numbers are whole."""
    is_inside = False
    for (x1, y1), (x2, y2) in pairwise([*corners, corners[0]]):
        across = (x2 - x1) * (y - y1) - (x - x1) * (y2 - y1)
        if across == 0 and min(x1, x2) <= x <= max(x1, x2) and min(y1, y2) <= y <= max(y1, y2):
            return True
        if (y1 > y) != (y2 > y) and (across > 0) == (y2 < y1):
            is_inside = not is_inside
    return is_inside


def _corners(coords: Sequence[int]) -> list[Point]:
    return list(zip(coords[::2], coords[1::2], strict=False))


def _is_region(region: Shape, width: int, height: int) -> bool:
    coords = list(region["coords"])
    match region["shape"]:
        case "rect":
            is_one = len(coords) == 4 and coords[0] < coords[2] and coords[1] < coords[3]  # noqa: PLR2004 -- two corners
            corners = _corners(coords)
        case "circle":
            is_one = len(coords) == 3 and coords[2] > 0  # noqa: PLR2004 -- centre and radius
            corners = [(coords[0], coords[1])]
        case _:
            is_one = len(coords) % 2 == 0 and len(coords) >= 6  # noqa: PLR2004 -- a triangle at least
            corners = _corners(coords)
    return is_one and all(0 <= x <= width and 0 <= y <= height for x, y in corners)


def _inside(region: Shape) -> Point:
    """A point of the region: its middle, or else a corner of the polygon."""
    coords = region["coords"]
    if region["shape"] == "circle":
        return coords[0], coords[1]
    corners = _corners(coords)
    middle = (
        sum(x for x, _ in corners) // len(corners),
        sum(y for _, y in corners) // len(corners),
    )
    return middle if contains(region, middle) else corners[0]


def _in_words(shape: str, coords: Sequence[int]) -> str:
    names = dict(zip("abcd", coords, strict=False)) | {"corners": len(coords) // 2}
    return str(WORDS[shape]) % names


def _points(response: Shape) -> list[Point]:
    return [(int(one[0]), int(one[1])) for one in response.get("points") or ()]


def _point(raw: object) -> Point | None:
    """A point as a form or a program gives it; None for an empty field.

    Raises:
        BadResponse: it is something else.
    """
    parts = [one.strip() for one in raw.split(",")] if isinstance(raw, str) else raw
    if parts == [""]:
        return None
    if not isinstance(parts, list | tuple) or len(parts) != 2:  # noqa: PLR2004 -- x and y
        raise BadResponse
    try:
        x, y = (round(float(one)) for one in parts)
    except (TypeError, ValueError, OverflowError) as error:
        raise BadResponse from error
    return x, y
