"""Vectors: how they are written, and how one calculates with them.

They have three components in whatever plane or space a question is about, so that what is true of numbers
alone is not true of them: |a·b| is not |a||b|. The vector from A to B is the place of B less that of A.
"""

import re
from collections.abc import Sequence
from typing import TypeAlias, TypeVar

from library.items.algebra.figures import CORNER
from library.items.algebra.tree import Node, NoValue, Op, Unreadable

ARROW = "→"
NOTHING = f"{ARROW}0"
DIMENSIONS = 3
CROSS = "×"
"""Between numbers it is a dot; between vectors it is another product, which is not read."""
_SQUARE = 2

N = TypeVar("N", int, float)
Amount: TypeAlias = N | tuple[N, ...]
"""A number, or the components of a vector."""

_INDEX = r"(?:\s*_\s*(?:[0-9a-z]|\{\s*[0-9a-z]{1,2}\s*\}))"
_NAMED = rf"(?:{CORNER}\s*{CORNER}|[A-Za-z0α-ω]{_INDEX}?)"
PATTERN = rf"{ARROW}\s*(?:\{{\s*{_NAMED}\s*\}}|\(\s*{_NAMED}\s*\)|{_NAMED}){_INDEX}?"

TYPED = (
    (re.compile(r"向量|(?<![A-Za-z\\])vec(?=\s*[A-Z(]|\s+[a-z0])"), ARROW),
    (re.compile(rf"({CORNER}\s*{CORNER}|[A-Za-z0])\s?\u20d7"), rf"{ARROW}{{\1}}"),
)
TOGETHER = (
    # Typed as a word, the arrow has nothing under it yet.
    (re.compile(r"\\(?:overrightarrow|vec)(?![a-zA-Z])(?:\s*\{\s*\})?"), ARROW),
    (re.compile(r"\\(?:mathbf|boldsymbol|bm)\s*(?=\{\s*[a-z0]\s*\}|\s[a-z0])"), ARROW),
    *TYPED,
)
"""What is written before, or over, the letters of a vector."""


def name_of(found: str) -> str:
    """The name of a vector, with a space between where it begins and where it ends."""
    plain = re.sub(r"[\s{}()]", "", found)
    ends = re.findall(r"[A-Z](?:_\d+)?′*", plain)
    return ARROW + (" ".join(ends) if len(ends) == len("AB") else plain[1:])


def is_vector(name: str) -> bool:
    """Whether it is the name of one."""
    return name[:1] == ARROW


def atoms_of(name: str) -> Sequence[str]:
    """What places of points, or which vector, a vector is made of."""
    ends = name[1:].split(" ")
    return [f"{ARROW}.{one}" for one in ends] if len(ends) > 1 else [name]


def between(places: Sequence[Amount[N]]) -> Amount[N]:
    """The vector from the first place to the second; a single one is the vector itself."""
    return places[0] if len(places) == 1 else added([places[1], multiplied(-1, places[0])])


def added(parts: Sequence[Amount[N]]) -> Amount[N]:
    """The sum.

    Raises:
        NoValue: of numbers and vectors.
    """
    numbers = [one for one in parts if not isinstance(one, tuple)]
    vectors = [one for one in parts if isinstance(one, tuple)]
    if numbers and vectors:
        raise NoValue
    return tuple(map(sum, zip(*vectors, strict=True))) if vectors else sum(numbers)


def multiplied(one: Amount[N], other: Amount[N]) -> Amount[N]:
    """The product; of two vectors, the number that it is."""
    if isinstance(one, tuple) and isinstance(other, tuple):
        return sum(here * there for here, there in zip(one, other, strict=True))
    if isinstance(other, tuple):
        return multiplied(other, one)
    return tuple(part * other for part in one) if isinstance(one, tuple) else one * other


def number(amount: Amount[N]) -> N:
    """A number.

    Raises:
        NoValue: it is a vector.
    """
    if isinstance(amount, tuple):
        raise NoValue
    return amount


def check(node: Node) -> bool:
    """Whether a formula is a vector, and not a number.

    Raises:
        Unreadable: something is done with vectors that is not done with them.
    """
    are_vectors = [check(part) for part in node.parts]
    if node.op is Op.NAME:
        return is_vector(node.name)
    if not any(are_vectors):
        return False
    match node:
        case Node(Op.NEGATE):
            is_read, found = True, True
        case Node(Op.ADD):
            is_read, found = all(are_vectors), True
        case Node(Op.MULTIPLY):
            is_read, found = not (all(are_vectors) and node.name == CROSS), not all(are_vectors)
        case Node(Op.DIVIDE):
            is_read, found = not are_vectors[1], True
        case Node(Op.POWER, (_base, Node(Op.NUMBER, number=exponent))):
            is_read, found = exponent == _SQUARE and are_vectors[0], False
        case _:
            is_read, found = node.name == "abs", False
    if not is_read:
        raise Unreadable(ARROW)
    return found
