"""What is written into a blank for formulas: an expression, a relation, a pair, a set, alternatives of these.

``2x+3``, ``y=2x``, ``1<x≤3``, ``(1,2)``, ``{1,2}``, ``x=1 或 x=2``, ``x=1或2``, ``±2``. It is taken apart by
its signs; what stands between them is read as an expression, with all the bounds of one.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypeAlias

from library.items.algebra.reading import CLOSES, DEEPEST, END_OF_SET, OR, SET, read_tokens, tokens_of
from library.items.algebra.tree import Node, Op, TooLarge, Unreadable, names_in

MOST_EXPRESSIONS = 16
"""In one text. Each may be compared with each of another one: at most sixteen times what it costs to compare
two expressions as long as the texts."""

EQUAL, UNEQUAL = "=", "≠"
_TURNED: Mapping[str, str] = MappingProxyType(
    {EQUAL: EQUAL, UNEQUAL: UNEQUAL, "<": ">", ">": "<", "≤": "≥", "≥": "≤"}
)
_EDGES = frozenset({"", ",", OR, *_TURNED})
"""What may stand beside a side, or nothing."""
_UPPER, _LOWER = {"±": "+", "∓": "-"}, {"±": "-", "∓": "+"}


@dataclass(frozen=True, slots=True)
class Listing:
    """Several values in brackets: in their order, as (1,2); or without one, as {1,2}."""

    parts: tuple["Side", ...]
    is_ordered: bool


Side: TypeAlias = Node | Listing


@dataclass(frozen=True, slots=True)
class Relation:
    """Sides with the signs between them, the smallest side first; an expression is one side and no sign."""

    sides: tuple[Side, ...]
    signs: tuple[str, ...] = ()

    @property
    def has_direction(self) -> bool:
        """Whether its sides cannot change places."""
        return bool(self.signs) and self.signs[0] not in {EQUAL, UNEQUAL}

    @property
    def is_open(self) -> bool:
        """Whether it is about letters and says of none what it is: x+1 > 2, but not x > 1 nor 2 > 1."""
        sides = [one for one in self.sides if isinstance(one, Node)]
        return any(map(names_in, sides)) and all(one.op is not Op.NAME for one in sides)

    def turned(self) -> "Relation":
        """The same, read from the other end."""
        return Relation(self.sides[::-1], tuple(_TURNED[one] for one in reversed(self.signs)))


def relations_in(text: str) -> list[Relation]:
    """The alternatives that *text* names; of one with ± both that it stands for.

    Raises:
        Unreadable: it says nothing of the kind, or more than any answer at school.
    """
    found: list[Relation] = []
    for piece in _alternatives(_with_sets(tokens_of(text))):
        found += [_relation(one, found[-1] if found else None) for one in _both(piece)]
        if sum(_expressions(side) for one in found for side in one.sides) > MOST_EXPRESSIONS:
            raise TooLarge(f"> {MOST_EXPRESSIONS}")
    return found


def _relation(tokens: list[str], before: Relation | None) -> Relation:
    pieces, signs = _apart(tokens, _TURNED)
    sides = tuple(_side(one) for one in pieces)
    if not signs:
        # Behind "x=1 或", a 2 says that x is 2.
        if before is not None and before.signs == (EQUAL,):
            return Relation((before.sides[0], *sides), before.signs)
        return Relation(sides)
    one_way = next(way for way in ({EQUAL}, {UNEQUAL}, {"<", "≤"}, {">", "≥"}) if signs[0] in way)
    for sign in signs[1:]:
        if sign not in one_way or sign == UNEQUAL:
            raise Unreadable(sign)
    found = Relation(sides, tuple(signs))
    if found.has_direction and any(isinstance(one, Listing) for one in sides):
        raise Unreadable(signs[0])
    return found.turned() if ">" in one_way else found


def _side(tokens: list[str], depth: int = 0) -> Side:
    if depth > DEEPEST:
        raise Unreadable("(")
    opens = tokens[0] if _is_in_brackets(tokens) else ""
    if opens == SET:
        pieces, _commas = _apart(tokens[1:-1], {","})
        return Listing(
            tuple(_side(one, depth + 1) for piece in pieces for one in _both(piece)), is_ordered=False
        )
    if opens == "(":
        pieces, commas = _apart(tokens[1:-1], {","})
        if commas:
            return Listing(tuple(_side(one, depth + 1) for one in pieces), is_ordered=True)
    return read_tokens(tokens)


def _expressions(side: Side) -> int:
    return sum(map(_expressions, side.parts)) if isinstance(side, Listing) else 1


# Tokens


def _alternatives(tokens: list[str]) -> list[list[str]]:
    """What is said to be one or the other; so are numbered roots: x₁=1, x₂=3 says that x is 1 or 3."""
    parted = [_named(piece) for piece in _apart(tokens, {OR, ","})[0]]
    names = [name for own, _value in parted for name in own]
    letters = {name.partition("_")[0] for name in names}
    are_roots = (
        len(letters) == 1
        and len(set(names)) == len(names) > 1
        and all(own and "_" not in "".join(value) for own, value in parted)
    )
    return [[*letters, EQUAL, *value] for _own, value in parted] if are_roots else _apart(tokens, {OR})[0]


def _named(tokens: list[str]) -> tuple[list[str], list[str]]:
    """The letters with an index that *tokens* begin with, as x₁=x₂=3 does, and what they are."""
    names = []
    while len(tokens) > 1 and "_" in tokens[0] and tokens[1] == EQUAL:
        names.append(tokens[0])
        tokens = tokens[2:]
    return names, tokens


def _levels(tokens: list[str]) -> Iterator[int]:
    """How deep in brackets each token stands; a bracket stands where what is in it does not."""
    level = 0
    for token in tokens:
        level -= token in CLOSES.values()
        yield level
        level += token in CLOSES


def _is_in_brackets(tokens: list[str]) -> bool:
    """Whether the last token is the bracket that closes the first one."""
    levels = list(_levels(tokens))
    return (
        len(tokens) > 1
        and CLOSES.get(tokens[0]) == tokens[-1]
        and not levels[-1]
        and all(level > 0 for level in levels[1:-1])
    )


def _apart(tokens: list[str], signs: Mapping[str, str] | set[str]) -> tuple[list[list[str]], list[str]]:
    """What stands between those *signs* that stand in no bracket, and the signs."""
    pieces: list[list[str]] = [[]]
    found = []
    for token, level in zip(tokens, _levels(tokens), strict=True):
        if token in signs and not level:
            found.append(token)
            pieces.append([])
        else:
            pieces[-1].append(token)
    return pieces, found


def _with_sets(tokens: list[str]) -> list[str]:
    """The same, with braces around all that stands between two signs as those of a set: {1} is no 1."""
    made, opened = list(tokens), []
    for at, sign in enumerate(tokens):
        if sign in CLOSES:
            opened.append(at)
        elif sign in CLOSES.values() and opened:
            begin = opened.pop()
            before, after = "".join(tokens[begin - 1 : begin]), "".join(tokens[at + 1 : at + 2])
            is_whole = before in {*_EDGES, "{", SET} and after in {*_EDGES, "}", END_OF_SET}
            if is_whole and (tokens[begin], sign) == ("{", "}") and (before, after) != ("{", "}"):
                made[begin], made[at] = SET, END_OF_SET
    return made


def _both(tokens: list[str]) -> list[list[str]]:
    """What ± stands for: all upper signs, or all lower ones. Those in sets are the sets' own."""
    own = []
    sets = 0
    for token in tokens:
        sets += (token == SET) - (token == END_OF_SET)
        own.append(token in _UPPER and not sets)
    if not any(own):
        return [tokens]
    return [
        [signs[token] if is_own else token for token, is_own in zip(tokens, own, strict=True)]
        for signs in (_UPPER, _LOWER)
    ]
