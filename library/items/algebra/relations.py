"""One relation, as ``y=2x``, ``1<x≤3``, ``a:b=2:3``, or what stands alone: ``2x+3``, ``(1,2)``, ``{1,2}``.

It is taken apart by its signs; what stands between them is read as an expression, with all the bounds of one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from types import MappingProxyType
from typing import TypeAlias

from library.items.algebra import figures
from library.items.algebra.brackets import RELATION_SIGNS, apart, is_in_brackets
from library.items.algebra.reading import DEEPEST, read_tokens
from library.items.algebra.tokens import END_OF_SET, SET
from library.items.algebra.tree import CONSTANTS, Node, Op, Unreadable, names_in
from library.items.algebra.vectors import NOTHING

EQUAL, UNEQUAL = "=", "≠"
_TURNED: Mapping[str, str] = MappingProxyType(
    {EQUAL: EQUAL, UNEQUAL: UNEQUAL, "<": ">", ">": "<", "≤": "≥", "≥": "≤"}
)
_ONE_WAY = frozenset("<≤∈")
_OF_FIGURES = frozenset("∥⊥≌∽")
_OF_TRIANGLES = frozenset("≌∽")
_OF_TWO = frozenset({UNEQUAL, "⊥", *_OF_TRIANGLES})
"""They make no chains."""
_UPPER, _LOWER = {"±": "+", "∓": "-"}, {"±": "-", "∓": "+"}


class How(StrEnum):
    """How several values stand together."""

    PAIR = "pair"
    """In their order: (1,2), or three of them."""
    SET = "set"
    """In any order: {1,2}; ∅ has none."""
    RATIO = "ratio"
    """As parts of a whole: 2:3."""


@dataclass(frozen=True, slots=True)
class Listing:
    """Several values together."""

    parts: tuple["Side", ...]
    how: How


Side: TypeAlias = Node | Listing


@dataclass(frozen=True, slots=True)
class Relation:
    """Sides with the signs between them, the smallest side first; an expression is one side and no sign."""

    sides: tuple[Side, ...]
    signs: tuple[str, ...] = ()

    @property
    def has_direction(self) -> bool:
        """Whether its sides cannot change places."""
        return not _ONE_WAY.isdisjoint(self.signs)

    @property
    def is_open(self) -> bool:
        """Whether it is about letters and says of none what it is: x+1 > 2, but not x > 1 nor 2 > 1."""
        sides = [one for one in self.sides if isinstance(one, Node)]
        if not _OF_FIGURES.isdisjoint(self.signs):
            return False
        return any(map(names_in, sides)) and all(
            one.op is not Op.NAME or one.name == NOTHING for one in sides
        )

    @property
    def named(self) -> str:
        """The letter that it says to be a number; nothing where it says something else."""
        match self:
            case Relation(
                (Node(Op.NAME, name=name), Node() as value) | (Node() as value, Node(Op.NAME, name=name)),
                (sign,),
            ) if sign == EQUAL and names_in(value) <= CONSTANTS.keys():
                return name
        return ""

    @property
    def links(self) -> tuple["Relation", ...]:
        """Of 1 < x < 3 the two things that it says: 1 < x, x < 3."""
        if not self.has_direction:
            return (self,)
        return tuple(
            Relation(pair, (sign,)) for pair, sign in zip(pairwise(self.sides), self.signs, strict=True)
        )


def relation_of(tokens: list[str]) -> Relation:
    """The relation, or the value, that *tokens* are.

    Raises:
        Unreadable: they are none.
    """
    pieces, signs = apart(tokens, RELATION_SIGNS)
    sides = tuple(_side(one) for one in pieces)
    if not signs:
        return Relation(sides)
    one_way = next((way for way in ({"<", "≤"}, {">", "≥"}) if signs[0] in way), {signs[0]})
    for sign in signs[1:]:
        if sign not in one_way or sign in _OF_TWO:
            raise Unreadable(sign)
    if one_way & {"<", ">"} and any(isinstance(one, Listing) for one in sides):
        raise Unreadable(signs[0])
    if signs[0] in _OF_TRIANGLES:
        sides = _matched(sides, signs[0])
    if ">" in one_way:
        return Relation(sides[::-1], tuple(_TURNED[one] for one in reversed(signs)))
    return Relation(sides, tuple(signs))


def _matched(sides: tuple[Side, ...], sign: str) -> tuple[Side, ...]:
    """Two triangles, with the corners that go together in the same places."""
    match sides:
        case (Node(Op.NAME, name=one), Node(Op.NAME, name=other)) if found := figures.matched(one, other):
            return tuple(Node(Op.NAME, name=name) for name in found)
    raise Unreadable(sign)


def expressions_in(side: Side) -> int:
    """How many expressions there are."""
    return sum(map(expressions_in, side.parts)) if isinstance(side, Listing) else 1


def both(tokens: list[str]) -> list[list[str]]:
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


def _side(tokens: list[str], depth: int = 0) -> Side:
    if depth > DEEPEST:
        raise Unreadable("(")
    if tokens == ["∅"]:
        return Listing((), How.SET)
    terms, _colons = apart(tokens, ":")
    if len(terms) > 1:
        return Listing(tuple(map(read_tokens, terms)), How.RATIO)
    match tokens[:1] + tokens[-1:] if is_in_brackets(tokens) else []:
        case [begin, end] if (begin, end) == (SET, END_OF_SET):
            pieces, _commas = apart(tokens[1:-1], ",")
            return Listing(tuple(_side(one, depth + 1) for piece in pieces for one in both(piece)), How.SET)
        case ["(", ")"]:
            pieces, commas = apart(tokens[1:-1], ",")
            if commas:
                return Listing(tuple(_side(one, depth + 1) for one in pieces), How.PAIR)
    return read_tokens(tokens)
