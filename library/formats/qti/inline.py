"""Blanks inside the words of an item: to type, to choose, or a number."""

from xml.etree.ElementTree import Element

from library.formats import building
from library.formats.building import Fields, Number
from library.formats.errors import WithoutKey
from library.formats.qti.asking import Asking, letters_of
from library.formats.qti.declarations import NUMBERS, Response, tolerance_of
from library.formats.qti.names import given, inside, name_of
from library.items.kinds.blanks import AnswerKind, taking, words_kind
from library.items.models import ItemKind


def inside_words(asking: Asking) -> Fields:
    """What the blanks take.

    Raises:
        WithoutKey: there is nothing right for one of them.
    """
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
        return number_in_words(asking, asked[0], asking.body.words)
    accepted = [[text for text in one.accepted if text.strip()] for one in asked]
    if not all(accepted):
        raise WithoutKey
    if any(one.base in NUMBERS for one in asked) and tolerance_of(asking.item)[0]:
        told.changed("tolerance", "tolerance")
    return {
        "kind": ItemKind.TEXT_ENTRY.value,
        "interaction": taking([_taken(one) for one in asked]),
        "correct": accepted,
    }


def _taken(response: Response) -> AnswerKind:
    """What a blank to type takes."""
    return AnswerKind.NUMBER if response.base in NUMBERS else words_kind(minds_case=response.minds_case)


def _typed(asking: Asking, inline: list[Element], asked: list[Response]) -> Fields:
    """Blanks to type and blanks to choose: all are typed, what there is to choose from stands beside."""
    asking.told.changed("inlinechoiceinteraction", "choices-typed")
    prompt, accepted, kinds = asking.body.words, [], []
    for number, (element, response) in enumerate(zip(inline, asked, strict=True), start=1):
        texts, kind = response.accepted, _taken(response)
        if name_of(element) == "inlinechoiceinteraction":
            offered = {
                given(one, "identifier"): asking.reader.text_of(one, "inlinechoice")
                for one in inside(element, "inlinechoice")
            }
            texts, kind = [offered[one] for one in response.key if one in offered], AnswerKind.TEXT
            prompt = prompt.replace(f"[[{number}]]", f"[[{number}]] ({' / '.join(offered.values())})")
        if not any(text.strip() for text in texts):
            raise WithoutKey
        accepted.append([text for text in texts if text.strip()])
        kinds.append(kind)
    return {
        "kind": ItemKind.TEXT_ENTRY.value,
        "prompt": prompt,
        "interaction": taking(kinds),
        "correct": accepted,
    }


def number_in_words(asking: Asking, response: Response, said: str) -> Fields:
    """A number within its tolerance, with the unit that stands behind its box.

    Raises:
        WithoutKey: none is right.
    """
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
        options = asking.offered(element, "inlinechoice")
        letters = letters_of(options)
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
