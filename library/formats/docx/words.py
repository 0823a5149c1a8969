"""The words of a paragraph with what their look says, as far as the words of a question can say it.

Underlined words, dots below words, powers and indices become formulas or their letters; blanks are drawn
anew.
Bold, colours and sizes say nothing that a question's words could.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

LONGEST_MARKED = 40
_HIGH = dict(zip("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ", strict=True))
_LOW = dict(zip("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎", strict=True))
_NOT_IN_FORMULAS = frozenset("\\{}$^_~%#&\n\t")


class Look(StrEnum):
    """How words look."""

    PLAIN = "plain"
    UNDERLINED = "underlined"
    DOTTED = "dotted"
    HIGH = "high"
    LOW = "low"
    FORMULA = "formula"


@dataclass(frozen=True, slots=True)
class Words:
    """Words of one look."""

    text: str
    look: Look = Look.PLAIN


def said(pieces: Sequence[Words]) -> str:
    """The words together: neighbours of one look as one, two formulas never side by side."""
    whole = ""
    for one in _joined(pieces):
        text = _written(one)
        is_beside = whole.endswith("$") and text.startswith("$")
        whole += f" {text}" if is_beside else text
    return whole


def _joined(pieces: Sequence[Words]) -> list[Words]:
    found: list[Words] = []
    for one in pieces:
        if found and found[-1].look is one.look and one.look is not Look.FORMULA:
            found[-1] = Words(found[-1].text + one.text, one.look)
        elif one.text:
            found.append(one)
    return found


def _written(one: Words) -> str:
    match one.look:
        case Look.FORMULA:
            return f"${one.text}$"
        case Look.HIGH:
            return _beside(one.text, _HIGH, "^")
        case Look.LOW:
            return _beside(one.text, _LOW, "_")
        case Look.UNDERLINED:
            return _underlined(one.text)
        case Look.DOTTED:
            return _marked(one.text, r"\underset{{\bullet}}{{\text{{{}}}}}")
        case _:
            return one.text


def _beside(text: str, letters: dict[str, str], mark: str) -> str:
    if all(one in letters for one in text):
        return "".join(letters[one] for one in text)
    return text if _NOT_IN_FORMULAS & set(text) or not text.strip() else f"${{}}{mark}{{{text}}}$"


def _underlined(text: str) -> str:
    """A blank where nothing stands on the line; else the words with their line."""
    if not text.strip():
        return "____" if text else ""
    return _marked(text, r"\underline{{\text{{{}}}}}")


def _marked(text: str, form: str) -> str:
    inside = text.strip()
    if not inside or len(inside) > LONGEST_MARKED or _NOT_IN_FORMULAS & set(inside):
        return text
    begin, end = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    return f"{begin}${form.format(inside)}${end}"
