"""The graph of a function of the first degree, drawn with a ruler."""

from dataclasses import dataclass
from random import Random

from PIL import ImageDraw

from demo.handwriting.paper import HEIGHT, PENCIL, STEP, Sheet, length_of, squared, write
from library.media.pictures import Picture

ORIGIN = (6 * STEP, 22 * STEP)
FIRST_LINE, SECOND_LINE = 90, 180
ACROSS, UPWARDS = 15, 14
"""So many squares the axes are long."""
ARROW, DOT = 12, 7


@dataclass(frozen=True)
class Graph:
    """y = slope · x + start, which rises; *unit_x* and *unit_y* are one square each."""

    title: str
    formula: str
    slope: float
    start: float
    names: tuple[str, str]
    """What the axes show."""
    marked: tuple[float, ...]
    """The x of the points that are marked; the line begins at the first."""
    unit_x: float = 1.0
    unit_y: float = 1.0

    def photograph(self, rng: Random) -> Picture:
        """Draw it as one pupil would, and store its photograph."""
        page, draw = squared()
        write(draw, 2 * STEP + rng.randint(-8, 8), FIRST_LINE, self.title)
        write(draw, 2 * STEP + rng.randint(-8, 8), SECOND_LINE, self.formula)
        self._axes(draw)
        self._line(draw)
        return Sheet.laid_down(rng).photograph(page)

    def _axes(self, draw: ImageDraw.ImageDraw) -> None:
        x, y = ORIGIN
        right, top = x + ACROSS * STEP, y - UPWARDS * STEP
        draw.line((x - 3 * STEP, y, right, y), PENCIL, 4)
        draw.line((x, min(y + 6 * STEP, HEIGHT - STEP), x, top), PENCIL, 4)
        draw.line(((right - ARROW, y - ARROW), (right, y), (right - ARROW, y + ARROW)), PENCIL, 4)
        draw.line(((x - ARROW, top + ARROW), (x, top), (x + ARROW, top + ARROW)), PENCIL, 4)
        write(draw, right - length_of(self.names[0]) + STEP, y + 8, self.names[0])
        write(draw, x + 18, top - 8, self.names[1])

    def _line(self, draw: ImageDraw.ImageDraw) -> None:
        last = min((UPWARDS * self.unit_y - self.start) / self.slope, ACROSS * self.unit_x)
        draw.line((self._at(self.marked[0]), self._at(last)), PENCIL, 5)
        for x in self.marked:
            left, top = self._at(x)
            draw.ellipse((left - DOT, top - DOT, left + DOT, top + DOT), PENCIL)

    def _at(self, x: float) -> tuple[float, float]:
        y = self.slope * x + self.start
        return ORIGIN[0] + x / self.unit_x * STEP, ORIGIN[1] - y / self.unit_y * STEP
