"""How a response is marked: a pure function of the question and the response.

Each kind has its rule in ``library/items/kinds``; ``docs/items.md`` lists them.
"""

from collections.abc import Mapping
from typing import Any, Protocol

from library.items.kinds.kind import NOT_MARKED, Asked, Judgement
from library.items.kinds.table import KINDS
from library.items.models import ItemKind

__all__ = ["NOT_MARKED", "Judgement", "is_answered", "mark", "misconception_of"]


class Explained(Asked, Protocol):
    """A question with its typical errors."""

    @property
    def misconceptions(self) -> list[Any]:
        """The typical errors (典型错误): [{response, feedback}]."""


def mark(asked: Asked, response: Mapping[str, Any]) -> Judgement:
    """Mark *response* to the question *asked*; what is missing counts as wrong."""
    return KINDS[asked.kind].mark(asked, response)


def is_answered(kind: ItemKind, response: Mapping[str, Any]) -> bool:
    """Whether the person gave any answer at all."""
    return KINDS[kind].is_answered(response)


def misconception_of(asked: Explained, response: Mapping[str, Any]) -> str:
    """The feedback of the typical error (典型错误) that *response* shows, or an empty string."""
    if not asked.misconceptions or mark(asked, response).is_correct:
        return ""
    kind = KINDS[asked.kind]
    for misconception in asked.misconceptions:
        if kind.shows(asked, misconception["response"], response):
            return str(misconception["feedback"])
    return ""
