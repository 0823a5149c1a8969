"""How a response is marked: a pure function of the key and the response.

| kind | score |
|---|---|
| choice | 1 for the right one |
| multiple choice | all right ones and no other: 1; some right ones and no wrong one: their share; else 0 |
| text entry | the share of blanks that hold an accepted text |
| numeric | 1 within the tolerance of the value |
| photo | none: a person marks it |

The multiple choice rule is the one of Chinese examinations: guessing everything earns nothing.
Texts are the same when they differ in full or half width, case, spaces and punctuation only, or when
both are numbers of the same value.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from library.items.models import ItemKind, ItemVersion
from library.items.numbers import fold_width, read_number

_SAME = str.maketrans(
    {
        "“": '"', "”": '"', "「": '"', "」": '"', "‘": "'", "’": "'", "−": "-", "–": "-", "—": "-", "‐": "-",
        "‑": "-", "。": ".", "、": ",", "×": "*", "÷": "/", "⁄": "/", "≤": "<=", "≥": ">=", "≠": "!=",
    }
)  # fmt: skip
_SPACES = re.compile(r"\s+")
_NEEDLESS_SPACE = re.compile(r"(?<![a-z]) | (?![a-z])")
_SPACE_BETWEEN_DIGITS = re.compile(r"(?<=\d) (?=\d)")
_KEPT_SPACE = "\x1f"


@dataclass(frozen=True, slots=True)
class Judgement:
    """What marking found: *score* from 0 to 1; both None while a person has to mark."""

    score: float | None
    is_correct: bool | None


NOT_MARKED = Judgement(None, None)


def mark(kind: ItemKind, correct: Mapping[str, Any], response: Mapping[str, Any]) -> Judgement:
    """Mark *response* against the key *correct*; what is missing counts as wrong."""
    match kind:
        case ItemKind.CHOICE:
            return _judged(Fraction(_chosen(response) == _chosen(correct)))
        case ItemKind.MULTIPLE_CHOICE:
            return _judged(_share_of_choices(_chosen(correct), _chosen(response)))
        case ItemKind.TEXT_ENTRY:
            return _judged(_share_of_blanks(correct.get("blanks") or [], response.get("blanks") or []))
        case ItemKind.NUMERIC:
            return _judged(Fraction(_is_near(correct, response.get("value"))))
        case ItemKind.PHOTO:
            return NOT_MARKED


def is_answered(kind: ItemKind, response: Mapping[str, Any]) -> bool:
    """Whether the person gave any answer at all."""
    match kind:
        case ItemKind.CHOICE | ItemKind.MULTIPLE_CHOICE:
            return bool(response.get("choices"))
        case ItemKind.TEXT_ENTRY:
            return any(str(text).strip() for text in response.get("blanks") or [])
        case ItemKind.NUMERIC:
            return bool(str(response.get("value") or "").strip())
        case ItemKind.PHOTO:
            return bool(response.get("photos"))


def misconception_of(version: ItemVersion, response: Mapping[str, Any]) -> str:
    """The feedback of the typical error (典型错误) that *response* shows, or an empty string.

    A typical error is recognised by the choices it names (others may be chosen too), by the texts of
    its blanks (an empty one fits anything), or by its value.
    """
    if mark(version.kind, version.correct, response).is_correct:
        return ""
    for misconception in version.misconceptions:
        if _shows(version, misconception["response"], response):
            return str(misconception["feedback"])
    return ""


def same_text(one: str, other: str) -> bool:
    """Whether two answers say the same."""
    if fold_text(one) == fold_text(other):
        return True
    value = read_number(one)
    return value is not None and value == read_number(other)


def fold_text(text: str) -> str:
    """*text* without what makes no difference: width, case, spaces between words, closing punctuation."""
    plain = fold_width(fold_width(text).casefold()).translate(_SAME)
    plain = _SPACES.sub(" ", plain).strip().rstrip(".,;!").strip()
    plain = _SPACE_BETWEEN_DIGITS.sub(_KEPT_SPACE, plain)
    return _NEEDLESS_SPACE.sub("", plain).replace(_KEPT_SPACE, " ")


def _judged(score: Fraction) -> Judgement:
    return Judgement(float(score), score == 1)


def _chosen(answer: Mapping[str, Any]) -> frozenset[str]:
    return frozenset(answer.get("choices") or ())


def _share_of_choices(right: frozenset[str], chosen: frozenset[str]) -> Fraction:
    if not right or chosen - right:
        return Fraction(0)
    return Fraction(len(chosen), len(right))


def _share_of_blanks(accepted: Sequence[Sequence[str]], texts: Sequence[str]) -> Fraction:
    if not accepted:
        return Fraction(0)
    right = sum(
        bool(text.strip()) and any(same_text(text, one) for one in texts_accepted)
        for texts_accepted, text in zip(accepted, texts, strict=False)
    )
    return Fraction(right, len(accepted))


def _is_near(correct: Mapping[str, Any], written: object) -> bool:
    value, wanted = _exact(written), _exact(correct.get("value"))
    if value is None or wanted is None:
        return False
    return abs(value - wanted) <= (_exact(correct.get("tolerance")) or 0)


def _exact(number: object) -> Fraction | None:
    return None if number is None else read_number(str(number))


def _shows(version: ItemVersion, typical: Mapping[str, Any], response: Mapping[str, Any]) -> bool:
    match version.kind:
        case ItemKind.CHOICE | ItemKind.MULTIPLE_CHOICE:
            return bool(_chosen(typical)) and _chosen(typical) <= _chosen(response)
        case ItemKind.TEXT_ENTRY:
            named, texts = typical.get("blanks") or [], response.get("blanks") or []
            return (
                any(named)
                and len(named) <= len(texts)
                and all(not one or same_text(one, text) for one, text in zip(named, texts, strict=False))
            )
        case ItemKind.NUMERIC:
            tolerance = version.correct.get("tolerance")
            return _is_near({"value": typical.get("value"), "tolerance": tolerance}, response.get("value"))
        case ItemKind.PHOTO:
            return False
