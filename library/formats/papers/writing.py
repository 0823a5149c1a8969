"""Questions of other formats as lines of a paper, so that they can be corrected and read again."""

import re
from collections.abc import Sequence
from typing import Any

from core.errors import DomainError
from library.formats.building import written
from library.formats.papers.paper import read_text
from library.formats.papers.vocabulary import CASE_WORDS, KIND_NAMES, LABELS, Field
from library.items.errors import BadItem
from library.items.kinds.blanks import AnswerKind, answers_of
from library.items.kinds.table import KINDS
from library.items.models import ItemKind
from library.items.numbers import read_number
from library.items.records import ItemRecord, Slip
from library.items.variants import check_question

_BLANK = re.compile(r"\[\[\d{1,2}\]\]")
_BESIDE = ("difficulty", "minutes", "knowledge_points", "source", "licence", "stimulus")
"""What lines need not say: it stays as it was where they do not."""
_ASKED = ("kind", "prompt", "interaction", "correct", "explanation", "hints", "misconceptions")


def lines_of(record: ItemRecord, number: int) -> str:
    """The question as a paper has it; nothing where a paper cannot say it, or would say another one."""
    if record.kind not in KIND_NAMES or record.stored_parameters():
        return ""
    text = "\n".join(_lines(record, number))
    try:
        found = read_text(text, {one.name: one for one in record.pictures}).questions
    except DomainError:
        return ""
    if len(found) != 1 or found[0].record is None:
        return ""
    again = completed(found[0].record, record)
    return text if all(getattr(again, name) == getattr(record, name) for name in _ASKED) else ""


def completed(new: ItemRecord, old: ItemRecord) -> ItemRecord:
    """*new*, which was read of the corrected lines of *old*, with what lines have no words for."""
    usual = {name: ItemRecord.model_fields[name].default for name in _BESIDE}
    kept: dict[str, Any] = {
        name: getattr(old, name) for name in _BESIDE if getattr(new, name) == usual[name]
    } | {"pictures": old.pictures}
    if len(old.hints) > 1 and not new.hints:
        kept["hints"] = old.hints
    if new.kind is not old.kind:
        return new.model_copy(update=kept)
    found = new.model_copy(update=kept | _of_the_kind(new, old) | {"misconceptions": _slips(new, old)})
    try:
        check_question(found.parts(), found.stored_parameters())
    except BadItem:
        # What is right now does not go with how the blanks were judged before.
        return new.model_copy(update=kept)
    return found


def _lines(record: ItemRecord, number: int) -> list[str]:
    prompt = _BLANK.sub("____", record.prompt) if record.kind is ItemKind.TEXT_ENTRY else record.prompt
    said = {
        Field.KIND: KIND_NAMES[record.kind],
        Field.ANSWER: _answer(record),
        Field.EXPLANATION: record.explanation,
        Field.HINT: record.hints[0] if len(record.hints) == 1 else "",
    }
    labelled = {field: f"{LABELS[field][0]}：{words}" for field, words in said.items() if words}
    choices = [f"{one['id']}. {one['text']}" for one in record.interaction.get("choices") or ()]
    kind = labelled.pop(Field.KIND)
    return [f"{number}. {prompt}", kind, *choices, *labelled.values()]


def _answer(record: ItemRecord) -> str:
    key = record.stored_key()
    match record.kind:
        case ItemKind.CHOICE | ItemKind.MULTIPLE_CHOICE:
            return "".join(sorted(key["choices"]))
        case ItemKind.TRUE_FALSE:
            return "对" if key["choices"] == ["true"] else "错"
        case ItemKind.TEXT_ENTRY:
            kinds = answers_of(record.asked)
            return "；".join(_texts(*one) for one in zip(key["blanks"], kinds, strict=False))
        case ItemKind.NUMERIC:
            tolerance = key.get("tolerance") or 0
            return f"{_number(key['value'])}±{_number(tolerance)}" if tolerance else _number(key["value"])
        case _:
            return ""


def _texts(texts: Sequence[str], kind: AnswerKind) -> str:
    """What a blank takes, with what tells its kind."""
    if kind is AnswerKind.EXPRESSION:
        texts = [f"${one}$" for one in texts]
    return " / ".join(texts) + (f"（{CASE_WORDS[0]}）" if kind is AnswerKind.EXACT else "")


def _number(value: float | str) -> str:
    return value if isinstance(value, str) else written(value)


def _of_the_kind(new: ItemRecord, old: ItemRecord) -> dict[str, Any]:
    """What a question of the same kind offers and takes beside what lines say of it."""
    match new.kind:
        case ItemKind.TEXT_ENTRY if len(new.stored_key()["blanks"]) == len(old.stored_key()["blanks"]):
            return {"interaction": _blanks(new, old)}
        case ItemKind.NUMERIC:
            key, before = new.stored_key(), old.stored_key()
            is_same = read_number(str(key["value"])) == read_number(str(before["value"]))
            found = before | {name: value for name, value in key.items() if value}
            return {
                "interaction": old.interaction,
                "correct": found | ({"value": before["value"]} if is_same else {}),
            }
        case ItemKind.EXTENDED_TEXT | ItemKind.PHOTO | ItemKind.SPOKEN:
            return {"interaction": old.interaction}
        case _:
            return {}


def _blanks(new: ItemRecord, old: ItemRecord) -> dict[str, Any]:
    """What the blanks took, but for whether capitals count: that, lines say."""
    before, now = answers_of(old.asked), answers_of(new.asked)
    kinds = [
        other if {one, other} == {AnswerKind.TEXT, AnswerKind.EXACT} else one
        for one, other in zip(before, now, strict=False)
    ]
    if kinds == before:
        return old.interaction
    return {**old.interaction, "answers": [one.value for one in kinds]}


def _slips(new: ItemRecord, old: ItemRecord) -> list[Slip]:
    """The typical errors that can still be made: those of choices go with their words."""
    before, now = _choices(old), {text: letter for letter, text in _choices(new).items()}
    if before == _choices(new):
        return old.misconceptions
    found = []
    for one in old.stored_misconceptions():
        letters = [now.get(before.get(letter, ""), "") for letter in one["response"].get("choices", ())]
        if letters and all(letters) and sorted(letters) != sorted(new.stored_key()["choices"]):
            response = KINDS[new.kind].record_of_slip({"choices": letters})
            found.append(Slip.model_validate({"response": response, "feedback": one["feedback"]}))
    return found


def _choices(record: ItemRecord) -> dict[str, str]:
    return {one["id"]: one["text"] for one in record.interaction.get("choices") or ()}
