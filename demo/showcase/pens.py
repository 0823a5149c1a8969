"""What the demo teacher draws on photographed pages: a ring, ticks, stamps and words, where they belong."""

from collections.abc import Iterator
from math import cos, pi, sin
from random import Random
from typing import Any, NamedTuple

from demo.handwriting.equations import MOVED, RESULT, Solution
from demo.handwriting.paper import PHOTO_WIDTH
from homework.annotations.shapes import UNIT, NoteKind, Stamp, read_shape

RING = (330, 300)
"""Half its width and height."""
RING_POINTS = 26
LINE_POINTS, TREMBLE = 12, 14
BELOW = 560
"""So far below a line that she drew she writes."""
STAMP, LARGE_STAMP = 620, 1_500
CORNER = (8_300, 1_700)
LETTER = 440
BESIDE_WORDS = 6 * LETTER


class Note(NamedTuple):
    """One stroke, stamp or text."""

    kind: NoteKind
    shape: dict[str, Any]


def notes_on(solution: Solution, rng: Random) -> Iterator[Note]:
    """What the teacher draws on the page of a solved equation."""
    if solution.has_slip:
        x, y = _on_page(*solution.place_of_sign())
        yield _ring(rng, x, y)
        yield _words(*_beside(solution, MOVED), "移项要变号")
        yield _stamp(*_beside(solution, RESULT), Stamp.HALF)
    else:
        yield _stamp(*_beside(solution, MOVED), Stamp.RIGHT)
        yield _stamp(*_beside(solution, RESULT), Stamp.RIGHT)
    if solution.is_checked:
        yield _stamp(*CORNER, Stamp.EXCELLENT, LARGE_STAMP)
    elif not solution.has_slip:
        x, y = _beside(solution, RESULT)
        yield _words(x + STAMP, y, "还要写检验")


def notes_on_missing_check(solution: Solution, rng: Random) -> Iterator[Note]:
    """What the teacher draws where the check should stand: the result underlined, and what to do with it."""
    yield _stamp(*_beside(solution, MOVED), Stamp.RIGHT)
    left, right = (_on_page(*one) for one in solution.under(RESULT))
    yield _line(rng, left, right)
    yield _words(left[0], left[1] + BELOW, "代回原方程，检验！")


def place_to_speak(solution: Solution) -> dict[str, Any]:
    """Where the teacher says something about the sign that should have changed."""
    x, y = _beside(solution, MOVED)
    return read_shape(NoteKind.VOICE, {"x": x + BESIDE_WORDS, "y": y})


def _on_page(x: float, y: float) -> tuple[int, int]:
    return round(x * UNIT / PHOTO_WIDTH), round(y * UNIT / PHOTO_WIDTH)


def _beside(solution: Solution, row: int) -> tuple[int, int]:
    return _on_page(*solution.end_of(row))


def _ring(rng: Random, x: int, y: int) -> Note:
    """A ring drawn in one go, which does not quite close."""
    begin, points = rng.uniform(-0.4, 0.2), []
    for number in range(RING_POINTS):
        angle = begin + 2.1 * pi * number / RING_POINTS
        wide, high = (half * (1 + 0.12 * number / RING_POINTS) for half in RING)
        points += [round(x + wide * cos(angle)), round(y + high * sin(angle))]
    return Note(NoteKind.PEN, read_shape(NoteKind.PEN, {"points": points, "colour": "red", "width": 45}))


def _line(rng: Random, begin: tuple[int, int], end: tuple[int, int]) -> Note:
    """A line from left to right, as a hand draws it."""
    points = []
    for number in range(LINE_POINTS + 1):
        share = number / LINE_POINTS
        x, y = (a + (b - a) * share for a, b in zip(begin, end, strict=True))
        points += [round(x), round(y) + rng.randint(-TREMBLE, TREMBLE)]
    return Note(NoteKind.PEN, read_shape(NoteKind.PEN, {"points": points, "colour": "red", "width": 45}))


def _stamp(x: int, y: int, name: Stamp, size: int = STAMP) -> Note:
    shape = {"x": x, "y": y, "name": name.value, "size": size}
    return Note(NoteKind.STAMP, read_shape(NoteKind.STAMP, shape))


def _words(x: int, y: int, text: str) -> Note:
    shape = {"x": x, "y": y - LETTER // 2, "text": text, "colour": "red", "size": LETTER}
    return Note(NoteKind.TEXT, read_shape(NoteKind.TEXT, shape))
