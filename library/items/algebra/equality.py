"""Whether two texts of formulas say the same: their cases, relations, pairs, sets and ratios."""

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import partial
from itertools import pairwise, product
from typing import TypeVar

from library.items.algebra.figures import may_be_products, tell_of_segments
from library.items.algebra.relations import How, Listing, Relation, Side
from library.items.algebra.sameness import factor_between, same_value
from library.items.algebra.statements import statements_in, tells_of_intervals, tells_of_things
from library.items.algebra.tokens import tokens_of
from library.items.algebra.tree import Node, Op, Unreadable

Same = Callable[[Node, Node], bool]
"""When two expressions are the same: by value or by form."""
T = TypeVar("T")


def same_formula(one: str, other: str, same: Same) -> bool:
    """Whether two texts say the *same*: the same cases, in whatever order."""
    try:
        tokens, others = tokens_of(one), tokens_of(other)
        if not (tell_of_segments(tokens) and tell_of_segments(others)):
            return _say_the_same(one, other, same)
        # As products AB·CD would be AC·BD; as segments it is not.
        return _say_the_same(one, other, same, has_segments=True) and (
            not (may_be_products(tokens) or may_be_products(others)) or _say_the_same(one, other, same)
        )
    except Unreadable:
        return False


def _say_the_same(one: str, other: str, same: Same, *, has_segments: bool = False) -> bool:
    has_intervals = tells_of_intervals(one) or tells_of_intervals(other)
    has_things = tells_of_things(one) and tells_of_things(other)
    pairs = product(
        *(
            statements_in(text, has_intervals=has_intervals, has_things=has_things, has_segments=has_segments)
            for text in (one, other)
        )
    )
    same_relation = partial(_same_relation, same=same)
    same_case = partial(_alike, same=same_relation)
    return any(_alike(left, right, same_case) for left, right in pairs)


def _alike(ones: Sequence[T], others: Sequence[T], same: Callable[[T, T], bool]) -> bool:
    """Whether each of both has its like among the others."""
    return all(any(same(one, other) for other in others) for one in ones) and all(
        any(same(one, other) for one in ones) for other in others
    )


def _same_relation(one: Relation, other: Relation, same: Same) -> bool:
    """Side by side; where nothing is solved, also with all sides multiplied by one number."""
    if len(one.sides) != len(other.sides):
        return False
    same_side = partial(_same_side, same=same)
    if one.has_direction:
        is_same = one.signs == other.signs and all(map(same_side, one.sides, other.sides))
    else:
        is_same = one.signs == other.signs and _alike(one.sides, other.sides, same_side)
    return is_same or (same is same_value and _is_multiple(one, other))


def _same_side(one: Side, other: Side, same: Same) -> bool:
    if isinstance(one, Node) and isinstance(other, Node):
        return same(one, other)
    if not (isinstance(one, Listing) and isinstance(other, Listing)) or one.how is not other.how:
        return False
    same_part = partial(_same_side, same=same)
    if one.how is How.SET:
        return _alike(one.parts, other.parts, same_part)
    if len(one.parts) != len(other.parts):
        return False
    if one.how is How.RATIO and same is same_value:
        return _are_proportional(one.parts, other.parts)
    return all(map(same_part, one.parts, other.parts))


def _are_proportional(ones: Sequence[Side], others: Sequence[Side]) -> bool:
    """Whether the parts of two ratios are in the same ratio: 2:3, 4:6."""
    parts = [
        (one, other)
        for one, other in zip(ones, others, strict=True)
        if isinstance(one, Node) and isinstance(other, Node)
    ]
    return len(parts) == len(ones) and all(
        same_value(Node(Op.MULTIPLY, (one, next_other)), Node(Op.MULTIPLY, (next_one, other)))
        for (one, other), (next_one, next_other) in pairwise(parts)
    )


def _is_multiple(one: Relation, other: Relation) -> bool:
    """Whether *other* is *one* with all sides multiplied: x+1 > 2 is 2x+2 > 4, and -x-1 < -2.

    Not of what says of a letter what it is: to x > 2 the question 2x > 4 is no answer.
    """
    if not (one.signs and one.is_open and other.is_open):
        return False
    upright = _factor(one.sides, other.sides) if one.signs == other.signs else 0
    turned = _factor(one.sides, other.sides[::-1]) if one.signs == other.signs[::-1] else 0
    return upright > 0 or turned < 0 if one.has_direction else bool(upright or turned)


def _factor(ones: Sequence[Side], others: Sequence[Side]) -> Fraction:
    """The number by which each side is multiplied; nothing where there is none."""
    pairs = [
        (one, other)
        for one, other in zip(ones, others, strict=True)
        if isinstance(one, Node) and isinstance(other, Node)
    ]
    if len(pairs) < len(ones):
        return Fraction(0)
    first, last = pairs[0], pairs[-1]
    factor = factor_between(_difference(last[0], first[0]), _difference(last[1], first[1]))
    times = Node(Op.NUMBER, number=factor)
    is_factor = all(same_value(Node(Op.MULTIPLY, (times, one)), other) for one, other in pairs)
    return factor if is_factor else Fraction(0)


def _difference(one: Node, other: Node) -> Node:
    return Node(Op.ADD, (one, Node(Op.NEGATE, (other,))))
