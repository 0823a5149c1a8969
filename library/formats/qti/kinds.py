"""What becomes of each of QTI's interactions."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from string import ascii_uppercase
from types import MappingProxyType
from typing import Any
from xml.etree.ElementTree import Element

from library.formats import building
from library.formats.building import Answer, Fields, Number
from library.formats.drafts import Told
from library.formats.errors import EmptyChoice, NotInThePackage, UnknownKind, WithoutKey
from library.formats.pictures import Gallery
from library.formats.qti.body import Body, BodyReader, picture_in
from library.formats.qti.declarations import NUMBERS, Response, tolerance_of
from library.formats.qti.names import given, inside, name_of
from library.items.models import ItemKind

_INSIDE_CHOICE = frozenset({"feedbackinline"})
MOST = 26


@dataclass(frozen=True, slots=True)
class Asking:
    """An item on the way to one of our questions."""

    item: Element
    body: Body
    reader: BodyReader
    responses: Mapping[str, Response]
    feedback: Mapping[str, str]
    """What is said to whom: by the identifier of a choice, or a name that the item gives."""
    told: Told
    gallery: Gallery
    key: str
    """By which things are mixed."""

    def response(self, interaction: Element) -> Response:
        """What is declared for an interaction."""
        name = given(interaction, "responseidentifier")
        return self.responses.get(name, Response(name))


def fields_of(asking: Asking) -> Fields:
    """Kind, interaction and key of what an item asks: one block, or blanks inside its words.

    Raises:
        UnknownKind: it asks for something that does not exist here.
        WithoutKey: it has no right answer.
        EmptyChoice: one of its choices says nothing that could be read.
    """
    body = asking.body
    if body.inline:
        return _with_words(_inline(asking))
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


def _inline(asking: Asking) -> Fields:
    told, inline = asking.told, asking.body.inline
    asked = [asking.response(one) for one in inline]
    names = {name_of(one) for one in inline}
    if names == {"inlinechoiceinteraction"}:
        return _chosen(asking, inline, asked)
    if len(names) > 1:
        return _typed(asking, inline, asked)
    told.kept("textentryinteraction")
    if any(one.is_uneven for one in asked):
        told.changed("mapping", "partial")
    if len(asked) == 1 and asked[0].base in NUMBERS:
        return _number(asking, asked[0], asking.body.words)
    accepted = [[text for text in one.accepted if text.strip()] for one in asked]
    if not all(accepted):
        raise WithoutKey
    kinds = ["number" if one.base in NUMBERS else "text" for one in asked]
    return {
        "kind": ItemKind.TEXT_ENTRY.value,
        "interaction": {"blanks": len(asked)} | ({"answers": kinds} if "number" in kinds else {}),
        "correct": accepted,
    }


def _typed(asking: Asking, inline: list[Element], asked: list[Response]) -> Fields:
    """Blanks to type and blanks to choose: all are typed, what there is to choose from stands beside."""
    asking.told.changed("inlinechoiceinteraction", "choices-typed")
    prompt, accepted = asking.body.words, []
    for number, (element, response) in enumerate(zip(inline, asked, strict=True), start=1):
        texts = response.accepted
        if name_of(element) == "inlinechoiceinteraction":
            offered = {
                given(one, "identifier"): asking.reader.text_of(one, "inlinechoice")
                for one in inside(element, "inlinechoice")
            }
            texts = [offered[one] for one in response.key if one in offered]
            prompt = prompt.replace(f"[[{number}]]", f"[[{number}]] ({' / '.join(offered.values())})")
        if not any(text.strip() for text in texts):
            raise WithoutKey
        accepted.append([text for text in texts if text.strip()])
    return {
        "kind": ItemKind.TEXT_ENTRY.value,
        "prompt": prompt,
        "interaction": {"blanks": len(accepted)},
        "correct": accepted,
    }


def _number(asking: Asking, response: Response, said: str) -> Fields:
    tolerance, is_relative = tolerance_of(asking.item)
    values = [one for text in response.accepted if (one := building.number_in(text)) is not None]
    fields = building.number([Number(one, tolerance, 100.0) for one in values[:1]], asking.told)
    if len(values) > 1:
        asking.told.changed("mapping", "one-number")
    if is_relative:
        fields["correct"]["is_relative"] = True
    before, sign, unit = said.rpartition("[[1]]")
    if not sign:
        return fields | {"prompt": said}
    # A short word after the box is the unit; a box inside a sentence stays a gap.
    if not unit.strip():
        fields["prompt"] = before.strip()
    elif len(unit.strip()) <= building.LONGEST_UNIT and "\n" not in unit.strip():
        fields |= {"prompt": before.strip(), "interaction": {"unit": unit.strip()}}
    else:
        fields["prompt"] = f"{before}____{unit}"
    return fields


def _chosen(asking: Asking, inline: list[Element], asked: list[Response]) -> Fields:
    own, chosen = [], []
    for element, response in zip(inline, asked, strict=True):
        options = list(inside(element, "inlinechoice"))[:MOST]
        letters = _letters(options)
        own.append(
            [
                {"id": letters[given(one, "identifier")], "text": asking.reader.text_of(one, "inlinechoice")}
                for one in options
            ]
        )
        right = [letters[one] for one in response.key if one in letters]
        if not right:
            raise WithoutKey
        chosen.append(right[0])
    asking.told.kept("inlinechoiceinteraction")
    return {"kind": ItemKind.INLINE_CHOICE.value, "interaction": {"own": own}, "correct": {"chosen": chosen}}


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
    options = list(inside(block, "simplechoice"))[:MOST]
    letters, key = _letters(options), asking.response(block).right
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
    left, right = (list(inside(one, "simpleassociablechoice"))[:MOST] for one in sets)
    return _matched(asking, block, left, right)


def _associate(asking: Asking, block: Element) -> Fields:
    options = list(inside(block, "simpleassociablechoice"))
    ones = {pair[0] for pair in _pairs(asking.response(block))}
    asking.told.changed("associateinteraction", "associate")
    left = [one for one in options if given(one, "identifier") in ones]
    return _matched(asking, block, left, [one for one in options if one not in left])


def _matched(asking: Asking, block: Element, left: list[Element], right: list[Element]) -> Fields:
    letters = _letters(right)
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
    options = list(inside(block, "gaptext"))[:MOST]
    letters = _letters(options)
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
    return _number(asking, asking.response(block), asking.body.words)


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


def _letters(options: list[Element]) -> dict[str, str]:
    """A letter for each identifier."""
    return {given(one, "identifier"): letter for one, letter in zip(options, ascii_uppercase, strict=False)}


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
