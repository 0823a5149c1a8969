"""The editor's fields: read as they stand, and changed by its buttons."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from werkzeug.datastructures import MultiDict

from library.authoring.typed import LETTERS, NUMBERS, Typed, fresh, unused
from library.items.keys import typed_key
from library.items.kinds.blanks import AnswerKind
from library.items.kinds.order import mixed
from library.items.models import ItemKind
from library.items.responses import typed_response
from library.items.texts import blanks_in

LONGEST = 20_000
LONGEST_LINE = 500
MOST_ROWS = 26
MOST_BLANKS = 20
GROUPS: Mapping[str, tuple[str, ...]] = {
    "choice": ("choice-id", "choice-text", "choice-slip"),
    "left": ("left-id", "left-text", "key-matches"),
    "right": ("right-id", "right-text"),
    "blank": ("answers", "key-blanks"),
    "region": ("key-shape", "key-coords"),
    "hint": ("hint",),
    "slip": ("slip-row", "slip-feedback"),
    "value": ("value-name", "value-least", "value-most", "value-step", "value-choices"),
    "derived": ("derived-name", "derived-formula"),
    "condition": ("condition",),
    "picture": ("picture-token", "picture-name", "picture-alt"),
}
"""Fields that stand in rows, as parallel lists."""
_IDS = {"choice-id": LETTERS, "right-id": LETTERS, "left-id": NUMBERS}

_HAVE_ROWS = frozenset(
    {
        *(ItemKind.CHOICE, ItemKind.MULTIPLE_CHOICE, ItemKind.TEXT_ENTRY, ItemKind.INLINE_CHOICE),
        *(ItemKind.MATCH, ItemKind.ORDER),
    }
)

Form = MultiDict[str, str]
Reader = Callable[[Form, str], dict[str, Any]]
"""Reads an interaction from a form and the words of the question."""


def kind_in(form: Mapping[str, str]) -> ItemKind:
    """The kind that is chosen; a single choice where none is."""
    named = form.get("kind", "")
    return ItemKind(named) if named in set(ItemKind) else ItemKind.CHOICE


def read_typed(form: Form, pictures: list[dict[str, Any]]) -> Typed:
    """What stands in the fields; *pictures* are those that the form has, which are not believed unread."""
    kind = kind_in(form)
    prompt = _text(form.get("prompt", ""))
    # Of the interaction first: what the key names is read by it.
    bare = Typed(kind=kind, prompt=prompt, interaction=_interaction(form, kind, prompt), pictures=pictures)
    typed = Typed(
        kind=kind,
        prompt=prompt,
        interaction=bare.interaction,
        correct=_key(form, bare),
        explanation=_text(form.get("explanation", "")),
        hints=[_text(one) for one in form.getlist("hint")][:10],
        misconceptions=_slips(form, bare),
        difficulty=_share(form.get("difficulty", "")),
        minutes=form.get("minutes", "")[:20].strip(),
        point_ids=form.getlist("point_ids", type=int)[:20],
        source=form.get("source", "")[:300].strip(),
        licence=form.get("licence", "")[:64].strip(),
        parameters=_parameters(form),
        pictures=pictures,
        stimulus_id=form.get("stimulus", type=int) or None,
    )
    return typed if kind is not ItemKind.ORDER else _mixed(typed, form)


def changed(form: Form) -> Form:
    """The fields after the button that was pressed: a row more, a row less, two rows in the other order."""
    verb, _colon, rest = form.get("deed", "").partition(":")
    group, _colon, number = rest.partition(":")
    fields = _fields_of(group)
    if not fields or verb not in {"add", "remove", "up", "down"}:
        return form
    made: Form = MultiDict((name, value) for name, value in form.items(multi=True))
    rows = max((len(form.getlist(name)) for name in fields), default=0)
    columns = {name: (form.getlist(name) + [""] * rows)[:rows] for name in fields}
    place = int(number) if number.isdecimal() else -1
    if verb == "add" and rows < MOST_ROWS:
        for name, values in columns.items():
            values.append(_first(name, values))
    elif verb == "remove" and 0 <= place < rows:
        for values in columns.values():
            del values[place]
    elif verb in {"up", "down"}:
        other = place + (1 if verb == "down" else -1)
        if 0 <= place < rows and 0 <= other < rows:
            for values in columns.values():
                values[place], values[other] = values[other], values[place]
    for name, values in columns.items():
        made.setlist(name, values)
    return made


def next_picture_name(form: Form) -> str:
    """A name for a picture that is added."""
    taken = set(form.getlist("picture-name"))
    return next(name for number in range(1, 100) if (name := f"p{number}") not in taken)


def _fields_of(group: str) -> tuple[str, ...]:
    if group.startswith("own-") and group.removeprefix("own-").isdecimal():
        return (f"{group}-id", f"{group}-text")
    return GROUPS.get(group, ())


def _first(name: str, values: Sequence[str]) -> str:
    """What a new row says at first."""
    if name == "slip-row":
        return str(max((int(one) for one in values if one.isdecimal()), default=-1) + 1)
    if name == "answers":
        return AnswerKind.TEXT.value
    if name == "value-step":
        return "1"
    alphabet = _IDS.get(name, LETTERS if name.startswith("own-") and name.endswith("-id") else None)
    return unused(values, alphabet) if alphabet else ""


# Parts


def _interaction(form: Form, kind: ItemKind, prompt: str) -> dict[str, Any]:
    rows = {ItemKind.MATCH: "left-text", ItemKind.TEXT_ENTRY: "key-blanks"}.get(kind, "choice-text")
    if kind in _HAVE_ROWS and rows not in form and "offered" not in form:
        return fresh(kind).interaction  # the kind was chosen just now
    return _INTERACTIONS[kind](form, prompt)


def _listed(form: Form, _prompt: str) -> dict[str, Any]:
    return {"choices": _choices(form, "choice", LETTERS)}


def _nothing(_form: Form, _prompt: str) -> dict[str, Any]:
    return {}


def _unit(form: Form, _prompt: str) -> dict[str, Any]:
    asks = form.get("asks_unit") == "1"
    return {"asks_unit": True} if asks else {"unit": form.get("unit", "")[:32].strip()}


def _sides(form: Form, _prompt: str) -> dict[str, Any]:
    sides = {"left": _choices(form, "left", NUMBERS), "right": _choices(form, "right", LETTERS)}
    return sides | ({"once": True} if form.get("once") == "1" else {})


def _spots(form: Form, _prompt: str) -> dict[str, Any]:
    return {"picture": form.get("spot", "")[:32], "points": max(len(form.getlist("key-shape")), 1)}


def _numbers(*names: str) -> Reader:
    """Whole numbers; what is none stays a text, which is refused when it is kept."""

    def read(form: Form, _prompt: str) -> dict[str, Any]:
        found = {name: form.get(name, "")[:10].strip() for name in names}
        return {name: int(text) if text.isdecimal() else text for name, text in found.items() if text}

    return read


def _choices(form: Form, prefix: str, alphabet: Sequence[str]) -> list[dict[str, str]]:
    texts = form.getlist(f"{prefix}-text")[:MOST_ROWS]
    ids: list[str] = []
    for place in range(len(texts)):
        given = (form.getlist(f"{prefix}-id") + [""] * len(texts))[place][:16]
        ids.append(given if given and given not in ids else unused(ids, alphabet))
    return [{"id": one, "text": _text(text)} for one, text in zip(ids, texts, strict=True)]


def _blanks(form: Form, prompt: str) -> dict[str, Any]:
    count = min(max(len(form.getlist("key-blanks")), *blanks_in(prompt), 1), MOST_BLANKS)
    known = set(AnswerKind)
    answers = [one if one in known else AnswerKind.TEXT.value for one in form.getlist("answers")]
    return {"blanks": count, "answers": (answers + [AnswerKind.TEXT.value] * count)[:count]}


def _words(form: Form, prompt: str) -> dict[str, Any]:
    """A bank for all blanks, or words of its own for each."""
    if form.get("offered") != "own":
        bank = {"choices": _choices(form, "choice", LETTERS)}
        return bank | ({"once": True} if form.get("once") == "1" else {})
    count = min(max([*blanks_in(prompt), 1]), MOST_BLANKS)
    own = [_choices(form, f"own-{number}", LETTERS) for number in range(count)]
    empty = [{"id": one, "text": ""} for one in LETTERS[:2]]
    return {"own": [offered or empty for offered in own]}


_INTERACTIONS: Mapping[ItemKind, Reader] = {
    ItemKind.CHOICE: _listed,
    ItemKind.MULTIPLE_CHOICE: _listed,
    ItemKind.TRUE_FALSE: _nothing,
    ItemKind.TEXT_ENTRY: _blanks,
    ItemKind.NUMERIC: _unit,
    ItemKind.INLINE_CHOICE: _words,
    ItemKind.MATCH: _sides,
    ItemKind.ORDER: _listed,
    ItemKind.HOTSPOT: _spots,
    ItemKind.EXTENDED_TEXT: _numbers("words", "lines"),
    ItemKind.PHOTO: _numbers("photos"),
    ItemKind.SPOKEN: _numbers("seconds"),
}


def _key(form: Form, bare: Typed) -> dict[str, Any]:
    if bare.kind is ItemKind.ORDER:
        return {"order": [one["id"] for one in bare.interaction["choices"]]}
    key = typed_key(bare, form)
    if bare.kind is ItemKind.NUMERIC and not bare.interaction.get("asks_unit"):
        key.pop("unit", None)
    if bare.kind is ItemKind.TEXT_ENTRY:
        count = bare.interaction["blanks"]
        key = {"blanks": (key["blanks"] + [[]] * count)[:count]}
    return key


def _mixed(typed: Typed, form: Form) -> Typed:
    """Things are written in their right order and shown in another: the one that they had, if any."""
    by_id = {one["id"]: one for one in typed.interaction["choices"]}
    right = [one for one in by_id if by_id[one]["text"].strip()]
    known = [one for one in form.get("shown", "").split(",") if one in right]
    shown = known + [one for one in mixed(right, typed.prompt) if one not in known]
    if shown == right:
        shown = mixed(right, typed.prompt)
    shown += [one for one in by_id if one not in right]
    return replace(typed, interaction={"choices": [by_id[one] for one in shown]})


def _slips(form: Form, bare: Typed) -> list[dict[str, Any]]:
    """Typical errors: of a single choice beside the choices, else rows answered as a pupil would."""
    if bare.kind in {ItemKind.CHOICE, ItemKind.TRUE_FALSE}:
        offered = [one["id"] for one in bare.interaction.get("choices") or [{"id": "true"}, {"id": "false"}]]
        return [
            {"response": {"choices": [one]}, "feedback": _text(said)}
            for one, said in zip(offered, form.getlist("choice-slip"), strict=False)
            if said.strip()
        ]
    return [
        {"response": typed_response(bare, form, f"slip-{row}"), "feedback": _text(said)}
        for row, said in zip(form.getlist("slip-row"), form.getlist("slip-feedback"), strict=False)
    ][:MOST_ROWS]


def _parameters(form: Form) -> dict[str, Any]:
    values = [
        {
            "name": name,
            "least": least,
            "most": most,
            "step": step,
            "choices": [one.strip() for one in choices.replace("\uff0c", ",").split(",") if one.strip()],
        }
        for name, least, most, step, choices in _rows(form, GROUPS["value"])
    ]
    derived = [{"name": name, "formula": formula} for name, formula in _rows(form, GROUPS["derived"])]
    return {
        "values": values,
        "derived": derived,
        "conditions": [one[:100].strip() for one in form.getlist("condition")],
    }


def _rows(form: Form, names: Sequence[str]) -> list[list[str]]:
    columns = [form.getlist(name) for name in names]
    return [[text[:100].strip() for text in row] for row in list(zip(*columns, strict=False))[:12]]


def _share(text: str) -> float:
    try:
        share = float(text)
    except ValueError:
        return fresh(ItemKind.CHOICE).difficulty
    return min(max(share, 0.0), 1.0) if share == share else 0.5  # noqa: PLR0124 -- not a number is not itself


def _text(text: str) -> str:
    return text[:LONGEST].replace("\r\n", "\n")
