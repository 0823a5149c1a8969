"""The questions of a paper written here: what nobody touched is as it was, what was edited counts."""

import base64
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import count
from typing import Any

from pydantic import ValidationError

from core.errors import DomainError
from library.formats.docx.blocks import Block, Paper, begins_another, named, pictures_shown
from library.formats.docx.document import Text
from library.formats.docx.edited import PARTS, Edit, reread
from library.formats.docx.marks import Part, said_by
from library.formats.drafts import MOST_QUESTIONS, excerpt_of, valid
from library.formats.errors import TooManyQuestions
from library.formats.papers.errors import NothingAsked
from library.formats.papers.lines import without_stimulus_label
from library.formats.papers.paper import read_text
from library.formats.papers.vocabulary import ANSWER_LISTS
from library.formats.reading import Fate, Note, Reading, ReadQuestion
from library.items.records import PictureRecord, StimulusRecord

ABOVE = -1
"""The place of what stands above the first question."""


def reading_of(paper: Paper, text: Text) -> Reading:
    """The questions of a *paper*, whose pictures are those of *text*.

    Raises:
        TooManyQuestions, TooLongAPaper: there is more than is read at once.
    """
    if len(paper.blocks) > MOST_QUESTIONS:
        raise TooManyQuestions(limit=MOST_QUESTIONS)
    return _Reader(paper, text).reading()


class _Reader:
    """What was read of a paper so far."""

    def __init__(self, paper: Paper, text: Text) -> None:
        self.paper, self.text = paper, text
        self.stimuli: dict[str, StimulusRecord] = {}
        self.notes: list[Note] = []
        self.taken: set[str] = set()
        self.keys_alone = paper.keys_alone
        self.numbers = count(1)

    def reading(self) -> Reading:
        """All of it."""
        head = list(self.paper.head)
        title = head.pop(0) if head and not begins_another(head[0]) else ""
        added = self._added(head)
        for block in self.paper.blocks:
            if block.is_passage:
                self._passage(block)
        questions = [self._own(one) for one in added.get(ABOVE, [])]
        for place, block in enumerate(self.paper.blocks):
            if not block.is_passage:
                questions += [self._own(one) for one in self._question(block)]
            questions += [self._own(one) for one in added.get(place, [])]
        if self.keys_alone:
            alone = {"count": self.keys_alone}
            self.notes.append(Note(Fate.DROPPED, "answer", "keys-alone", alone))
        return Reading(questions, list(self.stimuli.values()), [*self.notes, *self.text.notes], title)

    def _own(self, question: ReadQuestion) -> ReadQuestion:
        """*question* under an identifier that no other one has, about a text that stands in the paper."""
        record = question.record
        if record is None:
            return question
        notes = [*question.notes]
        if record.identifier in self.taken:
            notes.append(Note(Fate.CHANGED, "identifier", "taken", {"identifier": record.identifier}))
            record = record.model_copy(update={"identifier": self._new_name()})
        if record.stimulus and record.stimulus not in self.stimuli:
            notes.append(Note(Fate.DROPPED, "stimulus", "not-in-paper"))
            record = record.model_copy(update={"stimulus": ""})
        self.taken.add(record.identifier)
        return replace(question, record=record, notes=notes)

    def _new_name(self) -> str:
        """A name for what has none: the same paper gives the same names."""
        return f"urn:weike:word:{self.paper.blocks[0].key}:{next(self.numbers)}"

    # What was typed in Word

    def _added(self, head: Sequence[str]) -> Mapping[int, list[ReadQuestion]]:
        """The questions that were typed between those of the paper, by the place of the block above them."""
        given = [(ABOVE, head), *((place, one.added) for place, one in enumerate(self.paper.blocks))]
        lines = [(place, line) for place, added in given for line in added]
        keys = [line for one in self.paper.blocks for line in one.added_keys]
        if not lines:
            self.keys_alone += sum(map(begins_another, keys))
            return {}
        found: dict[int, list[ReadQuestion]] = {}
        answers = [ANSWER_LISTS[0], *keys] if keys else []
        for one in self._typed([*(line for _place, line in lines), *answers]):
            if one.place > len(lines):
                self.keys_alone += 1
            else:
                found.setdefault(lines[one.place - 1][0], []).append(one)
        return found

    def _typed(self, lines: Sequence[str]) -> Iterable[ReadQuestion]:
        """The questions that *lines* say, under names that others do not have."""
        try:
            found = read_text("\n".join(lines), self.text.pictures)
        except NothingAsked:
            self.notes += [
                Note(Fate.DROPPED, "head", "head-of-paper", {"value": line, "line": number})
                for number, line in enumerate(lines, start=2)
            ]
            return
        self.notes += found.notes
        abouts: dict[str, str] = {}
        for about in found.stimuli:
            name = abouts[about.identifier] = self._new_name()
            self.stimuli[name] = about.model_copy(update={"identifier": name})
        for one in found.questions:
            if one.record is None:
                yield one
            else:
                names = {"identifier": self._new_name(), "stimulus": abouts.get(one.record.stimulus, "")}
                yield replace(one, record=one.record.model_copy(update=names))

    # What was written here

    def _question(self, block: Block) -> Iterable[ReadQuestion]:
        asked, *more = [*block.said(Part.ASKED), *block.said(Part.OFFERED)] or [""]
        typed = [f"{block.number}. {asked}", *more]
        if block.carried is None:
            # Its key was taken out, and with it what it carried.
            yield from (replace(one, place=block.place) for one in self._typed(typed))
            return
        pictures, are_others = self._pictures(block)
        question = ReadQuestion(block.place, excerpt_of("\n".join(typed)))
        try:
            old = valid({**block.carried.record, "pictures": pictures})
        except (DomainError, TypeError):
            damaged = Note(Fate.CHANGED, "weike", "own-damaged")
            lines = [*typed, *block.said(Part.KEY), *block.said(Part.EXPLAINED)]
            for one in self._typed(lines):
                yield replace(one, place=block.place, notes=[*one.notes, damaged])
            return
        changed = {part for part in PARTS if said_by(block.said(part)) != block.carried.said(part)}
        fields = [PARTS[part] for part in PARTS if part in changed] + ["pictures"] * are_others
        said = Note(Fate.CHANGED, "weike", "edited", {"parts": ", ".join(fields)})
        if changed:
            yield from reread(Edit(question, block, old, changed), said, self._new_name)
        else:
            yield replace(question, record=old, notes=[said if are_others else Note(Fate.KEPT, "weike")])

    def _passage(self, block: Block) -> None:
        if block.carried is None:
            return
        pictures, _are_others = self._pictures(block)
        fields: dict[str, Any] = {**block.carried.record, "pictures": pictures}
        if said_by(block.said(Part.PASSAGE)) != block.carried.said(Part.PASSAGE):
            first, *text = block.said(Part.PASSAGE) or [""]
            fields |= {"title": without_stimulus_label(first), "text": "\n".join(text)}
            self.notes.append(Note(Fate.CHANGED, "description", "edited", {"parts": "text"}))
        try:
            record = StimulusRecord.model_validate(fields)
        except ValidationError:
            self.notes.append(Note(Fate.DROPPED, "description", "passage", {"line": block.place}))
            return
        self.stimuli.setdefault(record.identifier, record)

    def _pictures(self, block: Block) -> tuple[list[PictureRecord], bool]:
        """The pictures of a question, whose *block* is given their names; and whether there are others.

        Word may store a picture anew: then it stands where the old one did, and has its name.
        """
        kept, media, drawn = _kept_pictures(block), self.text.media, self.text.pictures
        by_digest = {one["sha256"]: one["name"] for one in reversed(kept)}
        shown = [one for one in pictures_shown(block) if one in drawn]
        known = {one: by_digest.get(self.text.digests[one], "") for one in shown}
        names = {one: name for one, name in known.items() if name}
        strange = [one for one in known if one not in names]
        gone = [one["name"] for one in kept if one["sha256"] not in media]
        is_stored_anew = len(gone) == len(strange)
        names |= zip(strange, gone if is_stored_anew else (f"new-{one}" for one in strange), strict=True)
        block.lines = {part: named(lines, names) for part, lines in block.lines.items()}
        there = [one for one in kept if one["sha256"] in media]
        found: dict[str, PictureRecord] = {}
        for one in there:
            with suppress(ValidationError):
                found[one["name"]] = _with_data(one, media[one["sha256"]])
        found |= {names[one]: drawn[one].model_copy(update={"name": names[one]}) for one in strange}
        return list(found.values()), bool(strange or gone)


def _kept_pictures(block: Block) -> list[Mapping[str, Any]]:
    """What the field of a block says of pictures, as far as it is what was written."""
    said = block.carried.record.get("pictures", []) if block.carried else []
    if not isinstance(said, list):
        return []
    return [
        one
        for one in said
        if isinstance(one, dict) and all(isinstance(one.get(name), str) for name in ("name", "sha256"))
    ]


def _with_data(said: Mapping[str, Any], content: bytes) -> PictureRecord:
    fields = {name: value for name, value in said.items() if name != "sha256"}
    return PictureRecord.model_validate({**fields, "data": base64.b64encode(content).decode()})
