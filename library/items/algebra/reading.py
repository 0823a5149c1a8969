r"""Text into a formula: nothing that is typed is ever executed.

Understood are decimals, single letters, with an index or without (``x``, ``x_1``), ``+ − × ÷ / ^``, brackets,
roots, ``\frac`` and the like of LaTeX, mixed numbers (``2\frac{1}{2}``, ``2 1/2``, ``2½``) and products
without a sign (``2x(x+1)``). What is longer, deeper or of a higher degree than any answer at school is
refused before anything is computed, so that no text costs more than a few milliseconds.
"""

import re
from fractions import Fraction

from library.items.algebra.tree import Node, Op, TooLarge, Unfinished, Unreadable, degree_of
from library.items.numbers import fold_width

LONGEST = 300
"""Characters."""


MOST_DIGITS = 15
"""Of one number, with its decimals."""


OR, SET, END_OF_SET = "∨", "⦃", "⦄"
"""Between alternatives, and around a set: braces alone are those of LaTeX, which nobody sees."""


CLOSES = {"(": ")", "[": "]", "{": "}", SET: END_OF_SET}


DEEPEST = 24
"""Levels of brackets, powers and fractions."""


HIGHEST_DEGREE = 100


_SAME = str.maketrans(
    {
        "−": "-", "–": "-", "—": "-", "‐": "-", "‑": "-", "×": "*", "·": "*", "⋅": "*", "∙": "*", "÷": "/",
        "⁄": "/", "∕": "/", "。": ".", "又": " ", "、": ",", "$": " ",
        "≦": "≤", "⩽": "≤", "≧": "≥", "⩾": "≥",
    }
)  # fmt: skip


_LATEX = {
    r"\cdot": "*", r"\times": "*", r"\div": "/", r"\left": "", r"\right": "", r"\,": "", r"\;": "", r"\:": "",
    r"\!": "", r"\ ": "", r"\quad": "", r"\dfrac": r"\frac", r"\tfrac": r"\frac", r"\pi": "π",
    r"\lbrack": "[", r"\rbrack": "]", r"\placeholder": "", r"\{": SET, r"\}": END_OF_SET,
    r"\lbrace": SET, r"\rbrace": END_OF_SET, r"\lor": OR, r"\vee": OR, r"\pm": "±", r"\mp": "∓",
    r"\le": "≤", r"\leq": "≤", r"\leqslant": "≤", r"\ge": "≥", r"\geq": "≥", r"\geqslant": "≥",
    r"\ne": "≠", r"\neq": "≠", r"\lt": "<", r"\gt": ">",
}  # fmt: skip


_SUBSCRIPTS = {ord(sign): f"_{digit}" for digit, sign in enumerate("₀₁₂₃₄₅₆₇₈₉")}


_TYPED = {"**": "^", "<=": "≤", ">=": "≥", "!=": "≠", "+/-": "±"}
"""Signs of several characters."""


_COMMAND = re.compile(r"\\(?:[a-zA-Z]+|[,;:!{} ])")


OR_WORDS = re.compile(
    r"\\(?:text|mathrm|operatorname)\s*\{\s*(?:或者?|or)\s*\}|或者?|(?<![A-Za-z\\])or(?![A-Za-z])"
)


_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d*)?|\.\d+)|(?P<word>\\?(?:sqrt|frac|sin|cos|tan|ln|lg|log|abs|gcd|lcm|mod|min|max))"
    r"|(?P<name>[a-zA-Zα-ωΑ-Ω](?:\s*_\s*(?:[0-9a-zA-Z]|\{\s*[0-9a-zA-Z]{1,2}\s*\}))?)|(?P<sign>[-+*/^(){}\[\]√,=≠<>≤≥±∓∨⦃⦄]))"
)


_SPACES_AND_BRACES = re.compile(r"[\s{}]")


_PUPILS = frozenset({"sqrt", "frac", "sin", "cos", "tan", "ln", "lg", "abs"})


_AUTHORS = frozenset({"abs", "gcd", "lcm", "mod", "min", "max", "sqrt", "frac"})


def read(text: str, functions: frozenset[str] = _PUPILS) -> Node:
    """The formula that *text* is.

    Raises:
        Unreadable: it is none, or larger than any at school.
    """
    return read_tokens(tokens_of(text), functions)


def read_tokens(tokens: list[str], functions: frozenset[str] = _PUPILS) -> Node:
    """The formula that *tokens* are.

    Raises:
        Unreadable: they are none, or one of a degree higher than any at school.
    """
    found = _Reader(tokens, functions).whole()
    if degree_of(found) > HIGHEST_DEGREE:
        raise Unreadable("^")
    return found


def read_for_author(text: str) -> Node:
    """The formula that *text* is, with the functions that a variant's parameters may use.

    Raises:
        Unreadable: it is none, or larger than any at school.
    """
    return read(text, _AUTHORS)


def tokens_of(text: str) -> list[str]:
    """The numbers, letters and signs of *text*, typed forms and those of LaTeX alike.

    Raises:
        Unreadable: it is longer than any formula at school, or something in it belongs to none.
    """
    if len(text) > LONGEST:
        raise TooLarge(f"> {LONGEST}")
    plain = OR_WORDS.sub(OR, fold_width(text.translate(_SUBSCRIPTS))).translate(_SAME)
    plain = _COMMAND.sub(lambda found: _LATEX.get(found[0], found[0]) + " ", plain).rstrip()
    for typed, sign in _TYPED.items():
        plain = plain.replace(typed, sign)
    found, end = [], 0
    while end < len(plain):
        token = _TOKEN.match(plain, end)
        if token is None:
            raise Unreadable(plain[end : end + 10].strip())
        if token["number"] and len(token["number"]) > MOST_DIGITS + 1:
            raise Unreadable(token["number"][:10])
        found.append(
            _SPACES_AND_BRACES.sub("", token[0]) if token["name"] else token[0].strip().removeprefix("\\")
        )
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
            if sign in {"*", "/"}:
                self._take()
                other = self._signed()
                found = _divided(found, other) if sign == "/" else Node(Op.MULTIPLY, (found, other))
            elif sign and (sign[0].isalpha() or sign in {"(", "[", "{", "√"}):
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
        if sign in {"(", "[", "{"}:
            found = self._sum()
            self._expect(CLOSES[sign])
        elif sign[:1].isdigit() or sign[:1] == ".":
            found = Node(Op.NUMBER, number=Fraction(sign) + self._rest_of_mixed(sign))
        elif sign == "√":
            found = Node(Op.CALL, (self._root_of(),), name="sqrt")
        elif sign[:1].isalpha() and (len(sign) == 1 or "_" in sign):
            found = Node(Op.NAME, name=sign)
        elif sign in self.functions:
            found = self._call(sign)
        else:
            raise _stopped_at(sign)
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
        if name == "sqrt" and self._next() != "(":
            return Node(Op.CALL, (self._group(),), name=name)
        if self._next() not in {"(", "[", "{"}:
            return Node(Op.CALL, (self._power(),), name=name)
        end = CLOSES[self._take()]
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
        raise _stopped_at(token)

    def _root_of(self) -> Node:
        self.depth += 1
        if self.depth > DEEPEST:
            raise Unreadable("√")
        found = self._atom()
        self.depth -= 1
        return found


def _stopped_at(token: str) -> Unreadable:
    return Unreadable(token) if token else Unfinished("…")


def _divided(above: Node, below: Node) -> Node:
    """A quotient; of two numbers, the fraction that it is."""
    if above.op is below.op is Op.NUMBER and below.number:
        return Node(Op.NUMBER, number=above.number / below.number)
    return Node(Op.DIVIDE, (above, below))
