"""Aiken: a question, its choices with letters, and ``ANSWER: B``, all on lines of their own."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from core.errors import DomainError
from library.formats import building
from library.formats.building import Answer
from library.formats.composing import words_of_plain
from library.formats.drafts import Draft, Drafts, check_size, excerpt_of, finished
from library.formats.encodings import decoded
from library.formats.errors import (
    UnknownLetter,
    UnreadableLine,
    WithoutAnswerLine,
    WithoutWords,
)
from library.formats.reading import Reading
from library.packages.html import cleaned

NAME = "aiken"
_CHOICE = re.compile(r"\s*([A-Z])[.)]\s+(.*)", re.DOTALL)
_ANSWER = re.compile(r"\s*ANSWER\s*[:：]\s*(.*)", re.IGNORECASE)


@dataclass(slots=True)
class _Found:
    """The lines of one question."""

    line: int
    words: list[str] = field(default_factory=list)
    choices: list[tuple[str, str]] = field(default_factory=list)
    answer: str | None = None
    answer_line: int = 0
    stray: int = 0
    """The line after the choices that is neither a choice nor the answer; 0 for none."""


def read(content: bytes) -> Reading:
    """The questions of an Aiken file.

    Raises:
        BadFile: the file as a whole cannot be read.
    """
    return finished(drafts_of(content))


def drafts_of(content: bytes) -> Drafts:
    """All that stands in an Aiken file, before it is made a record."""
    check_size(content)
    text, notes = decoded(content)
    drafts = Drafts(NAME, content, notes=notes)
    for found in _cut(cleaned(text.replace("\r\n", "\n").replace("\r", "\n")).split("\n")):
        draft = Draft(found.line, excerpt_of(" ".join(found.words)))
        try:
            _fill(draft, found)
        except DomainError as refusal:
            draft.problem = refusal
        drafts.questions.append(draft)
    return drafts


def _cut(lines: list[str]) -> Iterator[_Found]:
    """A question ends with its answer; or, where that is missing, with the empty line after its choices."""
    found: _Found | None = None
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            if found is not None and found.choices:
                yield found
                found = None
            continue
        if found is None:
            found = _Found(number)
        if answer := _ANSWER.match(line):
            found.answer, found.answer_line = answer[1].strip(), number
            yield found
            found = None
        elif choice := _CHOICE.match(line):
            found.choices.append((choice[1], choice[2].strip()))
        elif found.choices:
            found.stray = found.stray or number
        else:
            found.words.append(line.strip())
    if found is not None:
        yield found


def _fill(draft: Draft, found: _Found) -> None:
    if not found.words:
        raise WithoutWords
    if found.answer is None:
        raise WithoutAnswerLine(line=found.line)
    if found.stray:
        raise UnreadableLine(line=found.stray)
    letters = [letter for letter, _text in found.choices]
    right = {one for one in re.split(r"[,;\s]+", found.answer.upper()) if one}
    if not right or not right <= set(letters):
        raise UnknownLetter(line=found.answer_line, letter=found.answer[:20])
    told = draft.told
    draft.fields = building.choices(
        [
            Answer(words_of_plain(text, told, "choice"), 100.0 if letter in right else 0.0)
            for letter, text in found.choices
        ],
        told,
        is_single=len(right) == 1,
    )
    draft.fields["prompt"] = words_of_plain("\n".join(found.words), told, "question")
    for part in ("question", "choice", "ANSWER"):
        told.kept(part)
