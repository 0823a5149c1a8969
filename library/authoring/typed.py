"""A question as it stands in the editor's fields, finished or not."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from string import ascii_uppercase
from typing import Any

from library.items.kinds.kind import Kind
from library.items.kinds.table import KINDS
from library.items.kinds.written import USUAL_LINES, USUAL_SECONDS
from library.items.models import ItemKind, ItemVersion
from library.items.numbers import as_typed, read_number
from library.items.variants import Posed

Shape = dict[str, Any]
LETTERS = tuple(ascii_uppercase)
NUMBERS = tuple(str(number) for number in range(1, 27))
_IDS_IN_RESPONSE = {
    ItemKind.CHOICE: "choices",
    ItemKind.MULTIPLE_CHOICE: "choices",
    ItemKind.INLINE_CHOICE: "chosen",
    ItemKind.MATCH: "matches",
    ItemKind.ORDER: "order",
}
"""The member of key and response that names choices."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What the fields say, in the shapes that a version keeps; nothing is refused yet."""

    kind: ItemKind
    prompt: str = ""
    interaction: Shape = field(default_factory=dict)
    correct: Shape = field(default_factory=dict)
    explanation: str = ""
    hints: list[str] = field(default_factory=list)
    misconceptions: list[Shape] = field(default_factory=list)
    difficulty: float = 0.5
    minutes: str = "1"
    point_ids: list[int] = field(default_factory=list)
    source: str = ""
    licence: str = ""
    parameters: Shape = field(default_factory=dict)
    """``values``, ``derived``, ``conditions``, as far as anything stands there."""
    pictures: list[Shape] = field(default_factory=list)
    stimulus_id: int | None = None

    @property
    def rule(self) -> Kind:
        """What its kind answers for it."""
        return KINDS[self.kind]

    @property
    def in_order(self) -> list[Shape]:
        """Things to put in order as the key has them, for whoever writes them."""
        by_id = {one["id"]: one for one in self.interaction.get("choices") or []}
        named = [by_id[one] for one in self.correct.get("order") or [] if one in by_id]
        return named + [one for one in by_id.values() if one not in named]

    def parts(self) -> Shape:
        """What ``Posed`` has of it."""
        return {
            "id": 0,
            "item_id": 0,
            "kind": self.kind,
            "prompt": self.prompt,
            "interaction": self.interaction,
            "correct": self.correct,
            "explanation": self.explanation,
            "hints": self.hints,
            "misconceptions": self.misconceptions,
            "difficulty": self.difficulty,
            "minutes": minutes_of(self.minutes) or 1.0,
            "pictures": self.pictures,
            "stimulus_version_id": None,
        }

    def as_it_stands(self) -> Posed:
        """For looking at what is not finished: with the letters of its parameters, not their values."""
        return Posed(**self.parts() | {"interaction": _with_dots(self.interaction)}, seed=None)


def _with_dots(part: Any) -> Any:  # noqa: ANN401 -- JSON
    """Choices that say nothing yet with three dots, so that each can be told to be one."""
    match part:
        case {"id": _, "text": str(text)} if not text.strip():
            return part | {"text": "…"}
        case dict():
            return {name: _with_dots(one) for name, one in part.items()}
        case list():
            return [_with_dots(one) for one in part]
        case _:
            return part


def fresh(kind: ItemKind) -> Typed:
    """An empty question with as many rows as such a question usually has."""
    match kind:
        case ItemKind.CHOICE | ItemKind.MULTIPLE_CHOICE:
            interaction: Shape = {"choices": _empty(LETTERS, 4)}
        case ItemKind.TEXT_ENTRY:
            interaction = {"blanks": 1}
        case ItemKind.INLINE_CHOICE:
            interaction = {"choices": _empty(LETTERS, 3)}
        case ItemKind.MATCH:
            interaction = {"left": _empty(NUMBERS, 3), "right": _empty(LETTERS, 3), "once": True}
        case ItemKind.ORDER:
            interaction = {"choices": _empty(LETTERS, 4)}
        case ItemKind.HOTSPOT:
            interaction = {"picture": "", "points": 1}
        case ItemKind.EXTENDED_TEXT:
            interaction = {"lines": USUAL_LINES}
        case ItemKind.SPOKEN:
            interaction = {"seconds": USUAL_SECONDS}
        case _:
            interaction = {}
    return Typed(kind=kind, interaction=interaction)


def typed_of(version: ItemVersion, point_ids: Sequence[int], stimulus_id: int | None) -> Typed:
    """What the fields say of a question that is kept."""
    return Typed(
        kind=version.kind,
        prompt=version.prompt,
        interaction=dict(version.interaction),
        correct=dict(version.correct),
        explanation=version.explanation,
        hints=list(version.hints),
        misconceptions=list(version.misconceptions),
        difficulty=version.difficulty,
        minutes=as_typed(version.minutes),
        point_ids=list(point_ids),
        source=version.source,
        licence=version.licence,
        parameters=dict(version.parameters or {}),
        pictures=list(version.pictures or []),
        stimulus_id=stimulus_id,
    )


def minutes_of(text: str) -> float | None:
    """The minutes that are typed, if they are a number."""
    value = read_number(text)
    return None if value is None else float(value)


def unused(ids: Iterable[str], alphabet: Sequence[str]) -> str:
    """The first letter or number that no choice has yet."""
    taken = set(ids)
    return next((one for one in alphabet if one not in taken), f"x{len(taken)}")


# What stands in the fields, made ready to be kept


def finished(typed: Typed) -> Typed:
    """*typed* without the rows that were left empty, its choices lettered in their order."""
    return _lettered(
        replace(
            typed,
            prompt=typed.prompt.strip(),
            interaction=_without_empty(typed),
            correct=_key(typed),
            explanation=typed.explanation.strip(),
            hints=[one.strip() for one in typed.hints if one.strip()],
            misconceptions=[
                one | {"feedback": one["feedback"].strip()}
                for one in typed.misconceptions
                if one["feedback"].strip() or typed.rule.is_answered(one["response"])
            ],
            parameters=_parameters(typed.parameters),
        )
    )


def _without_empty(typed: Typed) -> Shape:
    interaction = {name: value for name, value in typed.interaction.items() if value not in ("", None)}
    named = set(typed.correct.get(_IDS_IN_RESPONSE.get(typed.kind, ""), []))
    if typed.kind is ItemKind.ORDER:
        named = set()  # all are named, by their place
    for name in ("choices", "right"):
        if name in interaction:
            interaction[name] = _said(interaction[name], named)
    if "left" in interaction:
        interaction["left"] = _said(interaction["left"])
    if "own" in interaction:
        interaction["own"] = [_said(offered) for offered in interaction["own"]]
    if typed.kind is ItemKind.HOTSPOT:
        interaction["points"] = max(len(_key(typed)["regions"]), 1)
    if typed.kind is ItemKind.TEXT_ENTRY and set(interaction.get("answers") or []) <= {"text"}:
        interaction.pop("answers", None)
    return interaction


def _said(choices: Sequence[Shape], besides: Iterable[str] = ()) -> list[Shape]:
    """The choices that say something, and those that are missed if they do not."""
    kept = set(besides)
    return [one for one in choices if one["text"].strip() or one["id"] in kept]


def _key(typed: Typed) -> Shape:
    """The key of what is left."""
    key = dict(typed.correct)
    match typed.kind:
        case ItemKind.NUMERIC:
            return _number(key, asks_unit=bool(typed.interaction.get("asks_unit")))
        case ItemKind.ORDER:
            there = {one["id"] for one in typed.interaction.get("choices") or [] if one["text"].strip()}
            return {"order": [one for one in key.get("order") or [] if one in there]}
        case ItemKind.MATCH:
            left, matches = typed.interaction.get("left") or [], key.get("matches") or []
            return {
                "matches": [to for one, to in zip(left, matches, strict=False) if one["text"].strip()],
            }
        case ItemKind.HOTSPOT:
            return {
                "regions": [
                    {"shape": one["shape"], "coords": one["coords"]}
                    for one in key.get("regions") or []
                    if one["coords"] or one.get("typed")
                ]
            }
        case _:
            return key


def _number(key: Shape, *, asks_unit: bool) -> Shape:
    """Decimals as numbers; what is none, such as 1/3 or a value of a variant, as it was typed."""
    made = {name: value for name, value in key.items() if value not in ("", None)}
    if not asks_unit:
        made.pop("unit", None)
    for name in ("value", "tolerance"):
        text = str(made.get(name, ""))
        value = read_number(text)
        if value is not None and (name == "tolerance" or as_typed(float(value)) == text):
            made[name] = float(value)
    return made


def _parameters(typed: Mapping[str, Any]) -> Shape:
    made: Shape = {
        "values": [
            _drawn(one)
            for one in typed.get("values") or []
            if any(value for name, value in one.items() if name != "step")  # a new row says its step already
        ],
        "derived": [one for one in typed.get("derived") or [] if any(one.values())],
        "conditions": [one.strip() for one in typed.get("conditions") or [] if one.strip()],
    }
    return {name: value for name, value in made.items() if value}


def _drawn(one: Mapping[str, Any]) -> Shape:
    """A letter with its choices or its range: of both, the choices are meant."""
    names = ("name", "choices") if one.get("choices") else ("name", "least", "most", "step")
    return {name: one[name] for name in names if one.get(name)}


# Letters


def _lettered(typed: Typed) -> Typed:
    """Choices named A, B, C … in their order, and with them the key and typical errors.

    Names that are no letters, as other systems give, stay.
    """
    interaction = dict(typed.interaction)
    if typed.kind is ItemKind.INLINE_CHOICE and interaction.get("own"):
        return _lettered_blanks(typed)
    names: dict[str, str] = {}
    for member, alphabet in (("choices", LETTERS), ("right", LETTERS), ("left", NUMBERS)):
        if member in interaction:
            here = _names([one["id"] for one in interaction[member]], alphabet)
            interaction[member] = [one | {"id": here[one["id"]]} for one in interaction[member]]
            names |= here if member != "left" else {}
    member = _IDS_IN_RESPONSE.get(typed.kind, "")
    return replace(
        typed,
        interaction=interaction,
        correct=_renamed(typed.correct, member, names),
        misconceptions=[
            one | {"response": _renamed(one["response"], member, names)} for one in typed.misconceptions
        ],
    )


def _lettered_blanks(typed: Typed) -> Typed:
    by_blank = [_names([one["id"] for one in offered], LETTERS) for offered in typed.interaction["own"]]
    own = [
        [one | {"id": names[one["id"]]} for one in offered]
        for offered, names in zip(typed.interaction["own"], by_blank, strict=True)
    ]

    def renamed(said: Mapping[str, Any]) -> Shape:
        chosen = said.get("chosen") or []
        return {"chosen": [names.get(one, "") for one, names in zip(chosen, by_blank, strict=False)]}

    return replace(
        typed,
        interaction={"own": own},
        correct=renamed(typed.correct),
        misconceptions=[one | {"response": renamed(one["response"])} for one in typed.misconceptions],
    )


def _names(ids: Sequence[str], alphabet: Sequence[str]) -> dict[str, str]:
    if any(one not in alphabet for one in ids) or len(set(ids)) < len(ids):
        return {one: one for one in ids}
    return dict(zip(ids, alphabet, strict=False))


def _renamed(said: Mapping[str, Any], member: str, names: Mapping[str, str]) -> Shape:
    if not member or member not in said:
        return dict(said)
    is_parallel = member in ("chosen", "matches")
    new = [names.get(one, "") for one in said[member]]
    return {**said, member: new if is_parallel else [one for one in new if one]}


def _empty(alphabet: Sequence[str], count: int) -> list[Shape]:
    return [{"id": one, "text": ""} for one in alphabet[:count]]
