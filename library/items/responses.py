"""Reading a response from a page's form or from JSON."""

from collections.abc import Mapping
from typing import Any

from werkzeug.datastructures import MultiDict

from library.items.errors import (
    BadResponse,
    NotANumber,
    OneChoiceOnly,
    TooLong,
    TooManyBlanks,
    UnknownChoice,
    WrongUnit,
)
from library.items.interactions import blanks_of, choices_of, unit_of
from library.items.models import ItemKind, ItemVersion
from library.items.numbers import fold_width, read_number

LONGEST_TEXT = 500
MOST_PHOTOS = 20
FIELDS = {
    ItemKind.CHOICE: "choices",
    ItemKind.MULTIPLE_CHOICE: "choices",
    ItemKind.TEXT_ENTRY: "blanks",
    ItemKind.NUMERIC: "value",
    ItemKind.PHOTO: "photos",
}
"""The one member that a response to each kind has."""


def parse_response(version: ItemVersion, source: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    """The response to *version* that stands in *source*: JSON in the response's shape, or a form.

    A form (``request.form``) has the fields that the macro ``question(version, prefix)`` made. An
    unanswered question gives an empty response; ``is_answered`` tells.

    Raises:
        BadResponse: the answer does not fit the question; the subclass says how.
    """
    raw = _from_form(version, source, prefix) if isinstance(source, MultiDict) else dict(source)
    field = FIELDS[version.kind]
    if set(raw) - {field}:
        raise BadResponse
    match version.kind:
        case ItemKind.CHOICE | ItemKind.MULTIPLE_CHOICE:
            return {field: _choices(version, _texts(raw.get(field)))}
        case ItemKind.TEXT_ENTRY:
            return {field: _blanks(version, _texts(raw.get(field)))}
        case ItemKind.NUMERIC:
            return {field: _value(version, raw.get(field))}
        case ItemKind.PHOTO:
            photos = _texts(raw.get(field))
            if len(photos) > MOST_PHOTOS:
                raise BadResponse
            return {field: photos}


def _from_form(version: ItemVersion, form: MultiDict[str, Any], prefix: str) -> dict[str, Any]:
    field = FIELDS[version.kind]
    name = f"{prefix}-{field}" if prefix else field
    if version.kind is ItemKind.PHOTO:
        return {}
    values = form.getlist(name)
    if version.kind is ItemKind.NUMERIC:
        return {field: values[0] if values else ""}
    return {field: [value for value in values if value or version.kind is ItemKind.TEXT_ENTRY]}


def _texts(raw: object) -> list[str]:
    if raw is None:
        return []
    if not isinstance(raw, list) or not all(isinstance(one, str) for one in raw):
        raise BadResponse
    if any(len(one) > LONGEST_TEXT for one in raw):
        raise TooLong(limit=LONGEST_TEXT)
    return raw


def _choices(version: ItemVersion, chosen: list[str]) -> list[str]:
    offered = [choice["id"] for choice in choices_of(version)]
    for one in chosen:
        if one not in offered:
            raise UnknownChoice(choice=one[:20])
    if version.kind is ItemKind.CHOICE and len(set(chosen)) > 1:
        raise OneChoiceOnly
    return [one for one in offered if one in chosen]


def _blanks(version: ItemVersion, texts: list[str]) -> list[str]:
    count = blanks_of(version)
    if len(texts) > count:
        raise TooManyBlanks(blanks=count)
    return [text.strip() for text in texts] + [""] * (count - len(texts))


def _value(version: ItemVersion, raw: object) -> str:
    if raw is None:
        return ""
    if isinstance(raw, bool) or not isinstance(raw, str | int | float):
        raise BadResponse
    text = str(raw).strip()
    if len(text) > LONGEST_TEXT:
        raise TooLong(limit=LONGEST_TEXT)
    unit = fold_width(unit_of(version)).replace(" ", "").casefold()
    folded = fold_width(text).strip()
    if unit and folded.casefold().endswith(unit):
        shortened = folded[: -len(unit)].strip()
        text = shortened if read_number(shortened) is not None else text
    if text and read_number(text) is None:
        starts_like_one = text[:1].isdigit()
        raise WrongUnit(unit=unit_of(version)) if unit and starts_like_one else NotANumber(text=text[:20])
    return text
