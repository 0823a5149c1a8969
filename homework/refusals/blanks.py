"""Which texts in blanks a key refuses, and what an answer earns when some of them count: pure."""

from collections.abc import Collection, Mapping
from typing import Any

from library.items.kinds.blanks import AnswerKind, answers_of, folded, is_same
from library.items.kinds.kind import Asked
from library.items.models import ItemKind

DECIMALS = 2
"""Points are kept to hundredths, as marking does."""

Place = tuple[int, str]
"""A blank, from 0 on, and a text without what makes no difference."""


def has_blanks(asked: Asked) -> bool:
    """Whether a question asks for texts in blanks, the same of everybody."""
    return asked.kind is ItemKind.TEXT_ENTRY


def place_of(asked: Asked, blank: int, text: str) -> Place:
    """*text* in a *blank* without what makes no difference there."""
    kinds = dict(enumerate(answers_of(asked)))
    return blank, folded(kinds.get(blank, AnswerKind.TEXT), text)


def refused_in(asked: Asked, response: Mapping[str, Any]) -> dict[Place, str]:
    """The texts of *response* that the key does not take, as they were written; empty blanks are none."""
    accepted = asked.correct.get("blanks") or []
    texts = [str(one) for one in response.get("blanks") or ()]
    return {
        (blank, folded(kind, text)): text.strip()
        for blank, (key, text, kind) in enumerate(zip(accepted, texts, answers_of(asked), strict=False))
        if text.strip() and not any(is_same(kind, one, text) for one in key)
    }


def points_for(asked: Asked, response: Mapping[str, Any], most: float, accepted: Collection[Place]) -> float:
    """What *response* earns of *most* points when the *accepted* texts count as well."""
    count = len(asked.correct.get("blanks") or [])
    texts = [str(one) for one in response.get("blanks") or ()][:count]
    refused = refused_in(asked, response)
    right = sum(bool(text.strip()) for text in texts) - sum(place not in accepted for place in refused)
    return round(most * right / count, DECIMALS) if count else 0.0
