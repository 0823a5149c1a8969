"""What was sent as questions: from a file in any format of the table, or from text that was corrected."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from library.formats.docx import word
from library.formats.papers import paper
from library.formats.papers.text import text_of
from library.formats.reading import Format, Reading
from library.formats.table import FORMATS, format_for
from library.intake.errors import UnknownFormat
from library.items.drawings import recorded_pictures
from library.items.records import PictureRecord

PAPER, WORD = "paper", "word"
LARGEST_MB = 64


@dataclass(frozen=True, slots=True)
class Read:
    """What was read, and the text it was read from, where it is one that can be corrected as a whole."""

    reading: Reading
    text: str | None = None
    pictures: tuple[PictureRecord, ...] = ()


def format_named(name: str, head: bytes) -> Format:
    """The format of a file that a person calls *name* and that begins with *head*.

    Raises:
        UnknownFormat: nothing here reads it.
    """
    found = format_for(name, head)
    if found is None:
        known = ", ".join(dict.fromkeys(one.suffixes[0] for one in readable()))
        raise UnknownFormat(name=name[:100], known=known)
    return found


def readable() -> list[Format]:
    """The formats that can be read."""
    return [one for one in FORMATS.values() if one.read is not None]


def read_file(format_name: str, content: bytes) -> Read:
    """The questions of a file.

    Raises:
        DomainError: the file as a whole cannot be read; the subclass says why.
    """
    if format_name == PAPER:
        text, notes = text_of(content)
        reading = paper.read_text(text)
        return Read(replace(reading, notes=[*notes, *reading.notes]), text)
    if format_name == WORD:
        typed = word.typed(content)
        if own := word.own_reading(typed):
            return Read(own)
        text = "\n".join(typed.lines)
        reading = paper.read_text(text, typed.pictures)
        with_notes = Reading(
            reading.questions, reading.stimuli, [*reading.notes, *typed.notes], reading.title
        )
        return Read(with_notes, text, tuple(typed.pictures.values()))
    read = FORMATS[format_name].read
    assert read is not None, "format_named gives no other"
    return Read(read(content))


def read_text(text: str, pictures: Iterable[Mapping[str, Any]]) -> Reading:
    """The questions of a text that was corrected; *pictures* are those of the file it came from.

    Raises:
        DomainError: there is nothing in it, or too much.
    """
    records = [PictureRecord.model_validate(one) for one in recorded_pictures(pictures)]
    return paper.read_text(text, {one.name: one for one in records})
