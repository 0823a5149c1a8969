"""Which answers say the same, so that one mark serves them all."""

from collections.abc import Mapping
from typing import Any

from library.items.marking import fold_text
from library.items.models import ItemKind
from library.items.numbers import read_number


def sameness(kind: ItemKind, response: Mapping[str, Any]) -> tuple[str, ...] | None:
    """What two answers of one kind share exactly if they say the same; None where no two do."""
    match kind:
        case ItemKind.CHOICE | ItemKind.MULTIPLE_CHOICE:
            return tuple(sorted(str(one) for one in response.get("choices") or ()))
        case ItemKind.TEXT_ENTRY:
            return tuple(_folded(str(one)) for one in response.get("blanks") or ())
        case ItemKind.NUMERIC:
            return (_folded(str(response.get("value") or "")),)
        case ItemKind.PHOTO:
            return None


def _folded(text: str) -> str:
    value = read_number(text)
    return fold_text(text) if value is None else str(value)
