"""What a question offers to whoever answers it, without its key."""

from typing import Any

from library.items.kinds.kind import Asked
from library.items.kinds.table import kind_of
from library.items.models import ItemVersion


def public_interaction(version: ItemVersion) -> dict[str, Any]:
    """The question for a program that shows it; key, explanation, hints and typical errors stay here."""
    return {
        "item": version.item_id,
        "version": version.id,
        "kind": version.kind.value,
        "prompt": version.prompt,
        "hints": len(version.hints),
        "minutes": version.minutes,
        **kind_of(version).public(version),
    }


def key_of(asked: Asked) -> list[str]:
    """The key in words, one line for each part of it: for teachers, and after an own answer."""
    return kind_of(asked).key(asked)


def said_of(asked: Asked, response: dict[str, Any]) -> list[str]:
    """A response in words, one line for each part of it."""
    return kind_of(asked).said(asked, response)
