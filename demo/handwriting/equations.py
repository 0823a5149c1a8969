"""A linear equation solved on paper, step by step: as it should be, without the check, or with a slip."""

import re
from dataclasses import dataclass, replace
from fractions import Fraction
from random import Random

from demo.handwriting.paper import STEP, Sheet, length_of, squared, write
from library.media.pictures import Picture

LEFT, TOP, LINE = 90, 150, 5 * STEP // 2
UNDER = 62
"""So far below the top of its letters a line is underlined."""
SLIPS, UNCHECKED = 0.3, 0.25
"""The shares of pupils who forget to change a sign, and of the others who do not check."""
MOVED, RESULT = 2, 4
"""The lines in which a term is moved to the other side, and in which the result stands."""
_PROMPT = re.compile(r"(\d+)\(x − (\d+)\) \+ (\d+)x = (−?\d+)")


@dataclass(frozen=True)
class Equation:
    """a(x − b) + cx = right."""

    a: int
    b: int
    c: int
    right: int

    @classmethod
    def in_words(cls, prompt: str) -> "Equation":
        """The equation that a question asks for.

        Raises:
            ValueError: it asks for none.
        """
        found = _PROMPT.search(prompt)
        if found is None:
            raise ValueError(prompt)
        return cls(*(int(one.replace("−", "-")) for one in found.groups()))


@dataclass(frozen=True)
class Solution:
    """How one pupil solved an equation, and where she wrote it."""

    equation: Equation
    has_slip: bool
    """Whether she moved a term and kept its sign."""
    is_checked: bool
    sheet: Sheet
    starts: tuple[tuple[int, int], ...]
    """Where each line begins."""

    @classmethod
    def of(cls, equation: Equation, rng: Random, *, has_slip: bool | None = None) -> "Solution":
        """The solution of one pupil; *has_slip* None leaves to chance what kind it is."""
        drawn = rng.random() < SLIPS
        slips = drawn if has_slip is None else has_slip
        is_checked = not slips and rng.random() >= UNCHECKED
        starts = tuple(
            (LEFT + rng.randint(-6, 10), TOP + row * LINE + rng.randint(-4, 4)) for row in range(6)
        )
        return cls(equation, slips, is_checked, Sheet.laid_down(rng), starts)

    @classmethod
    def without_slip(cls, equation: Equation, rng: Random, *, is_checked: bool) -> "Solution":
        """A right solution, with its check or without."""
        return replace(cls.of(equation, rng, has_slip=False), is_checked=is_checked)

    @property
    def lines(self) -> list[str]:
        """What stands on the paper."""
        a, b, c, right = self.equation.a, self.equation.b, self.equation.c, self.equation.right
        total = right - a * b if self.has_slip else right + a * b
        x = _minus(Fraction(total, a + c))
        lines = [
            f"解：{a}(x − {b}) + {c}x = {_minus(right)}",
            f"    {a}x − {a * b} + {c}x = {_minus(right)}",
            f"    {self._before_the_sign} {'−' if self.has_slip else '+'} {a * b}",
            f"    {a + c}x = {_minus(total)}",
            f"    x = {x}",
        ]
        check = f"检验：{a}×({x} − {b}) + {c}×{x} = {_minus(right)}，成立"
        return [*lines, check] if self.is_checked else lines

    @property
    def _before_the_sign(self) -> str:
        return f"{self.equation.a + self.equation.c}x = {_minus(self.equation.right)}"

    def place_of_sign(self) -> tuple[float, float]:
        """Where in the photograph the middle of the sign stands that has to change."""
        x, y = self.starts[MOVED]
        return self.sheet.in_photo(x + length_of(f"    {self._before_the_sign} ") + 14, y + 32)

    def end_of(self, row: int) -> tuple[float, float]:
        """Where in the photograph a line ends, with a little distance."""
        x, y = self.starts[row]
        return self.sheet.in_photo(x + length_of(self.lines[row]) + 60, y + 28)

    def under(self, row: int) -> tuple[tuple[float, float], tuple[float, float]]:
        """Where in the photograph the pen that underlines a line begins and ends."""
        x, y = self.starts[row]
        right = x + length_of(self.lines[row])
        left = x + length_of(self.lines[row].replace(self.lines[row].lstrip(), ""))
        return self.sheet.in_photo(left, y + UNDER), self.sheet.in_photo(right, y + UNDER)

    def photograph(self) -> Picture:
        """Write it, and store its photograph."""
        page, draw = squared()
        for (x, y), line in zip(self.starts, self.lines, strict=False):
            write(draw, x, y, line)
        return self.sheet.photograph(page)


def _minus(number: Fraction | int) -> str:
    return str(number).replace("-", "−")
