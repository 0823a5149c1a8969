"""Reading a key from a page's form: the fields that ``library/items/keys.html`` makes.

Of most kinds the key is what a response is: its fields are then those of the pupil.
"""

from typing import Any

from werkzeug.datastructures import MultiDict

from library.items.errors import KeyIsNoNumber, KeyMissing, RegionUnreadable
from library.items.kinds.blanks import blanks_of
from library.items.kinds.hotspot import MOST_REGIONS, points_asked
from library.items.kinds.kind import Asked
from library.items.kinds.table import kind_of
from library.items.models import ItemKind
from library.items.numbers import read_number
from library.items.responses import parse_response, typed_response

PREFIX = "key"
LONGEST_TEXT = 500
MOST_TEXTS = 50
_NUMERIC = ("value", "tolerance", "is_relative", "unit", "digits")

Key = dict[str, Any]


def typed_key(asked: Asked, form: MultiDict[str, str]) -> Key:
    """What stands in the key's fields, right or wrong."""
    match asked.kind:
        case ItemKind.TEXT_ENTRY:
            return {"blanks": [_lines(one) for one in form.getlist(f"{PREFIX}-blanks")]}
        case ItemKind.NUMERIC:
            return _typed_number(asked, form)
        case ItemKind.HOTSPOT:
            return {"regions": typed_regions(form)}
        case _ if kind_of(asked).is_marked_by_person:
            return {}
        case _:
            return typed_response(asked, form, PREFIX)


def read_key(asked: Asked, form: MultiDict[str, str]) -> Key:
    """The key; what the kind of the question demands of it is for its ``check``.

    Raises:
        KeyMissing: something is not said.
        BadItem: something is said that cannot be read; the subclass tells.
        BadResponse: it names what the question does not offer, or the like.
    """
    key = typed_key(asked, form)
    match asked.kind:
        case ItemKind.TEXT_ENTRY:
            blanks = key["blanks"][: blanks_of(asked)]
            if len(blanks) < blanks_of(asked) or not all(blanks):
                raise KeyMissing
            return {"blanks": blanks}
        case ItemKind.NUMERIC:
            return _number(key)
        case ItemKind.HOTSPOT:
            regions = [one for one in key["regions"] if one["coords"] or one["typed"]]
            for number, one in enumerate(regions, start=1):
                if not one["coords"]:
                    raise RegionUnreadable(number=number)
            if len(regions) != points_asked(asked):
                raise KeyMissing
            return {"regions": [{"shape": one["shape"], "coords": one["coords"]} for one in regions]}
        case _:
            [(name, named)] = parse_response(asked, form, PREFIX).items()
            if not named or not all(named):
                raise KeyMissing
            return {name: named}


def typed_regions(form: MultiDict[str, str]) -> list[dict[str, Any]]:
    """The regions of a picture: ``shape``, ``coords`` (none if they cannot be read), what was ``typed``."""
    shapes, texts = form.getlist(f"{PREFIX}-shape"), form.getlist(f"{PREFIX}-coords")
    return [
        {
            "shape": shape if shape in ("rect", "circle", "poly") else "rect",
            "coords": _whole_numbers(text),
            "typed": text[:LONGEST_TEXT].strip(),
        }
        for shape, text in list(zip(shapes, texts, strict=False))[:MOST_REGIONS]
    ]


def _whole_numbers(text: str) -> list[int]:
    parts = text.replace(",", " ").replace("\uff0c", " ").split()
    try:
        return [round(float(one)) for one in parts]
    except (ValueError, OverflowError):
        return []


def _typed_number(asked: Asked, form: MultiDict[str, str]) -> Key:
    """The parts that have fields; the others stay as they are."""
    key = {name: value for name, value in asked.correct.items() if f"{PREFIX}-{name}" not in form}
    for name in _NUMERIC:
        text = form.get(f"{PREFIX}-{name}", "").strip()[:LONGEST_TEXT]
        if not text:
            continue
        key[name] = text == "1" if name == "is_relative" else text
    return {name: value for name, value in key.items() if value is not False}


def _number(key: Key) -> Key:
    """What is no decimal is kept as it was typed, such as 1/3."""
    if not str(key.get("value", "")).strip():
        raise KeyMissing
    for name in ("value", "tolerance"):
        if name in key and read_number(str(key[name])) is None:
            raise KeyIsNoNumber(text=str(key[name])[:20])
    if "digits" in key:
        if not str(key["digits"]).isdecimal():
            raise KeyIsNoNumber(text=str(key["digits"])[:20])
        key = key | {"digits": int(key["digits"])}
    return key


def _lines(text: str) -> list[str]:
    return [one.strip()[:LONGEST_TEXT] for one in text.splitlines() if one.strip()][:MOST_TEXTS]
