"""Drawing in the lessons' own units: 1280 by 720, drawn twice as large, so that edges are smooth."""

import math
from collections.abc import Sequence
from typing import TypeAlias

from PIL import Image, ImageDraw, ImageFont

from demo.fonts import font

WIDTH, HEIGHT = 1280, 720
OVERSAMPLING = 2
PI, PI_WIDTH = "π", 0.62
"""The letter that we draw ourselves, and its width in ems."""

Colour: TypeAlias = tuple[int, int, int]
Spot: TypeAlias = tuple[float, float]

PAPER, CARD, INK, FAINT, RULE = (
    (247, 245, 240),
    (255, 255, 255),
    (32, 44, 57),
    (112, 124, 138),
    (218, 215, 206),
)
TEAL, BLUE, AMBER, ROSE, PLUM = (15, 118, 110), (47, 99, 196), (201, 122, 20), (190, 75, 94), (110, 84, 160)
MIST, SKY, SAND, BLUSH = (204, 231, 226), (211, 226, 247), (247, 227, 190), (246, 214, 219)


class Pen:
    """Draws on a picture that shows the region of the lesson that begins at (*left*, *top*)."""

    def __init__(self, image: Image.Image, left: float = 0, top: float = 0) -> None:
        self.image = image
        self.left, self.top = left, top
        self._draw = ImageDraw.Draw(image)

    def at(self, spot: Spot) -> Spot:
        """Return *spot* in pixels of the picture."""
        return (spot[0] - self.left) * OVERSAMPLING, (spot[1] - self.top) * OVERSAMPLING

    def text(
        self,
        spot: Spot,
        text: str,
        size: int = 36,
        colour: Colour = INK,
        *,
        anchor: str = "lm",
        is_bold: bool = False,
    ) -> None:
        """Write *text* at *spot*; the anchor is Pillow's, of which the second letter is always ``m``."""
        face = font(size * OVERSAMPLING, is_bold=is_bold)
        parts = text.split(PI)
        gap = size * OVERSAMPLING * PI_WIDTH
        width = sum(face.getlength(part) for part in parts) + gap * (len(parts) - 1)
        x, y = self.at(spot)
        x -= {"l": 0.0, "m": width / 2, "r": width}[anchor[0]]
        for number, part in enumerate(parts):
            if number:
                self._pi((x, y), face, colour, is_bold=is_bold)
                x += gap
            self._draw.text((x, y), part, colour, face, "lm")
            x += face.getlength(part)

    def _pi(self, spot: Spot, face: ImageFont.FreeTypeFont, colour: Colour, *, is_bold: bool) -> None:
        """Draw the letter π, which the font of the front-end build does not have."""
        ascent, descent = face.getmetrics()
        em = face.size
        x, base = spot[0], spot[1] + (ascent - descent) / 2
        stroke = round(em * (0.1 if is_bold else 0.07))
        top = base - 0.5 * em
        for a, b in (((0.05, 0.0), (0.57, 0.0)), ((0.2, 0.0), (0.16, 0.5)), ((0.41, 0.0), (0.43, 0.5))):
            ends = [(x + a[0] * em, top + a[1] * em), (x + b[0] * em, top + b[1] * em)]
            self._draw.line(ends, colour, stroke)

    def line(self, spots: Sequence[Spot], colour: Colour = INK, width: float = 4) -> None:
        """Draw a line through *spots*."""
        self._draw.line([self.at(one) for one in spots], colour, round(width * OVERSAMPLING), joint="curve")

    def dashes(
        self, start: Spot, end: Spot, colour: Colour = FAINT, width: float = 3, dash: float = 12
    ) -> None:
        """Draw a dashed line."""
        length = math.dist(start, end)
        for step in range(0, int(length), int(dash * 2)):
            a, b = step / length, min(1.0, (step + dash) / length)
            self.line([between(start, end, a), between(start, end, b)], colour, width)

    def circle(
        self,
        centre: Spot,
        radius: float,
        fill: Colour | None = None,
        edge: Colour | None = None,
        width: float = 4,
    ) -> None:
        """Draw a circle."""
        x, y = self.at(centre)
        r = radius * OVERSAMPLING
        self._draw.ellipse((x - r, y - r, x + r, y + r), fill, edge, round(width * OVERSAMPLING))

    def slice(
        self, centre: Spot, radius: float, start: float, end: float, fill: Colour, edge: Colour | None = CARD
    ) -> None:
        """Draw a slice from *start* to *end* degrees, clockwise from the top."""
        if end - start < 0.5:
            return
        x, y = self.at(centre)
        r = radius * OVERSAMPLING
        self._draw.pieslice((x - r, y - r, x + r, y + r), start - 90, end - 90, fill, edge, 3 * OVERSAMPLING)

    def arc(
        self, centre: Spot, radius: float, start: float, end: float, colour: Colour, width: float = 4
    ) -> None:
        """Draw an arc in degrees, clockwise from the right as Pillow counts."""
        x, y = self.at(centre)
        r = radius * OVERSAMPLING
        self._draw.arc((x - r, y - r, x + r, y + r), start, end, colour, round(width * OVERSAMPLING))

    def shape(
        self, spots: Sequence[Spot], fill: Colour, edge: Colour | None = None, width: float = 3
    ) -> None:
        """Draw a filled polygon."""
        self._draw.polygon([self.at(one) for one in spots], fill)
        if edge:
            self.line([*spots, spots[0]], edge, width)

    def box(
        self,
        corner: Spot,
        size: tuple[float, float],
        fill: Colour,
        *,
        edge: Colour | None = None,
        radius: float = 12,
        width: float = 3,
    ) -> None:
        """Draw a rectangle with round corners."""
        x, y = self.at(corner)
        w, h = size[0] * OVERSAMPLING, size[1] * OVERSAMPLING
        if w < 1 or h < 1:
            return
        r = min(radius * OVERSAMPLING, w / 2, h / 2)
        self._draw.rounded_rectangle((x, y, x + w, y + h), r, fill, edge, round(width * OVERSAMPLING))

    def arrow(self, start: Spot, end: Spot, colour: Colour = INK, width: float = 5, head: float = 18) -> None:
        """Draw an arrow from *start* to *end*."""
        if math.dist(start, end) < 1:
            return
        angle = math.atan2(end[1] - start[1], end[0] - start[0])
        neck = (end[0] - head * 0.8 * math.cos(angle), end[1] - head * 0.8 * math.sin(angle))
        self.line([start, neck], colour, width)
        wings = [
            (end[0] - head * math.cos(angle + turn), end[1] - head * math.sin(angle + turn))
            for turn in (0.45, -0.45)
        ]
        self.shape([end, *wings], colour)


def between(a: Spot, b: Spot, share: float) -> Spot:
    """Return the spot at *share* (0 to 1) of the way from *a* to *b*."""
    return a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share


def mix(a: Colour, b: Colour, share: float) -> Colour:
    """Return the colour at *share* of the way from *a* to *b*."""
    red, green, blue = (round(x + (y - x) * share) for x, y in zip(a, b, strict=True))
    return red, green, blue


def ease(u: float) -> float:
    """Return *u* (0 to 1) with a slow start and a slow end."""
    return u * u * (3 - 2 * u)


def part(u: float, start: float, end: float) -> float:
    """Return how far *u* is between *start* and *end*, eased, 0 before and 1 after."""
    return ease(min(1.0, max(0.0, (u - start) / (end - start))))


def on_circle(centre: Spot, radius: float, degrees: float) -> Spot:
    """Return the spot on a circle, in degrees clockwise from the top."""
    angle = math.radians(degrees - 90)
    return centre[0] + radius * math.cos(angle), centre[1] + radius * math.sin(angle)
