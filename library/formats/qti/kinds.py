"""What becomes of each of QTI's interactions."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any
from xml.etree.ElementTree import Element

from library.formats import building
from library.formats.building import Answer, Fields
from library.formats.errors import EmptyChoice, NotInThePackage, UnknownKind, WithoutKey
from library.formats.qti.asking import Asking, letters_of
from library.formats.qti.body import picture_in
from library.formats.qti.declarations import Response
from library.formats.qti.inline import inside_words, number_in_words
from library.formats.qti.names import given, inside, name_of
from library.items.models import ItemKind

_INSIDE_CHOICE = frozenset({"feedbackinline"})


def fields_of(asking: Asking) -> Fields:
    """Kind, interaction and key of what an item asks: one block, or blanks inside its words.

    Raises:
        UnknownKind: it asks for something that does not exist here.
        WithoutKey: it has no right answer.
        EmptyChoice: one of its choices says nothing that could be read.
    """
    body = asking.body
    if body.inline:
        return _with_words(inside_words(asking))
    block = body.blocks[0]
    read = KINDS.get(name_of(block))
    if read is None:
        raise UnknownKind(kind=name_of(block).removesuffix("interaction")[:40])
    asking.told.kept(name_of(block))
    return _with_words(read(asking, block))


def _with_words(fields: Fields) -> Fields:
    """The same, if all there is to choose from says something."""
    offered = [
        one for part in fields.get("interaction", {}).values() if isinstance(part, list) for one in part
    ]
    offered += [one for part in offered if isinstance(part, list) for one in part]
    if any(isinstance(one, dict) and not one.get("text", " ") for one in offered):
        raise EmptyChoice
    return fields


def _choices(asking: Asking, block: Element) -> Fields:
    response, options = asking.response(block), list(inside(block, "simplechoice"))
    right = set(response.key)
    names = [given(one, "identifier") for one in options]
    if {one.lower() for one in names} == {"true", "false"} and len(right) == 1:
        key = next(iter(right)).lower()
        other = "false" if key == "true" else "true"
        said = {name.lower(): _said_to(asking, one) for name, one in zip(names, options, strict=True)}
        return building.truth(
            is_true=key == "true", right=said.get(key, ""), wrong=said.get(other, ""), told=asking.told
        )
    is_single = response.cardinality == "single"
    if response.is_uneven:
        asking.told.changed("mapping", "partial")
    answers = [
        Answer(
            asking.reader.text_of(one, "simplechoice", _INSIDE_CHOICE),
            100.0 if given(one, "identifier") in right else 0.0,
            _said_to(asking, one),
        )
        for one in options
    ]
    return building.choices(answers, asking.told, is_single=is_single)


def _said_to(asking: Asking, option: Element) -> str:
    """What is said to whoever chooses it."""
    inline = [asking.reader.text_of(one, "feedbackinline") for one in inside(option, "feedbackinline")]
    return next(filter(None, [*inline, asking.feedback.get(given(option, "identifier"), "")]), "")


def _hot_texts(asking: Asking, block: Element) -> Fields:
    response = asking.response(block)
    answers = [
        Answer(
            asking.reader.text_of(one, "hottext"), 100.0 if given(one, "identifier") in response.key else 0.0
        )
        for one in block.iter()
        if name_of(one) == "hottext"
    ]
    asking.told.changed("hottextinteraction", "hottext")
    return building.choices(answers, asking.told, is_single=response.cardinality == "single")


def _order(asking: Asking, block: Element) -> Fields:
    options = asking.offered(block, "simplechoice")
    letters, key = letters_of(options), asking.response(block).right
    texts = {given(one, "identifier"): asking.reader.text_of(one, "simplechoice") for one in options}
    if sorted(key) != sorted(texts):
        raise WithoutKey
    if key == list(texts):
        return building.sequence([texts[one] for one in key], asking.key)
    return {
        "kind": ItemKind.ORDER.value,
        "interaction": {"choices": [{"id": letters[one], "text": text} for one, text in texts.items()]},
        "correct": {"order": [letters[one] for one in key]},
    }


def _match(asking: Asking, block: Element) -> Fields:
    sets = list(inside(block, "simplematchset"))
    if len(sets) != 2:  # noqa: PLR2004 -- a left and a right side
        raise WithoutKey
    left, right = (asking.offered(one, "simpleassociablechoice") for one in sets)
    return _matched(asking, block, left, right)


def _associate(asking: Asking, block: Element) -> Fields:
    options = list(inside(block, "simpleassociablechoice"))
    ones = {pair[0] for pair in _pairs(asking.response(block))}
    asking.told.changed("associateinteraction", "associate")
    left = [one for one in options if given(one, "identifier") in ones]
    return _matched(asking, block, left, [one for one in options if one not in left])


def _matched(asking: Asking, block: Element, left: list[Element], right: list[Element]) -> Fields:
    letters = letters_of(right)
    partners: dict[str, list[str]] = {}
    for one, other in _pairs(asking.response(block)):
        partners.setdefault(one, []).append(other)
    if any(len(found) > 1 for found in partners.values()):
        raise UnknownKind(kind="match n:n")
    kept = [one for one in left if partners.get(given(one, "identifier"))]
    if len(kept) < len(left):
        asking.told.dropped("simpleassociablechoice", "unmatched")
    matches = [partners[given(one, "identifier")][0] for one in kept]
    if not matches or any(one not in letters for one in matches):
        raise WithoutKey
    once = {"once": True} if right and all(given(one, "matchmax") == "1" for one in right) else {}
    text_of = asking.reader.text_of
    interaction: dict[str, Any] = {
        "left": [
            {"id": str(n), "text": text_of(one, "matchinteraction")} for n, one in enumerate(kept, start=1)
        ],
        "right": [
            {"id": letters[given(one, "identifier")], "text": text_of(one, "matchinteraction")}
            for one in right
        ],
    }
    return {
        "kind": ItemKind.MATCH.value,
        "interaction": interaction | once,
        "correct": {"matches": [letters[one] for one in matches]},
    }


def _gaps(asking: Asking, block: Element) -> Fields:
    if any(name_of(one) == "gapimg" for one in block):
        raise UnknownKind(kind="gapMatch gapImg")
    options = asking.offered(block, "gaptext")
    letters = letters_of(options)
    filled = {gap: text for text, gap in _pairs(asking.response(block))}
    chosen = [letters.get(filled.get(one, ""), "") for one in asking.body.gaps]
    if not chosen or not all(chosen):
        raise WithoutKey
    bank = [
        {"id": letters[given(one, "identifier")], "text": asking.reader.text_of(one, "gaptext")}
        for one in options
    ]
    once = {"once": True} if all(given(one, "matchmax") == "1" for one in options) else {}
    return {
        "kind": ItemKind.INLINE_CHOICE.value,
        "interaction": {"choices": bank} | (once if len(set(chosen)) == len(chosen) else {}),
        "correct": {"chosen": chosen},
    }


def _hotspot(asking: Asking, block: Element) -> Fields:
    right = set(asking.response(block).key)
    spots = [one for one in inside(block, "hotspotchoice") if given(one, "identifier") in right]
    asking.told.changed("hotspotinteraction", "hotspot")
    return _regions(asking, block, [(given(one, "shape"), given(one, "coords")) for one in spots])


def _point(asking: Asking, block: Element) -> Fields:
    response = asking.response(block)
    return _regions(asking, block, [(one.shape, one.coords) for one in response.areas if one.value > 0])


def _regions(asking: Asking, block: Element, given_areas: list[tuple[str, str]]) -> Fields:
    regions = []
    for shape, coords in given_areas:
        try:
            numbers = [round(float(one)) for one in coords.replace(",", " ").split()]
        except (ValueError, OverflowError) as error:
            raise WithoutKey from error
        if shape not in {"rect", "circle", "poly"}:
            raise UnknownKind(kind=f"{shape[:20]}")
        closed = shape == "poly" and numbers[:2] == numbers[-2:]
        regions.append({"shape": shape, "coords": numbers[:-2] if closed else numbers})
    address, alt = picture_in(block)
    name = asking.gallery.take("object", address, alt or asking.body.words[:80]) if address else ""
    if not regions:
        raise WithoutKey
    if not name:
        raise NotInThePackage(name=address[:200])
    return {
        "kind": ItemKind.HOTSPOT.value,
        "interaction": {"picture": name} | ({"points": len(regions)} if len(regions) > 1 else {}),
        "correct": {"regions": regions},
    }


def _slider(asking: Asking, block: Element) -> Fields:
    asking.told.changed("sliderinteraction", "slider")
    return number_in_words(asking, asking.response(block), asking.body.words)


def _extended(asking: Asking, block: Element) -> Fields:
    del asking
    words, lines = given(block, "expectedlength"), given(block, "expectedlines")
    interaction: dict[str, int] = {}
    if words.isdecimal() and int(words):
        interaction["words"] = min(int(words), 5_000)
    if lines.isdecimal() and int(lines):
        interaction["lines"] = min(int(lines), 100)
    return {"kind": ItemKind.EXTENDED_TEXT.value, "interaction": interaction}


def _upload(asking: Asking, block: Element) -> Fields:
    is_spoken = given(block, "type").startswith("audio/")
    if not is_spoken and not given(block, "type").startswith("image/"):
        asking.told.changed("uploadinteraction", "upload")
    return {"kind": (ItemKind.SPOKEN if is_spoken else ItemKind.PHOTO).value}


def _pairs(response: Response) -> list[tuple[str, str]]:
    return [
        (one, other) for one, _space, other in (text.strip().partition(" ") for text in response.key) if other
    ]


KINDS: Mapping[str, Callable[[Asking, Element], Fields]] = MappingProxyType(
    {
        "choiceinteraction": _choices,
        "hottextinteraction": _hot_texts,
        "orderinteraction": _order,
        "matchinteraction": _match,
        "associateinteraction": _associate,
        "gapmatchinteraction": _gaps,
        "hotspotinteraction": _hotspot,
        "selectpointinteraction": _point,
        "sliderinteraction": _slider,
        "extendedtextinteraction": _extended,
        "uploadinteraction": _upload,
    }
)
