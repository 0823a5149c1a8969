r"""Formulas of school algebra, read into a small tree of our own: nothing that is typed is ever executed.

Understood are decimals, single letters, ``+ − × ÷ / ^``, brackets, roots, ``\frac`` and the like of LaTeX,
and products without a sign (``2x(x+1)``). What is longer, deeper or of a higher degree than any answer at
school is refused before anything is computed, so that no text costs more than a few milliseconds.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from hashlib import sha256
from math import cos, e, gcd, inf, isfinite, isqrt, lcm, log, log10, pi, sin, sqrt, tan
from typing import TypeVar

from library.items.numbers import fold_width

LONGEST = 300
"""Characters."""
MOST_DIGITS = 15
"""Of one number, with its decimals."""
DEEPEST = 24
"""Levels of brackets, powers and fractions."""
HIGHEST_EXPONENT = 20
HIGHEST_DEGREE = 100
LARGEST_BITS = 512
"""Of numerator and denominator of an exact value."""
PRIME = 89956570141861346711406154258262515813157786834374037917317558869069701965931
"""Drawn at random: two different formulas agree modulo it at a point drawn at random as good as never."""
POINTS, TRIES = 4, 12
NEARNESS = 1e-9

V = TypeVar("V")


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


class Unreadable(ValueError):
    """A text that is no formula of school algebra; ``str`` says where it stops being one."""


class NoValue(ArithmeticError):
    """There is no value: a division by zero, a root that is no number, or one too large."""


_SAME = str.maketrans(
    {
        "−": "-", "–": "-", "—": "-", "‐": "-", "‑": "-", "×": "*", "·": "*", "⋅": "*", "∙": "*", "÷": "/",
        "⁄": "/", "∕": "/", "（": "(", "）": ")", "［": "(", "］": ")", "[": "(", "]": ")", "。": ".",
    }
)  # fmt: skip
_LATEX = {
    r"\cdot": "*", r"\times": "*", r"\div": "/", r"\left": "", r"\right": "", r"\,": "", r"\;": "", r"\:": "",
    r"\!": "", r"\ ": "", r"\quad": "", r"\dfrac": r"\frac", r"\tfrac": r"\frac", r"\pi": "π",
    r"\lbrack": "(", r"\rbrack": ")", r"\placeholder": "",
}  # fmt: skip
_COMMAND = re.compile(r"\\(?:[a-zA-Z]+|[,;:! ])")
_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d*)?|\.\d+)|(?P<word>\\?(?:sqrt|frac|sin|cos|tan|ln|lg|log|abs|gcd|lcm|mod|min|max))"
    r"|(?P<name>[a-zA-Zα-ωΑ-Ω])|(?P<sign>[-+*/^(){}√,=]))"
)
_PUPILS = frozenset({"sqrt", "frac", "sin", "cos", "tan", "ln", "lg", "abs"})
_AUTHORS = frozenset({"abs", "gcd", "lcm", "mod", "min", "max", "sqrt", "frac"})


def read(text: str, functions: frozenset[str] = _PUPILS) -> Node:
    """The formula that *text* is.

    Raises:
        Unreadable: it is none, or larger than any at school.
    """
    if len(text) > LONGEST:
        raise Unreadable(f"> {LONGEST}")
    found = _Reader(_tokens(text), functions).whole()
    if _degree(found) > HIGHEST_DEGREE:
        raise Unreadable("^")
    return found


def read_for_author(text: str) -> Node:
    """The formula that *text* is, with the functions that a variant's parameters may use.

    Raises:
        Unreadable: it is none, or larger than any at school.
    """
    return read(text, _AUTHORS)


def same_value(one: Node, other: Node) -> bool:
    """Whether two formulas have the same value wherever both have one.

    Fractions of polynomials are compared exactly in a field of numbers modulo a prime, at points that follow
    from the formulas themselves; with roots and other functions, as decimals.
    """
    names = sorted(_names(one) | _names(other))
    seed = repr((one, other))
    if not (_is_transcendent(one) or _is_transcendent(other)):
        return _agree((one, other), names, seed, value=_modular, draw=_draw_modular, equal=_equal)
    return _agree((one, other), names, seed, value=_decimal, draw=_draw_decimal, equal=_near)


def same_formula(one: str, other: str, same: Callable[[Node, Node], bool]) -> bool:
    """Whether two texts are formulas that are the *same*; of equations, each side."""
    sides, other_sides = sides_of(one), sides_of(other)
    if len(sides) != len(other_sides) or len(sides) > 2:  # noqa: PLR2004 -- an equation has two sides
        return False
    try:
        left, right = [read(side) for side in sides], [read(side) for side in other_sides]
    except Unreadable:
        return False
    turned = list(reversed(right))
    return any(all(map(same, left, given)) for given in ([right] if right == turned else [right, turned]))


def sides_of(text: str) -> list[str]:
    """The sides of an equation, or the formula alone."""
    return fold_width(text).split("=")


def same_form(one: Node, other: Node) -> bool:
    """Whether two formulas are the same but for the order of what is added and multiplied."""
    return _canonical(one) == _canonical(other)


def value_of(node: Node, names: Mapping[str, Fraction]) -> Fraction:
    """The exact value of a formula.

    Raises:
        NoValue: it has none, or one with too many digits.
    """
    value = _exact(node, names)
    if max(value.numerator.bit_length(), value.denominator.bit_length()) > LARGEST_BITS:
        raise NoValue
    return value


def names_in(node: Node) -> set[str]:
    """The letters of a formula that stand for numbers."""
    return _names(node)


# Reading


def _tokens(text: str) -> list[str]:
    plain = fold_width(text).translate(_SAME).strip().strip("$")
    plain = _COMMAND.sub(lambda found: _LATEX.get(found[0], found[0]) + " ", plain)
    plain = plain.replace("**", "^")
    found, end = [], 0
    plain = plain.rstrip()
    while end < len(plain):
        token = _TOKEN.match(plain, end)
        if token is None:
            raise Unreadable(plain[end : end + 10].strip())
        if token["number"] and len(token["number"]) > MOST_DIGITS + 1:
            raise Unreadable(token["number"][:10])
        found.append(token[0].strip().removeprefix("\\"))
        end = token.end()
    return found


class _Reader:
    """By recursive descent; each level of it is counted."""

    def __init__(self, tokens: list[str], functions: frozenset[str]) -> None:
        self.tokens = tokens
        self.functions = functions
        self.place = 0
        self.depth = 0

    def whole(self) -> Node:
        found = self._sum()
        if self.place < len(self.tokens):
            raise Unreadable(self.tokens[self.place])
        return found

    def _next(self) -> str:
        return self.tokens[self.place] if self.place < len(self.tokens) else ""

    def _take(self) -> str:
        token = self._next()
        self.place += 1
        return token

    def _expect(self, token: str) -> None:
        if self._take() != token:
            raise Unreadable(token)

    def _sum(self) -> Node:
        self.depth += 1
        if self.depth > DEEPEST:
            raise Unreadable("(")
        parts = [self._product()]
        while self._next() in {"+", "-"}:
            sign = self._take()
            part = self._product()
            parts.append(part if sign == "+" else Node(Op.NEGATE, (part,)))
        self.depth -= 1
        return parts[0] if len(parts) == 1 else Node(Op.ADD, tuple(parts))

    def _product(self) -> Node:
        found = self._signed()
        while True:
            sign = self._next()
            if sign in {"*", "/"}:
                self._take()
                other = self._signed()
                found = _divided(found, other) if sign == "/" else Node(Op.MULTIPLY, (found, other))
            elif sign and (sign[0].isalpha() or sign in {"(", "{", "√"}):
                found = Node(Op.MULTIPLY, (found, self._power()))
            else:
                return found

    def _signed(self) -> Node:
        sign = 1
        while self._next() in {"+", "-"}:
            sign = -sign if self._take() == "-" else sign
        found = self._power()
        return found if sign > 0 else Node(Op.NEGATE, (found,))

    def _power(self) -> Node:
        base = self._atom()
        while self._next() == "^":
            self._take()
            base = Node(Op.POWER, (base, self._exponent()))
        return base

    def _exponent(self) -> Node:
        if self._next() in {"+", "-"}:
            sign = self._take()
            found = self._atom()
            return found if sign == "+" else Node(Op.NEGATE, (found,))
        return self._atom()

    def _atom(self) -> Node:
        sign = self._take()
        if sign in {"(", "{"}:
            found = self._sum()
            self._expect(")" if sign == "(" else "}")
        elif sign[:1].isdigit() or sign[:1] == ".":
            found = Node(Op.NUMBER, number=Fraction(sign))
        elif sign == "√":
            found = Node(Op.CALL, (self._root_of(),), name="sqrt")
        elif len(sign) == 1 and sign.isalpha():
            found = Node(Op.NAME, name=sign)
        elif sign in self.functions:
            found = self._call(sign)
        else:
            raise Unreadable(sign or "…")
        return found

    def _call(self, name: str) -> Node:
        if name == "frac":
            return _divided(self._group(), self._group())
        if name == "sqrt" and self._next() != "(":
            return Node(Op.CALL, (self._group(),), name=name)
        if self._next() not in {"(", "{"}:
            return Node(Op.CALL, (self._power(),), name=name)
        end = ")" if self._take() == "(" else "}"
        parts = [self._sum()]
        while self._next() == ",":
            self._take()
            parts.append(self._sum())
        self._expect(end)
        if len(parts) != (2 if name in {"gcd", "lcm", "mod", "min", "max"} else 1):
            raise Unreadable(name)
        return Node(Op.CALL, tuple(parts), name=name)

    def _group(self) -> Node:
        """What a command of LaTeX takes: something in braces, or one digit or letter."""
        if self._next() in {"{", "("}:
            return self._atom()
        token = self._take()
        if token.isdigit():
            # \frac12 is a half: the rest of the digits is the next group.
            if len(token) > 1:
                self.place -= 1
                self.tokens[self.place] = token[1:]
            return Node(Op.NUMBER, number=Fraction(token[0]))
        if len(token) == 1 and token.isalpha():
            return Node(Op.NAME, name=token)
        raise Unreadable(token or "…")

    def _root_of(self) -> Node:
        self.depth += 1
        if self.depth > DEEPEST:
            raise Unreadable("√")
        found = self._atom()
        self.depth -= 1
        return found


def _divided(above: Node, below: Node) -> Node:
    """A quotient; of two numbers, the fraction that it is."""
    if above.op is below.op is Op.NUMBER and below.number:
        return Node(Op.NUMBER, number=above.number / below.number)
    return Node(Op.DIVIDE, (above, below))


# Looking at it


def _nodes(node: Node) -> Iterator[Node]:
    yield node
    for part in node.parts:
        yield from _nodes(part)


def _names(node: Node) -> set[str]:
    return {one.name for one in _nodes(node) if one.op is Op.NAME}


def _is_transcendent(node: Node) -> bool:
    """Whether it is no fraction of polynomials with rational numbers. π is a letter like another there."""
    return any(
        one.op is Op.CALL or (one.op is Op.POWER and _whole(one.parts[1]) is None) for one in _nodes(node)
    )


def _whole(node: Node) -> int | None:
    """The whole number that an exponent is, if it is one."""
    negative = node.op is Op.NEGATE
    one = node.parts[0] if negative else node
    if one.op is not Op.NUMBER or one.number.denominator != 1:
        return None
    return -int(one.number) if negative else int(one.number)


def _degree(node: Node) -> int:
    """An upper bound of the degree above and below the line together.

    Raises:
        Unreadable: an exponent is larger than any at school.
    """
    inner = [_degree(part) for part in node.parts]
    match node.op:
        case Op.NUMBER:
            return 0
        case Op.NAME:
            return 1
        case Op.ADD | Op.MULTIPLY | Op.DIVIDE:
            # Fractions with different denominators: those are multiplied.
            return sum(inner)
        case Op.POWER:
            exponent = _whole(node.parts[1])
            if exponent is not None and abs(exponent) > HIGHEST_EXPONENT:
                raise Unreadable("^")
            return max(inner[0], 1) * max(abs(exponent or 1), 1) + inner[1]
        case _:
            return max(inner, default=0)


def _canonical(node: Node) -> str:
    """The formula with what is added, and what is multiplied, in one order."""
    match node.op:
        case Op.NUMBER:
            return str(node.number)
        case Op.NAME:
            return node.name
        case Op.ADD | Op.MULTIPLY:
            return f"({node.op.value.join(sorted(_flat(node, node.op)))})"
        case Op.NEGATE:
            return f"(-{_canonical(node.parts[0])})"
        case _:
            return f"{node.op.value}{node.name}({';'.join(map(_canonical, node.parts))})"


def _flat(node: Node, op: Op) -> Iterator[str]:
    for part in node.parts:
        if part.op is op:
            yield from _flat(part, op)
        else:
            yield _canonical(part)


# Values


def _agree(
    pair: tuple[Node, Node],
    names: list[str],
    seed: str,
    *,
    value: Callable[[Node, Mapping[str, V]], V],
    draw: Callable[[str], V],
    equal: Callable[[V, V], bool],
) -> bool:
    agreed = 0
    for number in range(TRIES):
        point = {name: draw(f"{seed}/{number}/{name}") for name in names}
        try:
            values = value(pair[0], point), value(pair[1], point)
        except NoValue:
            continue
        if not equal(*values):
            return False
        agreed += 1
        if agreed == POINTS or not names:
            return True
    return False


def _draw_modular(key: str) -> int:
    return int.from_bytes(sha256(key.encode()).digest()) % PRIME


def _draw_decimal(key: str) -> float:
    """Between 0.5 and 2.5: where roots and logarithms have values, and powers do not explode."""
    return 0.5 + 2 * int.from_bytes(sha256(key.encode()).digest()[:6]) / 2**48


def _equal(one: int, other: int) -> bool:
    return one == other


def _near(one: float, other: float) -> bool:
    return abs(one - other) <= NEARNESS * max(1.0, abs(one), abs(other))


def _modular(node: Node, point: Mapping[str, int]) -> int:  # noqa: PLR0911 -- a line for each kind of node
    match node.op:
        case Op.NUMBER:
            return node.number.numerator * pow(node.number.denominator, -1, PRIME) % PRIME
        case Op.NAME:
            return point[node.name]
        case Op.ADD:
            return sum(_modular(part, point) for part in node.parts) % PRIME
        case Op.MULTIPLY:
            return _modular(node.parts[0], point) * _modular(node.parts[1], point) % PRIME
        case Op.NEGATE:
            return -_modular(node.parts[0], point) % PRIME
        case Op.DIVIDE:
            return _modular(node.parts[0], point) * _inverse(_modular(node.parts[1], point)) % PRIME
        case _:
            base, exponent = _modular(node.parts[0], point), _whole(node.parts[1]) or 0
            return pow(base if exponent >= 0 else _inverse(base), abs(exponent), PRIME)


def _inverse(value: int) -> int:
    if not value:
        raise NoValue
    return pow(value, -1, PRIME)


_DECIMAL_CALLS: Mapping[str, Callable[[float], float]] = {
    "sqrt": sqrt, "sin": sin, "cos": cos, "tan": tan, "ln": log, "lg": log10, "abs": abs,
}  # fmt: skip


def _decimal(node: Node, point: Mapping[str, float]) -> float:
    try:
        value = _decimal_of(node, point)
    except (ValueError, OverflowError, ZeroDivisionError) as error:
        raise NoValue from error
    if isinstance(value, complex) or not isfinite(value):
        raise NoValue
    return value


def _decimal_of(node: Node, point: Mapping[str, float]) -> float:  # noqa: PLR0911 -- a line for each kind of node
    match node.op:
        case Op.NUMBER:
            return float(node.number)
        case Op.NAME:
            return {"π": pi, "e": e}.get(node.name) or point[node.name]
        case Op.ADD:
            return sum(_decimal(part, point) for part in node.parts)
        case Op.MULTIPLY:
            return _decimal(node.parts[0], point) * _decimal(node.parts[1], point)
        case Op.NEGATE:
            return -_decimal(node.parts[0], point)
        case Op.DIVIDE:
            return _decimal(node.parts[0], point) / _decimal(node.parts[1], point)
        case Op.POWER:
            return float(_decimal(node.parts[0], point) ** _decimal(node.parts[1], point))
        case _:
            call = _DECIMAL_CALLS.get(node.name)
            return call(_decimal(node.parts[0], point)) if call else inf


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
