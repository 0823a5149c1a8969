"""A paper, typed or pasted, as questions: each line is part of one, or named as not understood."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise

from core.errors import DomainError
from library.formats.papers.answers import attach
from library.formats.papers.drafts import About, Draft, Stray
from library.formats.papers.errors import NothingAsked, TooLongAPaper
from library.formats.papers.making import record_of, recorded_about
from library.formats.papers.outline import Outline, outline_of
from library.formats.papers.parts import parted
from library.formats.papers.text import lines_in, text_of
from library.formats.reading import Fate, Note, Reading, ReadQuestion
from library.items.records import PictureRecord, StimulusRecord

MOST_LETTERS, MOST_LINES = 1_000_000, 20_000
LONGEST_EXCERPT = 120


def read(content: bytes) -> Reading:
    """The questions of a text file.

    Raises:
        UnknownEncoding: it is no text.
        TooLongAPaper, NothingAsked: there is too much in it, or nothing.
    """
    text, notes = text_of(content)
    reading = read_text(text)
    return replace(reading, notes=[*notes, *reading.notes])


def read_text(text: str, pictures: Mapping[str, PictureRecord] | None = None) -> Reading:
    """The questions of a text, in which ``[[picture:name]]`` stands for one of the *pictures*.

    The ``source`` of the questions, put together, is the text itself.

    Raises:
        TooLongAPaper, NothingAsked: there is too much in it, or nothing.
    """
    lines = lines_in(text)
    if len(text) > MOST_LETTERS or len(lines) > MOST_LINES:
        raise TooLongAPaper(limit=MOST_LINES)
    outline = outline_of(lines)
    strays = attach(outline.drafts, outline.answers)
    if not outline.entries and not strays:
        raise NothingAsked
    entries = _entries(outline, strays)
    begins = [1, *(begin for begin, _entry in entries[1:])]
    questions, stimuli = [], dict[str, StimulusRecord]()
    for (begin, end), (_begin, entry) in zip(pairwise([*begins, len(lines) + 1]), entries, strict=True):
        own = "\n".join(lines[entry.place - 1 : end - 1]).strip()
        source = "\n".join(lines[begin - 1 : end - 1])
        question = ReadQuestion(begin, own[:LONGEST_EXCERPT], source=source)
        questions.append(_read(question, entry, pictures or {}, stimuli))
    notes = [
        Note(Fate.DROPPED, "head", "head-of-paper", {"value": one, "line": at})
        for at, one in outline.left_out
    ]
    return Reading(questions, list(stimuli.values()), notes, outline.title)


def _entries(outline: Outline, strays: list[Stray]) -> list[tuple[int, Draft | Stray]]:
    """What stands in the paper, in order, each with the line at which it begins."""
    found: list[tuple[int, Draft | Stray]] = []
    for begin, entry in zip(outline.beginnings, outline.entries, strict=True):
        if isinstance(entry, Stray):
            found.append((begin, entry))
            continue
        whole = list(parted(entry))
        found += [(begin if place == 0 else one.place, one) for place, one in enumerate(whole)]
    found += [(one.place, one) for one in strays]
    return sorted(found, key=lambda pair: pair[0])


def _read(
    question: ReadQuestion,
    entry: Draft | Stray,
    pictures: Mapping[str, PictureRecord],
    stimuli: dict[str, StimulusRecord],
) -> ReadQuestion:
    if isinstance(entry, Stray):
        return replace(question, problem=entry.problem)
    if entry.about and not entry.about.text:
        entry.about = None
    try:
        if entry.about:
            _add_about(entry.about, pictures, stimuli)
        record, notes = record_of(entry, pictures)
    except DomainError as problem:
        return replace(question, problem=problem)
    return replace(question, record=record, notes=notes)


def _add_about(
    about: About, pictures: Mapping[str, PictureRecord], stimuli: dict[str, StimulusRecord]
) -> None:
    if about.identifier not in stimuli:
        stimuli[about.identifier] = recorded_about(about, pictures)
