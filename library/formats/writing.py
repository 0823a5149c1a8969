"""The words of a question as HTML, which other programs show."""

import re
from collections.abc import Callable
from html import escape

from library.formats.formulas import IN_DOLLARS
from library.items.texts import PieceKind, pieces_of

DECLARATION = "<?xml version='1.0' encoding='utf-8'?>\n"
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_PARAGRAPHS = re.compile(r"\n\n")


def html_of(
    text: str,
    picture: Callable[[str], str],
    blank: Callable[[int], str] = lambda _number: "____",
    formula: Callable[[str], str] | None = None,
    line: str = "<br>",
) -> str:
    """*text* as HTML; *picture* and *blank* say what stands in the place of one, *formula* what shows one."""
    inner = "".join(
        _piece(one.kind, one.text, one.number, picture, blank, formula) for one in pieces_of(text)
    )
    paragraphs = [one.replace("\n", line) for one in _PARAGRAPHS.split(inner)]
    return paragraphs[0] if len(paragraphs) == 1 else "".join(f"<p>{one}</p>" for one in paragraphs)


def _piece(
    kind: PieceKind,
    text: str,
    number: int,
    picture: Callable[[str], str],
    blank: Callable[[int], str],
    formula: Callable[[str], str] | None,
) -> str:
    if kind is PieceKind.PICTURE:
        return picture(text)
    if kind is PieceKind.BLANK:
        return blank(number)
    say = formula or bracketed
    return "".join(
        say(piece) if number % 2 else escape(piece, quote=False)
        for number, piece in enumerate(IN_DOLLARS.split(text))
    )


def bracketed(formula: str) -> str:
    """A formula between backslashed brackets, which most programs show as one."""
    inner = escape(formula.strip("$"), quote=False)
    return f"\\[{inner}\\]" if formula.startswith("$$") else f"\\({inner}\\)"


def legal(xml: str) -> str:
    """*xml* without characters that no document may hold."""
    return _ILLEGAL.sub("", xml)
