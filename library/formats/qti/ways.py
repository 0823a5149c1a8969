"""How each kind of ours is asked and scored in QTI 3."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from types import MappingProxyType
from typing import Any

from library.formats.offered import number_of, right_of, slips_of
from library.formats.qti.elements import Words, el, qti, value
from library.items.kinds.blanks import AnswerKind, answers_of
from library.items.kinds.choice import Choice
from library.items.kinds.inline import offered_at_blanks
from library.items.kinds.numeric import asks_unit, unit_of
from library.items.kinds.table import kind_of
from library.items.kinds.written import lines_of
from library.items.models import ItemKind
from library.items.texts import blanks_in
from library.items.variants import Posed

USUAL_LINES = 6


@dataclass(frozen=True, slots=True)
class Way:
    """The parts of an item that its kind decides."""

    declarations: Sequence[str]
    body: str
    template: str = ""
    """The name of the standard's own way to score it, where there is one."""
    scoring: str = ""
    """The same in steps, where there is none or feedback needs them."""
    slips: Mapping[str, str] = field(default_factory=dict)
    """What is said to whoever chose a choice."""


def way_of(asked: Posed, words: Words) -> Way:
    """How a question is asked and scored."""
    return WAYS[asked.kind](asked, words)


def _declared(
    right: Sequence[object], base: str, cardinality: str = "single", *, more: str = "", of: str = "RESPONSE"
) -> str:
    key = qti("correct-response", *(value(one) for one in right)) if right else ""
    return qti("response-declaration", key, more, identifier=of, cardinality=cardinality, base_type=base)


def _whole_or_nothing(test: str) -> str:
    """Scores one where the test holds."""
    one = qti("base-value", "1", base_type="float")
    return qti(
        "response-condition",
        qti("response-if", test, qti("set-outcome-value", one, identifier="SCORE")),
    )


def _is_right() -> str:
    return qti("match", qti("variable", identifier="RESPONSE"), qti("correct", identifier="RESPONSE"))


def named(choice_id: str) -> str:
    """An id of ours as the standard's identifiers are: they begin with a letter."""
    return (
        choice_id
        if choice_id[:1].isalpha() and choice_id.isascii() and choice_id.isalnum()
        else f"c_{choice_id.encode().hex()}"
    )


def _choices(asked: Posed, words: Words) -> Way:
    kind, right = kind_of(asked), right_of(asked)
    offered = kind.offered(asked) if isinstance(kind, Choice) else []
    is_single = asked.kind is not ItemKind.MULTIPLE_CHOICE
    options = [
        qti("simple-choice", words.inline(one["text"]), identifier=named(one["id"])) for one in offered
    ]
    block = qti(
        "choice-interaction", *options, response_identifier="RESPONSE", max_choices=1 if is_single else 0
    )
    key = [named(one["id"]) for one in offered if one["id"] in right]
    cardinality = "single" if is_single else "multiple"
    slips = (
        {named(one): text for one, text in slips_of(asked).items() if one not in right} if is_single else {}
    )
    return Way(
        [_declared(key, "identifier", cardinality)],
        words.block(asked.prompt) + block,
        "match_correct",
        _whole_or_nothing(_is_right()),
        slips,
    )


def _texts(asked: Posed, words: Words) -> Way:
    accepted = list(asked.correct["blanks"])
    names = ["RESPONSE"] if len(accepted) == 1 else [f"RESPONSE{n}" for n in range(1, len(accepted) + 1)]
    declared = [
        _declared(texts[:1], "string", of=name, more=_mapping(texts, 1 / len(accepted), kind))
        for name, texts, kind in zip(names, accepted, answers_of(asked), strict=False)
    ]
    boxes = [qti("text-entry-interaction", response_identifier=name) for name in names]
    summed = qti("sum", *(qti("map-response", identifier=name) for name in names))
    return Way(
        declared,
        _with_boxes(asked, words, boxes),
        "map_response" if len(names) == 1 else "",
        qti("set-outcome-value", summed, identifier="SCORE"),
    )


def _mapping(texts: Sequence[str], share: float, kind: AnswerKind) -> str:
    minds_case = "true" if kind is AnswerKind.EXACT else "false"
    entries = [
        qti("map-entry", map_key=one, mapped_value=f"{share:.6g}", case_sensitive=minds_case) for one in texts
    ]
    return qti("mapping", *entries, default_value="0")


def _with_boxes(asked: Posed, words: Words, boxes: Sequence[str]) -> str:
    if blanks_in(asked.prompt):
        return words.block(asked.prompt, lambda number: boxes[number - 1])
    return words.block(asked.prompt) + el("p", *boxes)


def _number(asked: Posed, words: Words) -> Way:
    number = number_of(asked)
    box = qti("text-entry-interaction", response_identifier="RESPONSE")
    unit = escape(unit_of(asked), quote=False)
    body = words.block(asked.prompt) + el("p", box, f" {unit}" if unit else "")
    if number is None or asks_unit(asked):
        said = f"{asked.correct.get('value', '')} {asked.correct.get('unit', '')}".strip()
        return Way([_declared([said], "string")], body, "match_correct")
    value_of_key, tolerance = number
    if not tolerance:
        return Way([_declared([f"{value_of_key:.15g}"], "float")], body, "match_correct")
    near = qti(
        "equal",
        qti("variable", identifier="RESPONSE"),
        qti("correct", identifier="RESPONSE"),
        tolerance_mode="absolute",
        tolerance=f"{tolerance:.15g} {tolerance:.15g}",
    )
    return Way([_declared([f"{value_of_key:.15g}"], "float")], body, "", _whole_or_nothing(near))


def _inline(asked: Posed, words: Words) -> Way:
    chosen, bank = list(asked.correct["chosen"]), asked.interaction.get("choices")
    if bank:
        return _bank(asked, words, bank, chosen)
    boxes, declared, names = [], [], []
    for number, (offered, right) in enumerate(zip(offered_at_blanks(asked), chosen, strict=True), start=1):
        name = "RESPONSE" if len(chosen) == 1 else f"RESPONSE{number}"
        names.append(name)
        options = [
            qti("inline-choice", words.inline(one["text"]), identifier=named(one["id"])) for one in offered
        ]
        boxes.append(qti("inline-choice-interaction", *options, response_identifier=name, shuffle="false"))
        declared.append(_declared([named(right)], "identifier", of=name))
    body = words.block(asked.prompt, lambda number: boxes[number - 1])
    if len(names) == 1:
        return Way(declared, body, "match_correct")
    tests = [qti("match", qti("variable", identifier=one), qti("correct", identifier=one)) for one in names]
    return Way(declared, body, "", _whole_or_nothing(qti("and", *tests)))


def _bank(asked: Posed, words: Words, bank: Sequence[Mapping[str, Any]], chosen: Sequence[str]) -> Way:
    most = 1 if asked.interaction.get("once") else 0
    options = [
        qti("gap-text", words.inline(one["text"]), identifier=named(one["id"]), match_max=most)
        for one in bank
    ]
    text = words.block(asked.prompt, lambda number: qti("gap", identifier=f"GAP{number}"))
    block = qti("gap-match-interaction", *options, text, response_identifier="RESPONSE", shuffle="false")
    pairs = [f"{named(one)} GAP{number}" for number, one in enumerate(chosen, start=1)]
    return Way([_declared(pairs, "directedPair", "multiple")], block, "match_correct")


def _match(asked: Posed, words: Words) -> Way:
    left, right = list(asked.interaction["left"]), list(asked.interaction["right"])
    most = 1 if asked.interaction.get("once") else 0

    def one_set(side: Sequence[Mapping[str, Any]], prefix: str, most: int) -> str:
        return qti(
            "simple-match-set",
            *(
                qti(
                    "simple-associable-choice",
                    words.inline(one["text"]),
                    identifier=f"{prefix}{named(one['id'])}",
                    match_max=most,
                )
                for one in side
            ),
        )

    block = qti(
        "match-interaction",
        one_set(left, "L_", 1),
        one_set(right, "R_", most),
        response_identifier="RESPONSE",
        max_associations=len(left),
        shuffle="false",
    )
    pairs = [
        f"L_{named(one['id'])} R_{named(other)}"
        for one, other in zip(left, asked.correct["matches"], strict=True)
    ]
    share = 1 / len(pairs)
    entries = [qti("map-entry", map_key=one, mapped_value=f"{share:.6g}") for one in pairs]
    declared = _declared(pairs, "directedPair", "multiple", more=qti("mapping", *entries, default_value="0"))
    return Way([declared], words.block(asked.prompt) + block, "map_response")


def _order(asked: Posed, words: Words) -> Way:
    options = [
        qti("simple-choice", words.inline(one["text"]), identifier=named(one["id"]))
        for one in asked.interaction["choices"]
    ]
    block = qti("order-interaction", *options, response_identifier="RESPONSE", shuffle="false")
    key = [named(one) for one in asked.correct["order"]]
    return Way([_declared(key, "identifier", "ordered")], words.block(asked.prompt) + block, "match_correct")


def _spots(asked: Posed, words: Words) -> Way:
    regions = list(asked.correct["regions"])
    entries = [
        qti(
            "area-map-entry",
            shape=one["shape"],
            coords=",".join(map(str, one["coords"])),
            mapped_value=f"{1 / len(regions):.6g}",
        )
        for one in regions
    ]
    declared = _declared(
        [],
        "point",
        "multiple" if len(regions) > 1 else "single",
        more=qti("area-mapping", *entries, default_value="0"),
    )
    block = qti(
        "select-point-interaction",
        words.picture(asked.interaction["picture"]),
        response_identifier="RESPONSE",
        max_choices=len(regions),
    )
    return Way([declared], words.block(asked.prompt) + block, "map_response_point")


def _extended(asked: Posed, words: Words) -> Way:
    expected: dict[str, int] = {}
    if asked.interaction.get("words"):
        expected["expected_length"] = int(asked.interaction["words"])
    if lines_of(asked) != USUAL_LINES:
        expected["expected_lines"] = lines_of(asked)
    block = qti("extended-text-interaction", response_identifier="RESPONSE", **expected)
    return Way([_declared([], "string")], words.block(asked.prompt) + block)


def _upload(asked: Posed, words: Words) -> Way:
    kind = "audio/*" if asked.kind is ItemKind.SPOKEN else "image/*"
    block = qti("upload-interaction", response_identifier="RESPONSE", type=kind)
    return Way([_declared([], "file")], words.block(asked.prompt) + block)


WAYS: Mapping[ItemKind, Callable[[Posed, Words], Way]] = MappingProxyType(
    {
        ItemKind.CHOICE: _choices,
        ItemKind.MULTIPLE_CHOICE: _choices,
        ItemKind.TRUE_FALSE: _choices,
        ItemKind.TEXT_ENTRY: _texts,
        ItemKind.NUMERIC: _number,
        ItemKind.INLINE_CHOICE: _inline,
        ItemKind.MATCH: _match,
        ItemKind.ORDER: _order,
        ItemKind.HOTSPOT: _spots,
        ItemKind.EXTENDED_TEXT: _extended,
        ItemKind.PHOTO: _upload,
        ItemKind.SPOKEN: _upload,
    }
)
