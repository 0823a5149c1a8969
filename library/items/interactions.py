"""What a question offers to whoever answers it, without its key."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from library.items.kinds.kind import Asked
from library.items.kinds.table import kind_of
from library.items.models import ItemKind
from library.items.pictures import shown_pictures
from library.items.stimuli import public_stimulus
from library.items.variants import Posed


@dataclass(frozen=True, slots=True)
class _Keyed:
    """A question with another key than its own."""

    kind: ItemKind
    prompt: str
    interaction: dict[str, Any]
    correct: dict[str, Any]
    pictures: list[Any]


def public_interaction(asked: Posed) -> dict[str, Any]:
    """The question for a program that shows it; key, explanation, hints and typical errors stay here."""
    return {
        "item": asked.item_id,
        "version": asked.id,
        "kind": asked.kind.value,
        "prompt": asked.prompt,
        "hints": len(asked.hints),
        "minutes": asked.minutes,
        "pictures": shown_pictures(asked.pictures),
        "stimulus": public_stimulus(asked),
        **kind_of(asked).public(asked),
    }


def key_of(asked: Asked, other: Mapping[str, Any] | None = None) -> list[str]:
    """The key in words, one line for each part of it: for teachers, and after an own answer.

    *other* is a key that stands in its place.
    """
    if other is not None:
        asked = _Keyed(asked.kind, asked.prompt, asked.interaction, dict(other), asked.pictures)
    return kind_of(asked).key(asked)


def said_of(asked: Asked, response: dict[str, Any]) -> list[str]:
    """A response in words, one line for each part of it."""
    return kind_of(asked).said(asked, response)
