"""A Word file as questions: its text is a paper's."""

from dataclasses import replace

from library.formats.docx.archive import opened
from library.formats.docx.document import Text, text_of
from library.formats.papers.paper import read_text
from library.formats.reading import Reading


def typed(content: bytes) -> Text:
    """The text of a Word file, with its pictures.

    Raises:
        BadFile: it is no Word file that can be read; the subclass says why.
    """
    return text_of(opened(content))


def read(content: bytes) -> Reading:
    """The questions of a Word file.

    Raises:
        What ``typed`` raises, and ``NothingAsked``, ``TooLongAPaper``.
    """
    text = typed(content)
    reading = read_text("\n".join(text.lines), text.pictures)
    return replace(reading, notes=[*reading.notes, *text.notes])
