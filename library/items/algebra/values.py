"""The exact value of a formula."""

from collections.abc import Mapping
from fractions import Fraction
from math import gcd, isqrt, lcm

from library.items.algebra.tree import HIGHEST_EXPONENT, Node, NoValue, Op

LARGEST_BITS = 512
"""Of numerator and denominator of an exact value."""


def value_of(node: Node, names: Mapping[str, Fraction]) -> Fraction:
    """The exact value of a formula.

    Raises:
        NoValue: it has none, or one with too many digits.
    """
    value = _exact(node, names)
    if max(value.numerator.bit_length(), value.denominator.bit_length()) > LARGEST_BITS:
        raise NoValue
    return value


def _exact(node: Node, names: Mapping[str, Fraction]) -> Fraction:  # noqa: C901, PLR0911 -- likewise
    parts = [_exact(part, names) for part in node.parts]
    if any(max(one.numerator.bit_length(), one.denominator.bit_length()) > LARGEST_BITS for one in parts):
        raise NoValue
    match node.op:
        case Op.NUMBER:
            return node.number
        case Op.NAME:
            if node.name not in names:
                raise NoValue
            return names[node.name]
        case Op.ADD:
            return sum(parts, Fraction(0))
        case Op.MULTIPLY:
            return parts[0] * parts[1]
        case Op.NEGATE:
            return -parts[0]
        case Op.DIVIDE:
            if not parts[1]:
                raise NoValue
            return parts[0] / parts[1]
        case Op.POWER:
            return _exact_power(*parts)
        case _:
            return _exact_call(node.name, parts)


def _exact_power(base: Fraction, exponent: Fraction) -> Fraction:
    if exponent.denominator != 1 or abs(exponent) > HIGHEST_EXPONENT or (exponent < 0 and not base):
        raise NoValue
    return Fraction(base ** int(exponent))


def _exact_call(name: str, parts: list[Fraction]) -> Fraction:
    if name == "abs":
        return abs(parts[0])
    if name in {"min", "max"}:
        return min(parts) if name == "min" else max(parts)
    if name == "sqrt":
        return _exact_root(parts[0])
    if any(one.denominator != 1 for one in parts):
        raise NoValue
    first, second = (int(one) for one in parts)
    if name == "mod":
        if not second:
            raise NoValue
        return Fraction(first % second)
    return Fraction(gcd(first, second) if name == "gcd" else lcm(first, second))


def _exact_root(value: Fraction) -> Fraction:
    """The root of a square."""
    if value < 0:
        raise NoValue
    above, below = isqrt(value.numerator), isqrt(value.denominator)
    if above**2 != value.numerator or below**2 != value.denominator:
        raise NoValue
    return Fraction(above, below)
