"""What a question offers to whoever answers it, without its key."""

from typing import Any

from library.items.models import ItemKind, ItemVersion


def choices_of(version: ItemVersion) -> list[dict[str, str]]:
    """The choices, each with ``id`` and ``text``."""
    return [{"id": one["id"], "text": one["text"]} for one in version.interaction.get("choices") or []]


def blanks_of(version: ItemVersion) -> int:
    """How many blanks there are to fill in."""
    return int(version.interaction.get("blanks") or len(version.correct.get("blanks") or []) or 1)


def unit_of(version: ItemVersion) -> str:
    """The unit that stands beside a number's box, or an empty string."""
    return str(version.interaction.get("unit") or "")


def public_interaction(version: ItemVersion) -> dict[str, Any]:
    """The question for a program that shows it; key, explanation, hints and typical errors stay here."""
    shown: dict[str, Any] = {
        "item": version.item_id,
        "version": version.id,
        "kind": version.kind.value,
        "prompt": version.prompt,
        "hints": len(version.hints),
        "minutes": version.minutes,
    }
    match version.kind:
        case ItemKind.CHOICE | ItemKind.MULTIPLE_CHOICE:
            return shown | {"choices": choices_of(version)}
        case ItemKind.TEXT_ENTRY:
            return shown | {"blanks": blanks_of(version)}
        case ItemKind.NUMERIC:
            return shown | {"unit": unit_of(version)}
        case ItemKind.PHOTO:
            return shown
