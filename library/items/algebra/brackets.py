"""Which signs of a formula stand in which brackets."""

from collections.abc import Collection, Iterator

from library.items.algebra.tokens import AND, CLOSES, END_OF_SET, OR, SET

RELATION_SIGNS = frozenset("=≠<>≤≥∥⊥≌∽")
_EDGES = frozenset({"", ",", ":", OR, AND, "∈", "∪", *RELATION_SIGNS})
"""What may stand beside a side, or nothing."""


def levels(tokens: list[str]) -> Iterator[int]:
    """How deep in brackets each token stands; a bracket stands where what is in it does not."""
    level = 0
    for token in tokens:
        level -= token in CLOSES.values()
        yield level
        level += token in CLOSES


def is_in_brackets(tokens: list[str]) -> bool:
    """Whether the last token is the bracket that closes the first one, be it of its kind or not: [1,3)."""
    found = list(levels(tokens))
    return (
        len(tokens) > 1
        and tokens[0] in CLOSES
        and tokens[-1] in CLOSES.values()
        and not found[-1]
        and all(level > 0 for level in found[1:-1])
    )


def apart(tokens: list[str], signs: Collection[str]) -> tuple[list[list[str]], list[str]]:
    """What stands between those *signs* that stand in no bracket, and the signs."""
    pieces: list[list[str]] = [[]]
    found = []
    for token, level in zip(tokens, levels(tokens), strict=True):
        if token in signs and not level:
            found.append(token)
            pieces.append([])
        else:
            pieces[-1].append(token)
    return pieces, found


def with_sets(tokens: list[str]) -> list[str]:
    """The same, with braces around all that stands between two signs as those of a set: {1} is no 1.

    Two sets or systems side by side are alternatives.
    """
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
    return [
        one
        for at, sign in enumerate(made)
        for one in ((OR, sign) if made[at - 1 : at + 1] == [END_OF_SET, SET] else (sign,))
    ]
