"""All that is written into a blank for formulas: relations of which one holds, or several together.

``x=1 或 x=2``, ``x=1或2``, ``±2``, ``2,-2``; ``x>2 且 x≠3``, ``x=1, y=2``, ``{x=1, y=2}`` and the cases of
LaTeX; ``[1,3)``, ``(-∞,0)∪(2,+∞)``, ``x∈(1,3)``, ``{x|1<x<3}``.

It comes to cases, of which one holds, each with all that holds in it: 1<x<3 is one case of 1<x and x<3. An
interval says this of a letter without a name.
"""

from collections.abc import Sequence
from itertools import chain, product
from math import prod
from typing import TypeAlias

from library.items.algebra.brackets import RELATION_SIGNS, apart, is_in_brackets, with_sets
from library.items.algebra.figures import with_segments
from library.items.algebra.membership import IN, REAL, membership, parted, set_of_numbers, settled
from library.items.algebra.reading import read_tokens
from library.items.algebra.relations import EQUAL, UNEQUAL, Relation, both, expressions_in, relation_of
from library.items.algebra.tokens import (
    AND,
    CLOSES,
    NUMBER_SETS,
    OR,
    SET,
    is_letter,
    tokens_of,
    without_thousands,
)
from library.items.algebra.tree import Node, Op, TooLarge, Unreadable

MOST_EXPRESSIONS = 16
"""In one text. Each may be compared with each of another one: at most sixteen times what it costs to compare
two expressions as long as the texts."""
DEEPEST = 4
"""Systems in systems."""

Case: TypeAlias = tuple[Relation, ...]
"""Relations that hold together."""

_UNKNOWNS = frozenset("xyztkmn")
"""Letters of which numbers make solutions, which may change places; a₁ and a₂ may be two things."""
_UNNAMED = "ж"
"""What an interval is about: a letter that no formula can have."""


def statements_in(
    text: str, *, has_intervals: bool | None = None, has_things: bool = False, has_segments: bool = False
) -> list[list[Case]]:
    """What *text* can say, each as the cases of which one holds; 1,000 can be a thousand, or 1 or 000.

    (1,3) is an interval if there are any, which the text itself tells if nobody does; else it is a pair.
    a₁=1，a₂=3 is a=1 or a=3, unless it *has_things* with numbers of their own. AB is a product, unless the
    text *has_segments*.

    Raises:
        Unreadable: it says nothing, or more than any answer at school.
    """
    found: list[list[Case]] = []
    refused: list[Unreadable] = []
    for one in dict.fromkeys((text, without_thousands(text))):
        try:
            tokens = with_sets(_gone_on(tokens_of(one)))
            tokens = with_segments(tokens) if has_segments else tokens
            are_intervals = _tell_of_intervals(tokens) if has_intervals is None else has_intervals
            found.append(_Reader(are_intervals=are_intervals, has_things=has_things).cases(tokens))
        except Unreadable as error:
            refused.append(error)
    if not found:
        raise refused[0]
    return found


def _gone_on(tokens: list[str]) -> list[str]:
    """The expression alone, where a line goes on with "= 2x"; an equation, and more, has no side too few."""
    expression = tokens[1:]
    if tokens[:1] != [EQUAL] or len(apart(expression, {",", OR, AND, "∈", *RELATION_SIGNS})[0]) > 1:
        return tokens
    return expression


def tells_of_intervals(text: str) -> bool:
    """Whether something in *text* can only be said of intervals: infinity, a union, a bracket of their own.

    Raises:
        Unreadable: something in it belongs to no formula.
    """
    return _tell_of_intervals(tokens_of(text))


def tells_of_things(text: str) -> bool:
    """Whether letters with numbers in *text* may be two things, as a₁ and a₂ are of a sequence.

    Raises:
        Unreadable: something in it belongs to no formula.
    """
    return any(is_letter(one) and "_" in one and one[0] not in _UNKNOWNS for one in tokens_of(text))


def _tell_of_intervals(tokens: list[str]) -> bool:
    opened: list[tuple[str, int]] = []
    for at, sign in enumerate(tokens):
        is_range = sign in CLOSES and tokens[at - 1 : at] == [IN]
        if is_range or sign in {"∞", "∪"} or (sign in NUMBER_SETS.values() and tokens[at - 1 : at] != [IN]):
            return True
        if sign in CLOSES:
            opened.append((sign, at))
        elif sign in CLOSES.values() and opened:
            begin, begun = opened.pop()
            if (begin == "[" or sign == "]") and "," in tokens[begun:at]:
                return True
    return False


class _Reader:
    """From what binds least to what binds most: or, and, membership, relations."""

    def __init__(self, *, are_intervals: bool, has_things: bool) -> None:
        self.are_intervals = are_intervals
        self.has_things = has_things
        self.depth = 0

    def cases(self, tokens: list[str]) -> list[Case]:
        """The cases of which one holds."""
        self.depth += 1
        if self.depth > DEEPEST:
            raise Unreadable(SET)
        tokens, conditions = parted(tokens)
        found: list[Case] = []
        for piece in _numbered(tokens, has_things=self.has_things) or apart(tokens, OR)[0]:
            said, own = parted(piece)
            found += [(*case, *own) for case in self._listed(said, found[-1] if found else ())]
            sides = chain.from_iterable(relation.sides for case in found for relation in case)
            if sum(map(expressions_in, sides)) > MOST_EXPRESSIONS:
                raise TooLarge(f"> {MOST_EXPRESSIONS}")
        self.depth -= 1
        return [settled(tuple(dict.fromkeys((*case, *conditions)))) for case in found]

    def _listed(self, tokens: list[str], before: Case) -> list[Case]:
        """What commas part: values, of which one holds; or relations that hold together, as with "and"."""
        pieces, signs = apart(tokens, {",", AND})
        options: list[list[Case]] = []
        for piece in pieces:
            options.append(self._one(piece, before))
            before = options[-1][-1] if _can_go_on(options[-1][-1]) else ()
        if len(pieces) == 1 or (AND not in signs and _are_values(pieces, options)):
            return list(chain.from_iterable(options))
        return _together(options, signs[0])

    def _one(self, tokens: list[str], before: Case) -> list[Case]:
        """A piece in which nothing stands between commas but what is in brackets."""
        letter, *behind = apart(tokens, "∈")[0]
        if behind:
            is_one = len(letter) == len(behind) == 1 and is_letter(letter[0])
            if is_one and (name := set_of_numbers(behind[0])):
                return [(membership(letter[0], name),)]
            if not is_one or not (found := self._range(behind[0], letter[0])):
                raise Unreadable("∈")
            return found
        if found := self._range(tokens, _UNNAMED):
            return found
        if _is_in(SET, tokens) and apart(tokens[1:-1], RELATION_SIGNS)[1]:
            pieces, _commas = apart(tokens[1:-1], {",", AND})
            return _together([self.cases(one) for one in pieces], ",")
        relations = [_behind(before, relation_of(one)) for one in both(tokens)]
        if relations[0].signs == (UNEQUAL,):
            return [tuple(relations)]
        return [one.links for one in relations]

    def _range(self, tokens: list[str], letter: str) -> list[Case]:
        """What intervals, or conditions in braces, say of a *letter*; nothing if *tokens* are none."""
        pieces = apart(tokens, "∪")[0]
        if len(pieces) > 1:
            ranges = [self._range(one, letter) for one in pieces]
            if not all(ranges):
                raise Unreadable("∪")
            return list(chain.from_iterable(ranges))
        if _is_in(SET, tokens) and tokens[2:3] == [IN] and "|" in tokens:
            # {x∈N|x<5} is {x|x<5，x∈N}.
            bar = tokens.index("|")
            tokens = [SET, tokens[1], *tokens[bar:-1], ",", *tokens[1:bar], tokens[-1]]
        if _is_in(SET, tokens) and tokens[2:3] == ["|"]:
            return _together([self.cases([letter if one == tokens[1] else one for one in tokens[3:-1]])], "|")
        if self.are_intervals and set_of_numbers(tokens):
            return [(membership(letter, set_of_numbers(tokens)),)]
        ends = apart(tokens[1:-1], ",")[0]
        if self.are_intervals and len(ends) == len("ab") and (_is_in("(", tokens) or _is_in("[", tokens)):
            return [_interval(letter, tokens[0] + tokens[-1], *ends)]
        return []


def _is_in(begin: str, tokens: list[str]) -> bool:
    return tokens[:1] == [begin] and is_in_brackets(tokens)


def _interval(letter: str, brackets: str, low: list[str], high: list[str]) -> Case:
    name = Node(Op.NAME, name=letter)
    found = []
    if (low, brackets[0]) != (["-", "∞"], "("):
        found.append(Relation((read_tokens(low), name), ("≤" if brackets[0] == "[" else "<",)))
    if (high[-1:], brackets[1]) != (["∞"], ")") or high[:-1] not in ([], ["+"]):
        found.append(Relation((name, read_tokens(high)), ("≤" if brackets[1] == "]" else "<",)))
    return tuple(found) or (membership(letter, REAL),)


def _can_go_on(case: Case) -> bool:
    """Whether a value behind a comma can be another one of it: x=1, 2; x≠1, 2."""
    return len(case) == 1 and bool(case[0].named or case[0].signs == (UNEQUAL,))


def _behind(before: Case, found: Relation) -> Relation:
    """Behind "x=1 或", a 2 says that x is 2."""
    if found.signs or len(before) != 1 or before[0].signs not in ((EQUAL,), (UNEQUAL,)):
        return found
    return Relation((before[0].sides[0], *found.sides), before[0].signs)


def _are_values(pieces: Sequence[list[str]], options: Sequence[list[Case]]) -> bool:
    """Whether what commas part are answers beside each other: 2, -2, or x=1, x=2; not x=1, y=2."""
    if not any(apart(one, {*RELATION_SIGNS, "∈"})[1] for one in pieces):
        return True
    names = {case[0].named if len(case) == 1 else "" for option in options for case in option}
    return len(names) == 1 and "" not in names


def _together(options: Sequence[list[Case]], sign: str) -> list[Case]:
    """One case of each, in all ways; values cannot stand together, nor two of one letter."""
    if prod(map(len, options)) > MOST_EXPRESSIONS:
        raise TooLarge(f"> {MOST_EXPRESSIONS}")
    found = [tuple(chain.from_iterable(cases)) for cases in product(*options)]
    for case in found:
        names = [one.named for one in case if one.named]
        if len(set(names)) < len(names) or not all(one.signs for one in case):
            raise Unreadable(sign)
    return found


# Numbered letters: textbooks write x₁=1, x₂=3 for x=1 or x=3, and number the solutions of a system.


def _numbered(tokens: list[str], *, has_things: bool) -> list[list[str]]:
    """The alternatives that *tokens* number, without the numbers; nothing if they number none."""
    pieces = apart(tokens, {OR, ","})[0]
    parted = [_named(piece) for piece in pieces]
    names = [name for own, _value in parted for name in own]
    letters = {name.partition("_")[0] for name in names}
    is_one_letter = len(letters) == 1 and len(set(names)) == len(names) > 1
    if has_things and not letters <= _UNKNOWNS:
        return []
    if is_one_letter and all(own and "_" not in "".join(value) for own, value in parted):
        return [[*letters, EQUAL, *value] for _own, value in parted]
    numbers = [{one.partition("_")[2] for one in piece if is_letter(one)} for piece in pieces]
    are_systems = all(
        _is_in(SET, piece) and len(own) == 1 for piece, own in zip(pieces, numbers, strict=True)
    )
    if are_systems and len(pieces) > 1 and len(set.union(*numbers) - {""}) == len(pieces):
        return [[one.partition("_")[0] for one in piece] for piece in pieces]
    return []


def _named(tokens: list[str]) -> tuple[list[str], list[str]]:
    """The letters with an index that *tokens* begin with, as x₁=x₂=3 does, and what they are."""
    names = []
    while len(tokens) > 1 and "_" in tokens[0] and tokens[1] == EQUAL:
        names.append(tokens[0])
        tokens = tokens[2:]
    return names, tokens
