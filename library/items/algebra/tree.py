"""Formulas of school algebra as a small tree."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from math import e, pi
from types import MappingProxyType

HIGHEST_EXPONENT = 20
"""Of what is calculated, and of roots."""
HIGHEST_POWER = 10_000
"""Of what is only compared: x²⁰²⁶ is an answer at school."""

HIGHEST_FACTORIAL = 170
"""The last one that decimals hold."""


class Op(StrEnum):
    """What a node of the tree does with its parts."""

    NUMBER = "number"
    NAME = "name"
    ADD = "+"
    MULTIPLY = "*"
    DIVIDE = "/"
    NEGATE = "-"
    POWER = "^"
    CALL = "call"


@dataclass(frozen=True, slots=True)
class Node:
    """A part of a formula."""

    op: Op
    parts: tuple["Node", ...] = ()
    number: Fraction = Fraction(0)
    name: str = ""


DEGREE = Node(Op.NAME, name="°")
"""The number by which degrees are multiplied: π/180."""

CONSTANTS: Mapping[str, float] = MappingProxyType({"π": pi, "e": e, DEGREE.name: pi / 180})


class Unreadable(ValueError):
    """A text that is no formula of school algebra; ``str`` says where it stops being one."""


class Unfinished(Unreadable):
    """Something has to follow, and nothing does."""


class TooLarge(Unreadable):
    """A formula that is longer than any at school, or says more."""


class NoValue(ArithmeticError):
    """There is no value: a division by zero, a root that is no number, or one too large."""


def nodes_of(node: Node) -> Iterator[Node]:
    """The formula and all its parts."""
    yield node
    for part in node.parts:
        yield from nodes_of(part)


def names_in(node: Node) -> set[str]:
    """The letters of a formula that stand for numbers."""
    return {one.name for one in nodes_of(node) if one.op is Op.NAME}


def whole_of(node: Node) -> int | None:
    """The whole number that an exponent is, if it is one."""
    negative = node.op is Op.NEGATE
    one = node.parts[0] if negative else node
    if one.op is not Op.NUMBER or one.number.denominator != 1:
        return None
    return -int(one.number) if negative else int(one.number)


def factorial_in(node: Node) -> int | None:
    """The whole number whose factorial it is, if it is one."""
    is_known = node.op is Op.CALL and node.name == "!" and node.parts[0].op is Op.NUMBER
    return int(node.parts[0].number) if is_known else None


def degree_of(node: Node) -> int:
    """An upper bound of the degree above and below the line together.

    Raises:
        Unreadable: an exponent is larger than any at school.
    """
    inner = [degree_of(part) for part in node.parts]
    match node.op:
        case Op.NUMBER:
            return 0
        case Op.NAME:
            return 1
        case Op.ADD | Op.MULTIPLY | Op.DIVIDE:
            # Fractions with different denominators: those are multiplied.
            return sum(inner)
        case Op.POWER:
            exponent = whole_of(node.parts[1])
            if exponent is not None and abs(exponent) > HIGHEST_POWER:
                raise Unreadable("^")
            return max(inner[0], 1) * max(abs(exponent or 1), 1) + inner[1]
        case _:
            return max(inner, default=0)
