"""A question that left in a paper and was changed in Word: the paper's word counts, the rest stays."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from string import ascii_uppercase
from types import MappingProxyType
from typing import Any

from core.errors import DomainError
from library.formats.docx.blocks import Block
from library.formats.docx.errors import ChangedBeyondReading
from library.formats.docx.marks import Part
from library.formats.drafts import valid
from library.formats.offered import BLANK, room_behind
from library.formats.papers.correcting import WRITABLE, with_kind
from library.formats.papers.lines import Mark, pieces
from library.formats.papers.paper import read_text
from library.formats.papers.stems import blank_places
from library.formats.papers.writing import completed
from library.formats.reading import Note, ReadQuestion
from library.items.kinds.table import kind_of
from library.items.models import ItemKind
from library.items.records import ItemRecord, PictureRecord, Slip
from library.items.texts import blanks_in

PARTS: Mapping[Part, str] = MappingProxyType(
    {
        Part.ASKED: "prompt",
        Part.OFFERED: "interaction",
        Part.KEY: "correct",
        Part.EXPLAINED: "explanation",
    }
)
"""The field of a record that each part of a question says."""
_WORDS = frozenset({Part.ASKED, Part.EXPLAINED})
_LABEL_END = re.compile(r"[:：】\]]\s*[:：]?")
_WITH_BLANKS = frozenset({ItemKind.TEXT_ENTRY, ItemKind.INLINE_CHOICE})


@dataclass(frozen=True, slots=True)
class Edit:
    """A question of which something was changed."""

    question: ReadQuestion
    """Where it stands."""
    block: Block
    old: ItemRecord
    """As it left, with the pictures that the paper has now."""
    changed: AbstractSet[Part]


def reread(edit: Edit, said: Note, new_name: Callable[[], str]) -> Iterable[ReadQuestion]:
    """The question as the paper has it now, of which *said* tells, and those that were typed into its lines.

    Words can be others in any kind of question. What it offers, and its key, are read as those of papers are;
    some kinds have no words there. Of drawn numbers a paper shows an example: it is what is asked now.
    """
    edit = replace(edit, old=_ordinary(edit.old))
    try:
        words = _words(edit)
        if words is not None and edit.changed <= _WORDS:
            yield replace(edit.question, record=valid(_fields(edit.old) | words), notes=[said])
            return
        if not _is_read_as_typed(edit.old):
            raise ChangedBeyondReading(number=edit.block.number)
        first, *more = read_text("\n".join(_lines(edit, words)), _pictures(edit)).questions
        if first.record is None:
            yield replace(first, place=edit.question.place, source="\n".join(_lines(edit, None)))
        else:
            yield replace(edit.question, record=_joined(first.record, edit, words), notes=[said])
        for one in more:
            record = one.record and one.record.model_copy(update={"identifier": new_name()})
            yield replace(one, place=edit.question.place, record=record)
    except DomainError as problem:
        yield replace(edit.question, problem=problem, source="\n".join(_every_line(edit)))


def _ordinary(old: ItemRecord) -> ItemRecord:
    """*old*, or the example of its variants that stands in the paper."""
    if not old.stored_parameters():
        return old
    asked, kind = old.asked, kind_of(old.asked)
    slips = [
        {"response": kind.record_of_slip(one["response"]), "feedback": one["feedback"]}
        for one in asked.misconceptions
    ]
    fields = {
        "prompt": asked.prompt,
        "interaction": asked.interaction,
        "correct": kind.record_of_key(asked.correct),
        "explanation": asked.explanation,
        "hints": asked.hints,
        "misconceptions": slips,
        "parameters": {},
    }
    return valid(_fields(old) | fields)


# Other words


def _words(edit: Edit) -> dict[str, Any] | None:
    """Fields of which the words are others now; None where the question has another number of blanks."""
    fields: dict[str, Any] = {}
    if Part.ASKED in edit.changed:
        prompt = _prompt(edit)
        if prompt is None:
            return None
        fields["prompt"] = prompt
    if Part.EXPLAINED in edit.changed:
        fields["explanation"] = _after_label(edit.block.said(Part.EXPLAINED))
    return fields


def _prompt(edit: Edit) -> str | None:
    text, old = "\n".join(_without_room(edit)), edit.old
    if old.kind not in _WITH_BLANKS:
        return text
    numbers, places = blanks_in(old.prompt), blank_places(text)
    if len(places) != len(numbers):
        return None
    for number, (begin, end) in reversed(list(zip(numbers, places, strict=True))):
        text = f"{text[:begin]}[[{number}]]{text[end:]}"
    return text


def _without_room(edit: Edit) -> Sequence[str]:
    """The lines of the words without the room for an answer that is written behind them."""
    asked = edit.block.said(Part.ASKED)
    room = room_behind(edit.old.asked).strip()
    return [*asked[:-1], asked[-1].removesuffix(room).rstrip()] if asked else []


def _after_label(lines: Sequence[str]) -> str:
    """What the lines of an explanation say after its label."""
    first, *more = lines or [""]
    end = _LABEL_END.search(first) if next(iter(pieces(first))).mark is Mark.FIELD else None
    return "\n".join([first[end.end() :] if end else first, *more]).strip()


# Another key, or other choices


def _is_read_as_typed(old: ItemRecord) -> bool:
    """Whether papers have words for its kind, and its choices have the letters of a paper."""
    letters = "".join(one["id"] for one in old.interaction.get("choices") or ())
    return old.kind in WRITABLE and ascii_uppercase.startswith(letters)


def _lines(edit: Edit, words: dict[str, Any] | None) -> list[str]:
    """The question as lines of a paper; where its *words* are known, no more than its key needs."""
    old, lines = edit.old, _every_line(edit)
    if words is not None:
        offered = edit.block.said(Part.OFFERED)
        if Part.OFFERED not in edit.changed:
            offered = [f"{one['id']}. {one['id']}" for one in old.interaction.get("choices") or ()]
        lines = [f"{edit.block.number}. {_room_alone(old)}", *offered, *edit.block.said(Part.KEY)]
    return with_kind("\n".join(lines), old.kind).split("\n")


def _every_line(edit: Edit) -> list[str]:
    block = edit.block
    asked = _without_room(edit) if edit.old.kind is ItemKind.NUMERIC else block.said(Part.ASKED)
    first, *more = asked or [""]
    below = (line for part in (Part.OFFERED, Part.KEY, Part.EXPLAINED) for line in block.said(part))
    return [f"{block.number}. {first}", *more, *below]


def _room_alone(old: ItemRecord) -> str:
    blanks = len(old.stored_key()["blanks"]) if old.kind is ItemKind.TEXT_ENTRY else 0
    return f"?{f' {BLANK}' * blanks}"


def _joined(new: ItemRecord, edit: Edit, words: dict[str, Any] | None) -> ItemRecord:
    """*new*, with its *words*, and with what the paper does not say.

    Raises:
        DomainError: that makes no question.
    """
    old = edit.old
    if words is None:
        return valid(_fields(completed(new, old)) | _kept(old, "identifier", "hints", "pictures"))
    is_same_offer = Part.OFFERED not in edit.changed
    offer = {"interaction": old.interaction} if is_same_offer else {}
    found = completed(new.model_copy(update={"prompt": old.prompt, **offer}), old)
    kept = _kept(old, "identifier", "hints", "pictures", "prompt", "explanation")
    slips = {"misconceptions": _still_wrong(found, old)} if is_same_offer else {}
    return valid(_fields(found) | kept | offer | slips | words)


def _still_wrong(new: ItemRecord, old: ItemRecord) -> Sequence[Slip]:
    """The typical errors of *old* that are not right by now."""
    given = zip(old.misconceptions, old.stored_misconceptions(), strict=True)
    return [slip for slip, stored in given if stored["response"] != new.stored_key()]


def _pictures(edit: Edit) -> Mapping[str, PictureRecord]:
    return {one.name: one for one in edit.old.pictures}


def _kept(old: ItemRecord, *names: str) -> dict[str, Any]:
    return {name: getattr(old, name) for name in names}


def _fields(record: ItemRecord) -> dict[str, Any]:
    return {name: getattr(record, name) for name in ItemRecord.model_fields}
