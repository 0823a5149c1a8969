"""Texts as pupils write them: what makes no difference, and what stands inside a question's words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from library.items.numbers import fold_width, read_number

_SAME = str.maketrans(
    {
        "“": '"', "”": '"', "「": '"', "」": '"', "‘": "'", "’": "'", "−": "-", "–": "-", "—": "-", "‐": "-",
        "‑": "-", "。": ".", "、": ",", "×": "*", "÷": "/", "⁄": "/", "≤": "<=", "≥": ">=", "≠": "!=",
    }
)  # fmt: skip
_SPACES = re.compile(r"\s+")
_NEEDLESS_SPACE = re.compile(r"(?<![A-Za-z]) | (?![A-Za-z])")
_SPACE_BETWEEN_DIGITS = re.compile(r"(?<=\d) (?=\d)")
_KEPT_SPACE = "\x1f"
_PART = re.compile(
    r"(?P<formula>\$\$.+?\$\$|\$[^$\n]+\$)|\[\[(?:(?P<blank>[1-9]\d?)|picture:(?P<picture>[a-z0-9-]{1,32}))\]\]",
    re.DOTALL,
)


LONGEST_IN_A_LIST = 24


class PieceKind(StrEnum):
    """What a piece of a question's words is."""

    TEXT = "text"
    BLANK = "blank"
    PICTURE = "picture"


@dataclass(frozen=True, slots=True)
class Piece:
    """Words with their formulas, the place of a blank, or that of a picture."""

    kind: PieceKind
    text: str = ""
    """The words; a picture's name."""
    number: int = 0
    """A blank's, from 1 on."""


def same_text(one: str, other: str) -> bool:
    """Whether two answers say the same."""
    if fold_text(one) == fold_text(other):
        return True
    value = read_number(one)
    return value is not None and value == read_number(other)


def fold_text(text: str, *, keeps_case: bool = False) -> str:
    """*text* without what makes no difference: width, case, spaces between words, closing punctuation.

    Where a mark is all that is written, it is the answer: ， is neither 。 nor 、.
    """
    wide = fold_width(text)
    cased = wide if keeps_case else fold_width(wide.casefold())
    plain = _SPACES.sub(" ", cased.translate(_SAME)).strip().rstrip(".,;!").strip()
    if not plain:
        return _SPACES.sub("", cased).replace("。", ".")
    plain = _SPACE_BETWEEN_DIGITS.sub(_KEPT_SPACE, plain)
    return _NEEDLESS_SPACE.sub("", plain).replace(_KEPT_SPACE, " ")


def pieces_of(text: str) -> Iterator[Piece]:
    """The pieces of a question's words in order: ``[[2]]`` is blank 2, ``[[picture:map]]`` a picture.

    What stands in a formula is left to the formula.
    """
    begin = 0
    for found in _PART.finditer(text):
        if found["formula"]:
            continue
        if found.start() > begin:
            yield Piece(PieceKind.TEXT, text[begin : found.start()])
        if found["blank"]:
            yield Piece(PieceKind.BLANK, number=int(found["blank"]))
        else:
            yield Piece(PieceKind.PICTURE, found["picture"])
        begin = found.end()
    if begin < len(text):
        yield Piece(PieceKind.TEXT, text[begin:])


def blanks_in(text: str) -> list[int]:
    """The numbers of the blanks that stand inside *text*, in its order."""
    return [one.number for one in pieces_of(text) if one.kind is PieceKind.BLANK]


def pictures_in(text: str) -> list[str]:
    """The names of the pictures that stand inside *text*, in its order."""
    return [one.text for one in pieces_of(text) if one.kind is PieceKind.PICTURE]


def is_plain(text: str) -> bool:
    """Whether *text* is words alone: neither a formula, nor a picture, nor more than fits into a list."""
    return "$" not in text and "[[" not in text and len(text) <= LONGEST_IN_A_LIST


def in_lines(text: str) -> str:
    """*text* for where neither a field nor a picture can stand, e.g. in a file for other systems."""
    words = {PieceKind.BLANK: "____", PieceKind.PICTURE: ""}
    return "".join(words.get(one.kind, one.text) for one in pieces_of(text))
