"""Photographed pages of 200 kB as our own page sends them; no two are the same picture.

Drawing thousands of them would keep the driver busier than the platform. A few are drawn, and each pupil's
differs from them in the table by which a JPEG's brightness is multiplied: other pixels at no cost.
"""

import io
from functools import cache

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

WIDTH, HEIGHT = 1200, 1600
"""What ``homework/static/homework/compress.js`` makes of a camera's picture."""
AIM_BYTES = 200_000
DRAWN = 6
MARGIN, LINE, STROKES, INK, PAPER = 60, 44, 3, 60, 235
TABLE = b"\xff\xdb\x00\x43\x00"
"""The head of the table for brightness in a JPEG; 64 bytes follow, the coarsest waves first."""
VARIED = 13
"""So many entries tell the copies of one page apart, a bit each."""


def photo(number: int) -> bytes:
    """The photograph with this number, below ``DRAWN << VARIED``."""
    content = bytearray(_page(number % DRAWN))
    first = content.index(TABLE) + len(TABLE)
    for bit in range(VARIED):
        content[first + bit] += number // DRAWN >> bit & 1
    return bytes(content)


@cache
def _page(seed: int) -> bytes:
    """A page of handwriting under a lamp, as coarse as it must be for 200 kB."""
    picture = _drawn(np.random.default_rng(seed))
    content = b""
    for quality in range(30, 95, 2):
        out = io.BytesIO()
        picture.save(out, "JPEG", quality=quality)
        if len(out.getvalue()) > AIM_BYTES:
            break
        content = out.getvalue()
    return content


def _drawn(chance: np.random.Generator) -> Image.Image:
    page = Image.new("L", (WIDTH, HEIGHT), PAPER)
    draw = ImageDraw.Draw(page)
    for y in range(MARGIN, HEIGHT - MARGIN, LINE):
        for x in range(MARGIN, WIDTH - MARGIN, LINE * 3 // 4):
            for ends in chance.integers(0, LINE * 2 // 3, (STROKES, 4)):
                draw.line([x + ends[0], y + ends[1], x + ends[2], y + ends[3]], fill=INK, width=STROKES)
    grey = np.asarray(page.filter(ImageFilter.GaussianBlur(0.8)), float)
    light = np.outer(np.linspace(1, 0.9, HEIGHT), np.linspace(1, 0.8, WIDTH))
    noise = chance.normal(0, 4, (HEIGHT, WIDTH))
    tinted = np.stack([(grey * light + noise) * tint for tint in (1.0, 0.98, 0.93)], axis=-1)
    return Image.fromarray(np.clip(tinted, 0, 255).astype(np.uint8))
