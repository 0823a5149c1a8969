r"""Text into a formula: nothing that is typed is ever executed.

Understood are decimals, per cent, single letters, with an index or without (``x``, ``x_1``), ``+ − × ÷ / ^``,
brackets, roots of any degree, ``|x|``, degrees (``30°15′``), ``n!``, repeating decimals (``0.\dot{6}``),
``\frac`` and the like of LaTeX, mixed numbers (``2\frac{1}{2}``, ``2 1/2``, ``2½``), functions as schools
write them (``sin 2x``, ``sin²x``, ``log_2 x``) and products without a sign (``2x(x+1)``). What is longer,
deeper or of a higher degree than any answer at school is refused before anything is computed, so that no text
costs more than a few milliseconds.
"""

from fractions import Fraction

from library.items.algebra import vectors
from library.items.algebra.tokens import BAR, CLOSES, is_letter, number_in, tokens_of
from library.items.algebra.tree import (
    DEGREE,
    HIGHEST_EXPONENT,
    HIGHEST_FACTORIAL,
    Node,
    Op,
    TooLarge,
    Unfinished,
    Unreadable,
    degree_of,
    whole_of,
)

DEEPEST = 24
"""Levels of brackets, powers and fractions."""


HIGHEST_DEGREE = 10_000
MOST_LETTERS = 100
"""In one expression: so deep, at most, is a product of them."""


_SQUARE = 2


_SHARES = {"%": Fraction(1, 100), "‰": Fraction(1, 1000)}


_ANGLES = {"°": Fraction(1), "′": Fraction(1, 60), "′′": Fraction(1, 3600)}
"""Degrees, minutes and seconds, in degrees; each may stand behind those before it."""


_WITHOUT_BRACKETS = frozenset({"sin", "cos", "tan", "ln", "lg", "log"})
"""Functions whose argument, and power, stand behind their name."""


_PUPILS = frozenset({"sqrt", "cbrt", "root", "frac", "abs", "!", *_WITHOUT_BRACKETS, *_SHARES, *_ANGLES})
"""A root is what other roots than square ones become."""


_OF_TWO = frozenset({"gcd", "lcm", "mod", "min", "max"})


_AUTHORS = frozenset({"abs", "sqrt", "frac", *_OF_TWO})


def read(text: str, functions: frozenset[str] = _PUPILS) -> Node:
    """The formula that *text* is.

    Raises:
        Unreadable: it is none, or larger than any at school.
    """
    return read_tokens(tokens_of(text), functions)


def read_tokens(tokens: list[str], functions: frozenset[str] = _PUPILS) -> Node:
    """The formula that *tokens* are.

    Raises:
        Unreadable: they are none, or larger than any at school.
    """
    if sum(map(is_letter, tokens)) > MOST_LETTERS:
        raise TooLarge(f"> {MOST_LETTERS}")
    found = _Reader(tokens, functions).whole()
    vectors.check(found)
    if degree_of(found) > HIGHEST_DEGREE:
        raise Unreadable("^")
    return found


def read_for_author(text: str) -> Node:
    """The formula that *text* is, with the functions that a variant's parameters may use.

    Raises:
        Unreadable: it is none, or larger than any at school.
    """
    return read(text, _AUTHORS)


class _Reader:
    """By recursive descent; each level of it is counted."""

    def __init__(self, tokens: list[str], functions: frozenset[str]) -> None:
        self.tokens = tokens
        self.functions = functions
        self.behind = functions & {*_SHARES, *_ANGLES}
        self.place = 0
        self.depth = 0
        self.is_in_bars = False
        """Whether the next bar behind a factor ends what is between bars; else it begins another factor."""

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
        if (taken := self._take()) != token:
            raise _stopped_at(taken)

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
            if sign in {"*", vectors.CROSS, "/"}:
                self._take()
                other = self._signed()
                found = (
                    _divided(found, other) if sign == "/" else Node(Op.MULTIPLY, (found, other), name=sign)
                )
            elif self._begins_factor(sign):
                found = Node(Op.MULTIPLY, (found, self._power()))
            else:
                return found

    def _begins_factor(self, sign: str) -> bool:
        """Whether *sign*, right behind a factor, begins another one."""
        if sign == "|":
            return not self.is_in_bars
        return sign in {"(", "[", "{", BAR} or is_letter(sign) or sign in self.functions or sign[:1] == "√"

    def _signed(self) -> Node:
        sign = 1
        while self._next() in {"+", "-"}:
            sign = -sign if self._take() == "-" else sign
        found = self._power()
        return found if sign > 0 else Node(Op.NEGATE, (found,))

    def _power(self) -> Node:
        found = self._factorial()
        while self._next() == "^":
            self._take()
            found = Node(Op.POWER, (found, self._exponent()))
        if self._next() in self.behind:
            sign = self._take()
            found = _times(found, _SHARES[sign]) if sign in _SHARES else self._angle(found, sign)
        return found

    def _factorial(self) -> Node:
        """An atom, or its factorial; what is raised has it inside the braces: 2^{3!}."""
        found = self._atom()
        if self._next() != "!" or "!" not in self.functions:
            return found
        self._take()
        if found.op is Op.NUMBER and found.number > HIGHEST_FACTORIAL:
            raise TooLarge("!")
        if found.op is Op.NEGATE or (found.op is Op.NUMBER and found.number.denominator != 1):
            raise Unreadable("!")
        return Node(Op.CALL, (found,), name="!")

    def _angle(self, size: Node, sign: str) -> Node:
        """So many degrees, with the minutes and seconds behind them; or so many of these alone."""
        if sign != "°" and size.op is not Op.NUMBER:
            raise Unreadable(sign)
        size = _times(size, _ANGLES[sign])
        for finer, share in _ANGLES.items():
            match self.tokens[self.place : self.place + 2]:
                case [number, behind] if (
                    behind == finer and size.op is Op.NUMBER and share < _ANGLES[sign] and number[0].isdigit()
                ):
                    size = Node(Op.NUMBER, number=size.number + number_in(number) * share)
                    self.place += 2
                case _:
                    pass
        return Node(Op.MULTIPLY, (size, DEGREE))

    def _exponent(self) -> Node:
        if self._next() in {"+", "-"}:
            sign = self._take()
            found = self._atom()
            return found if sign == "+" else Node(Op.NEGATE, (found,))
        return self._atom()

    def _atom(self) -> Node:
        sign = self._take()
        if sign in {"(", "[", "{"}:
            found = self._inside(CLOSES[sign])
        elif sign in {"|", BAR}:
            found = Node(Op.CALL, (self._inside(CLOSES.get(sign, sign)),), name="abs")
        elif sign[:1].isdigit() or sign[:1] == ".":
            found = Node(Op.NUMBER, number=number_in(sign) + self._rest_of_mixed(sign))
        elif sign[:1] == "√":
            found = self._root(self._root_of(), Node(Op.NUMBER, number=Fraction(sign[2:-1] or _SQUARE)))
        elif is_letter(sign):
            found = Node(Op.NAME, name=sign)
        elif sign in self.functions:
            found = self._call(sign)
        else:
            raise _stopped_at(sign)
        return found

    def _inside(self, end: str) -> Node:
        """What stands in brackets, or between bars, whose first one is taken."""
        outside, self.is_in_bars = self.is_in_bars, end == "|"
        found = self._sum()
        self._expect(end)
        self.is_in_bars = outside
        return found

    def _rest_of_mixed(self, whole: str) -> Fraction:
        """The proper fraction directly behind a whole number, as in two and a half; else nothing."""
        match self.tokens[self.place : self.place + 7]:
            case ["frac", "{", above, "}", "{", below, "}"]:
                taken = 7
            case ["frac", str(digits), *_] if len(digits) == len("12"):
                above, below, taken = digits[0], digits[1], 2
            case [above, "/", below, *_]:
                taken = 3
            case _:
                return Fraction(0)
        is_whole = whole.isdecimal() and above.isdecimal() and below.isdecimal()
        if not is_whole or not 0 < int(above) < int(below):
            return Fraction(0)
        self.place += taken
        return Fraction(int(above), int(below))

    def _call(self, name: str) -> Node:
        if name == "frac":
            return _divided(self._group(), self._group())
        if name == "cbrt":
            return self._root(self._group(), Node(Op.NUMBER, number=Fraction(3)))
        if name == "sqrt" and self._next() == "[":
            self._take()
            degree = self._inside("]")
            return self._root(self._group(), degree)
        if name == "sqrt" and self._next() != "(":
            return Node(Op.CALL, (self._group(),), name=name)
        if name in _WITHOUT_BRACKETS:
            return self._function(name)
        if self._next() not in {"(", "[", "{"}:
            raise Unreadable(name)
        end = CLOSES[self._take()]
        outside, self.is_in_bars = self.is_in_bars, False
        parts = [self._sum()]
        while self._next() == ",":
            self._take()
            parts.append(self._sum())
        self._expect(end)
        self.is_in_bars = outside
        if len(parts) != (2 if name in _OF_TWO else 1):
            raise Unreadable(name)
        return Node(Op.CALL, tuple(parts), name=name)

    def _function(self, name: str) -> Node:
        """A function with what stands between its name and its argument: sin²x, log₂x."""
        base = None
        if name == "log":
            self._expect("_")
            base = self._group()
        exponent = None
        if self._next() == "^":
            self._take()
            exponent = self._exponent()
            # sin⁻¹ may be the inverse or the reciprocal.
            if (whole_of(exponent) or 0) < 1:
                raise Unreadable("^")
        found = Node(Op.CALL, (self._argument(),), name=name)
        if base is not None:
            above, below = (Node(Op.CALL, (one,), name="ln") for one in (found.parts[0], base))
            found = Node(Op.DIVIDE, (above, below))
        return found if exponent is None else Node(Op.POWER, (found, exponent))

    def _argument(self) -> Node:
        """What is in brackets, or all before a sign, a bracket or the next function: sin 2x cos x."""
        if self._next() in {"(", "[", "{"}:
            return self._inside(CLOSES[self._take()])
        self.depth += 1
        if self.depth > DEEPEST:
            raise Unreadable("(")
        found = self._power()
        while is_letter(self._next()) or (found.op is Op.NUMBER and self._next() == "("):
            found = Node(Op.MULTIPLY, (found, self._power()))
        self.depth -= 1
        return found

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
        raise _stopped_at(token)

    def _root_of(self) -> Node:
        self.depth += 1
        if self.depth > DEEPEST:
            raise Unreadable("√")
        found = self._atom()
        self.depth -= 1
        return found

    def _root(self, inside: Node, degree: Node) -> Node:
        """A root; of a degree that is a letter, the power that it is."""
        number = whole_of(degree)
        if number is None and degree.op is not Op.NUMBER:
            return Node(Op.POWER, (inside, Node(Op.DIVIDE, (Node(Op.NUMBER, number=Fraction(1)), degree))))
        if number == _SQUARE:
            return Node(Op.CALL, (inside,), name="sqrt")
        if "root" not in self.functions or number is None or not _SQUARE < number <= HIGHEST_EXPONENT:
            raise Unreadable("√")
        return Node(Op.CALL, (inside, degree), name="root")


def _stopped_at(token: str) -> Unreadable:
    return Unreadable(token) if token else Unfinished("…")


def _divided(above: Node, below: Node) -> Node:
    """A quotient; of two numbers, the fraction that it is."""
    if above.op is Op.NEGATE:
        return Node(Op.NEGATE, (_divided(above.parts[0], below),))
    if above.op is below.op is Op.NUMBER and below.number:
        return Node(Op.NUMBER, number=above.number / below.number)
    return Node(Op.DIVIDE, (above, below))


def _times(node: Node, share: Fraction) -> Node:
    """A share of a number, which is a number; or of what else it is."""
    if node.op is Op.NUMBER:
        return Node(Op.NUMBER, number=node.number * share)
    return Node(Op.MULTIPLY, (node, Node(Op.NUMBER, number=share)))
