"""Photographed homework: a page of squared paper with pencilled steps, drawn and taken in like any upload."""

import io
from random import Random

from PIL import Image, ImageDraw, ImageFilter

from demo.fonts import font
from library.media.pictures import Picture, take_picture

WIDTH, HEIGHT = 900, 1200
PAPER, GRID, PENCIL = (248, 246, 238), (206, 218, 230), (58, 62, 78)
DESK = (196, 178, 152)
STEP = 36


def draw_page(number: int, seed: int) -> Picture:
    """Draw the page of the pupil *number* and store it as the platform stores every photo."""
    rng = Random(f"page/{seed}/{number}")
    page = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    draw = ImageDraw.Draw(page)
    for x in range(0, WIDTH, STEP):
        draw.line((x, 0, x, HEIGHT), GRID)
    for y in range(0, HEIGHT, STEP):
        draw.line((0, y, WIDTH, y), GRID)
    pencil = font(44)
    for row, line in enumerate(_steps(rng)):
        x, y = 90 + rng.randint(-6, 10), 150 + row * 5 * STEP // 2 + rng.randint(-4, 4)
        draw.text((x, y), line, PENCIL, pencil)
    photo = Image.new("RGB", (WIDTH + 160, HEIGHT + 160), DESK)
    turned = page.convert("RGBA").rotate(rng.uniform(-3, 3), Image.Resampling.BICUBIC, expand=True)
    photo.paste(turned, (60, 60), turned)
    photo = photo.filter(ImageFilter.GaussianBlur(0.6))
    out = io.BytesIO()
    photo.save(out, "JPEG", quality=80)
    out.seek(0)
    return take_picture(out)


def _steps(rng: Random) -> list[str]:
    """Return the lines of a solved equation; one pupil in three slips on a sign."""
    x, a, b, c = rng.randint(2, 9), rng.randint(2, 6), rng.randint(1, 9), rng.randint(2, 9)
    right = a * (x - b) + c * x
    slip = rng.random() < 0.3
    moved = right - a * b if slip else right + a * b
    found = f"{moved / (a + c):.2f}".rstrip("0").rstrip(".")
    return [
        f"解：{a}(x − {b}) + {c}x = {right}",
        f"    {a}x − {a * b} + {c}x = {right}",
        f"    {a + c}x = {right} {'−' if slip else '+'} {a * b}",
        f"    {a + c}x = {moved}",
        f"    x = {found}",
        "" if slip else f"检验：左边 = {a}×({x} − {b}) + {c}×{x} = {right}",
    ]
