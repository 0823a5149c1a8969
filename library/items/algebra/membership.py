"""Sets of numbers, and what is said of letters beside a statement: x=2kπ+π/6，k∈Z."""

from collections.abc import Sequence
from dataclasses import replace

from library.items.algebra.brackets import apart, is_in_brackets
from library.items.algebra.relations import UNEQUAL, Listing, Relation, Side
from library.items.algebra.tokens import AND, is_letter
from library.items.algebra.tree import Node, Op, TooLarge, names_in

REAL, WHOLE, POSITIVE = "ℝ", "ℤ", "ℝ+"
_WRITTEN = {
    "R": REAL, "Z": WHOLE, "Q": "ℚ", "N": "ℕ", "N*": "ℕ*", "N+": "ℕ*", "Z+": "ℕ*", "R+": POSITIVE,
}  # fmt: skip
"""The sets of numbers by their letters; of letters with a double stroke these are plain."""
_PLAIN = str.maketrans(dict(zip("ℝℤℚℕ", "RZQN", strict=True)) | dict.fromkeys("^_{}"))
IN = "∈"
MOST_CONDITIONS = 4
_UNSAID = "к"
"""The letter of whole numbers in x=2kπ, whatever it is called: one that no formula can have."""


def set_of_numbers(tokens: Sequence[str]) -> str:
    """The set that *tokens* name, as Z, ℤ or N*; nothing if they name none."""
    return _WRITTEN.get("".join(tokens).translate(_PLAIN), "")


def membership(letter: str, name: str) -> Relation:
    """That a *letter* is in a set of numbers."""
    if name == POSITIVE:
        return Relation((Node(Op.NUMBER), Node(Op.NAME, name=letter)), ("<",))
    return Relation((Node(Op.NAME, name=letter), Node(Op.NAME, name=name)), (IN,))


def parted(tokens: list[str]) -> tuple[list[str], list[Relation]]:
    """What stands before the conditions at the end, and these: ``x=kπ，k∈Z``, ``x=kπ (k∈Z)``.

    Raises:
        TooLarge: there are more conditions than in any answer.
    """
    rest, found = _of_each(tokens), list[Relation]()
    while split := _last(rest):
        rest, last = split
        found.append(last)
    if len(found) > MOST_CONDITIONS:
        raise TooLarge(IN)
    return rest, found


def _last(tokens: list[str]) -> tuple[list[str], Relation] | None:
    """What stands before the last condition, and this."""
    pieces, signs = apart(tokens, {",", AND})
    if signs and (found := _condition(pieces[-1])):
        return tokens[: -len(pieces[-1]) - 1], found
    begin = max((at for at, one in enumerate(tokens) if one == "("), default=0)
    if begin and is_in_brackets(tokens[begin:]) and (found := _condition(tokens[begin + 1 : -1])):
        return tokens[:begin], found
    return None


def _condition(tokens: list[str]) -> Relation | None:
    match tokens:
        case [letter, sign, *behind] if sign == IN and is_letter(letter) and (name := set_of_numbers(behind)):
            return membership(letter, name)
    return None


def _of_each(tokens: list[str]) -> list[str]:
    """Between commas, what is said of the last of several letters said of each: m,n∈Z."""
    pieces, signs = apart(tokens, {",", AND})
    if set(signs) != {","}:
        return tokens
    found: list[str] = []
    said: list[str] = []
    for piece in reversed(pieces):
        is_one_of_them = len(piece) == 1 and is_letter(piece[0])
        said = said if is_one_of_them else piece[1:] if _condition(piece) else []
        found = [",", *piece, *(said if is_one_of_them else ()), *found]
    return found[1:]


def settled(case: tuple[Relation, ...]) -> tuple[Relation, ...]:
    """A case without what goes without saying, and with one name for the letter of whole numbers.

    A letter that is larger than a number, or is not one, is real; in x=2kπ，k∈Z it may be called n.
    """
    others = [one for one in case if one.signs != (IN,)]
    kept = tuple(one for one in case if not (_is_in(one, REAL) and _is_compared(one, others)))
    bound = [_letter(one) for one in case if _is_in(one, WHOLE)]
    if len(bound) != 1 or not _is_unsaid(bound[0], others):
        return kept
    return tuple(replace(one, sides=tuple(_renamed(side, bound[0]) for side in one.sides)) for one in kept)


def _letter(one: Relation) -> str:
    return one.sides[0].name if isinstance(one.sides[0], Node) else ""


def _is_in(one: Relation, name: str) -> bool:
    return one.signs == (IN,) and one.sides[1] == Node(Op.NAME, name=name)


def _is_compared(one: Relation, others: Sequence[Relation]) -> bool:
    """Whether the letter of a membership is larger, smaller or another one than something."""
    return any(
        (other.has_direction or other.signs == (UNEQUAL,)) and one.sides[0] in other.sides for other in others
    )


def _is_unsaid(letter: str, others: Sequence[Relation]) -> bool:
    """Whether all that is said with a *letter* is said of something else."""
    about = [one for one in others if letter in _names(one)]
    is_index = any(_has_index(name, letter) for one in others for name in _names(one))
    return bool(about) and not is_index and all(not one.signs or _names_another(one, letter) for one in about)


def _names_another(one: Relation, letter: str) -> bool:
    return any(isinstance(side, Node) and side.op is Op.NAME and side.name != letter for side in one.sides)


def _has_index(name: str, letter: str) -> bool:
    return letter in name.partition("_")[2]


def _names(one: Relation) -> set[str]:
    return set().union(*map(_names_of, one.sides))


def _names_of(side: Side) -> set[str]:
    return names_in(side) if isinstance(side, Node) else set().union(*map(_names_of, side.parts))


def _renamed(side: Side, letter: str) -> Side:
    if isinstance(side, Listing):
        return replace(side, parts=tuple(_renamed(one, letter) for one in side.parts))
    return _with_name(side, letter)


def _with_name(node: Node, letter: str) -> Node:
    if node.op is Op.NAME:
        return replace(node, name=_UNSAID) if node.name == letter else node
    return replace(node, parts=tuple(_with_name(part, letter) for part in node.parts))
