"""Questions of QTI 1.2 with several places to answer: pairs, lists in a text, named blanks, an order."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from string import ascii_uppercase
from types import MappingProxyType
from typing import Any
from xml.etree.ElementTree import Element

from library.items.kinds.order import mixed
from library.items.models import ItemKind
from library.packages.findings import Note
from library.packages.html import plain_text
from library.packages.markup import attribute, below, child, children, words

MOST_PLACES = 20
_ELEMENT = re.compile(r"</?[a-zA-Z][^<>]{0,500}>")
_NAMED = re.compile(r"\[([^\[\]\n]{1,80})\]")


@dataclass(frozen=True, slots=True)
class Place:
    """One place to answer: what it is called, what it offers, and what is right there, in order."""

    name: str
    offered: Mapping[str, str]
    right: Sequence[str]


def text_of(material: Element) -> str:
    """What a ``material`` says."""
    parts = []
    for one in below(material, "mattext", "matemtext"):
        written = words(one)
        # Plain is what the standard takes for granted, but many systems leave the type out of their HTML.
        is_html = attribute(one, "texttype").lower() != "text/plain" and _ELEMENT.search(written) is not None
        parts.append(plain_text(written) if is_html or "\\" in written or "&" in written else written)
    return "\n".join(part for part in parts if part).strip()


def places_of(presentation: Element, item: Element) -> list[Place]:
    """The places of an item, in its order."""
    right: dict[str, list[str]] = {}
    for condition in below(child(item, "resprocessing"), "respcondition"):
        if any(_number(words(one)) > 0 for one in children(condition, "setvar")):
            for one in below(child(condition, "conditionvar"), "varequal"):
                right.setdefault(attribute(one, "respident"), []).append(words(one))
    return [
        Place(
            "\n".join(filter(None, (text_of(part) for part in children(one, "material")))),
            {attribute(label, "ident"): text_of(label) for label in below(one, "response_label")},
            list(dict.fromkeys(right.get(attribute(one, "ident"), []))),
        )
        for one in below(presentation, "response_lid")
    ]


def _add_pairs(record: dict[str, Any], places: Sequence[Place]) -> Note | None:
    """Each place is a left side; what all of them offer is the right side."""
    offered = list(dict.fromkeys(text for one in places for text in one.offered.values() if text))
    if max(len(places), len(offered)) > len(ascii_uppercase):
        return Note.QUESTION_TOO_LARGE
    letters = dict(zip(offered, ascii_uppercase, strict=False))
    matches = [letters.get(one.offered.get(one.right[0], ""), "") if one.right else "" for one in places]
    if not places or not all(matches):
        return Note.QUESTION_WITHOUT_KEY
    record["interaction"] = {
        "left": [{"id": str(number), "text": one.name} for number, one in enumerate(places, start=1)],
        "right": [{"id": letter, "text": text} for text, letter in letters.items()],
    }
    record["correct"] = {"matches": matches}
    return None


def _add_dropdowns(record: dict[str, Any], places: Sequence[Place]) -> Note | None:
    """Each place is a list inside the text, where its name stands in square brackets."""
    own, chosen = [], []
    for one in places:
        letters = dict(zip(one.offered, ascii_uppercase, strict=False))
        right = [letters[name] for name in one.right if name in letters]
        if not right:
            return Note.QUESTION_WITHOUT_KEY
        own.append(
            [{"id": letters[name], "text": text} for name, text in one.offered.items() if name in letters]
        )
        chosen.append(right[0])
    record["interaction"], record["correct"] = {"own": own}, {"chosen": chosen}
    return _put(record, places)


def _add_named_blanks(record: dict[str, Any], places: Sequence[Place]) -> Note | None:
    """Each place is a blank, where its name stands in square brackets; all it offers is accepted."""
    accepted = [[one.offered[name] for name in one.right if one.offered.get(name)] for one in places]
    if not all(accepted):
        return Note.QUESTION_WITHOUT_KEY
    record["interaction"], record["correct"] = {"blanks": len(accepted)}, accepted
    return _put(record, places)


def _add_order(record: dict[str, Any], places: Sequence[Place]) -> Note | None:
    """What the one place offers, in the order that is right there."""
    [place] = places
    texts = dict(list(place.offered.items())[: len(ascii_uppercase)])
    if sorted(place.right) != sorted(texts):
        return Note.QUESTION_WITHOUT_KEY
    shown = list(texts)
    if shown == list(place.right):
        shown = mixed(shown, record["prompt"])
    letters = dict(zip(shown, ascii_uppercase, strict=False))
    record["interaction"] = {"choices": [{"id": letters[one], "text": texts[one]} for one in shown]}
    record["correct"] = {"order": [letters[one] for one in place.right]}
    return None


def _put(record: dict[str, Any], places: Sequence[Place]) -> Note | None:
    """Put the blanks where their names stand; if a name is missing or stands twice, the text is not sure."""
    if not 0 < len(places) <= MOST_PLACES:
        return Note.QUESTION_TOO_LARGE if places else Note.QUESTION_WITHOUT_KEY
    names = {one.name: number for number, one in enumerate(places, start=1)}
    found = [one for one in _NAMED.findall(record["prompt"]) if one in names]
    if sorted(found) != sorted(names):
        return Note.QUESTION_WITHOUT_KEY
    record["prompt"] = _NAMED.sub(
        lambda one: f"[[{names[one[1]]}]]" if one[1] in names else one[0], record["prompt"]
    )
    return None


def _number(text: str) -> float:
    try:
        return float(text or 0)
    except ValueError:
        return 0.0


Add = Callable[[dict[str, Any], Sequence[Place]], Note | None]
SEVERAL: Mapping[ItemKind, Add] = MappingProxyType(
    {
        ItemKind.MATCH: _add_pairs,
        ItemKind.INLINE_CHOICE: _add_dropdowns,
        ItemKind.TEXT_ENTRY: _add_named_blanks,
        ItemKind.ORDER: _add_order,
    }
)
"""What puts the places of each kind into a record; or says why it cannot."""
