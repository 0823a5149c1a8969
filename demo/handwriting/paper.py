"""A sheet of squared paper on a desk, and its photograph: taken in as every upload is."""

import io
from dataclasses import dataclass
from math import cos, radians, sin
from random import Random

from PIL import Image, ImageDraw, ImageFilter

from demo.fonts import font
from library.media.pictures import Picture, take_picture

WIDTH, HEIGHT = 900, 1200
MARGIN = 60
PHOTO_WIDTH, PHOTO_HEIGHT = WIDTH + 160, HEIGHT + 160
STEP = 36
"""One square of the paper."""
LETTERS = 44
PAPER, GRID, PENCIL, DESK = (248, 246, 238), (206, 218, 230), (58, 62, 78), (196, 178, 152)
MOST_TURNED = 3.0
"""Degrees by which a sheet lies askew."""


@dataclass(frozen=True)
class Sheet:
    """A sheet as it lies on the desk, turned by *angle* degrees against the clock."""

    angle: float

    @classmethod
    def laid_down(cls, rng: Random) -> "Sheet":
        """A sheet that nobody straightened."""
        return cls(rng.uniform(-MOST_TURNED, MOST_TURNED))

    def in_photo(self, x: float, y: float) -> tuple[float, float]:
        """Where a place of the sheet is in the photograph, in pixels."""
        turned = radians(self.angle)
        wide = WIDTH * cos(turned) + HEIGHT * abs(sin(turned))
        high = WIDTH * abs(sin(turned)) + HEIGHT * cos(turned)
        dx, dy = x - WIDTH / 2, y - HEIGHT / 2
        return (
            MARGIN + wide / 2 + dx * cos(turned) + dy * sin(turned),
            MARGIN + high / 2 - dx * sin(turned) + dy * cos(turned),
        )

    def photograph(self, page: Image.Image) -> Picture:
        """Photograph *page* lying like this, and store the picture."""
        photo = Image.new("RGB", (PHOTO_WIDTH, PHOTO_HEIGHT), DESK)
        turned = page.convert("RGBA").rotate(self.angle, Image.Resampling.BICUBIC, expand=True)
        photo.paste(turned, (MARGIN, MARGIN), turned)
        out = io.BytesIO()
        photo.filter(ImageFilter.GaussianBlur(0.6)).save(out, "JPEG", quality=80)
        out.seek(0)
        return take_picture(out)


def squared() -> tuple[Image.Image, ImageDraw.ImageDraw]:
    """Return an empty page of squared paper, and what draws on it."""
    page = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    draw = ImageDraw.Draw(page)
    for x in range(0, WIDTH, STEP):
        draw.line((x, 0, x, HEIGHT), GRID)
    for y in range(0, HEIGHT, STEP):
        draw.line((0, y, WIDTH, y), GRID)
    return page, draw


def write(draw: ImageDraw.ImageDraw, x: float, y: float, text: str) -> None:
    """Write *text* in pencil, its upper left corner at (x, y)."""
    draw.text((x, y), text, PENCIL, font(LETTERS))


def length_of(text: str) -> float:
    """Return how many pixels *text* takes."""
    return font(LETTERS).getlength(text)
