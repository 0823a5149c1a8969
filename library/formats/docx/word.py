"""A Word file as questions: its text is a paper's, or what was written here is known again by its marks."""

from dataclasses import replace

from library.formats.docx import own
from library.formats.docx.archive import opened
from library.formats.docx.blocks import paper_of
from library.formats.docx.document import Text, text_of
from library.formats.papers.paper import read_text
from library.formats.reading import Reading


def typed(content: bytes) -> Text:
    """The text of a Word file, with its pictures.

    Raises:
        BadFile: it is no Word file that can be read; the subclass says why.
    """
    return text_of(opened(content))


def own_reading(text: Text) -> Reading | None:
    """The questions of a file that was written here; None where nothing carries them.

    Raises:
        TooManyQuestions, TooLongAPaper: there is more than is read at once.
    """
    paper = paper_of(text) if text.marks else None
    return own.reading_of(paper, text) if paper and paper.is_ours else None


def read(content: bytes) -> Reading:
    """The questions of a Word file.

    Raises:
        What ``typed`` raises, and ``NothingAsked``, ``TooLongAPaper``, ``TooManyQuestions``.
    """
    text = typed(content)
    if found := own_reading(text):
        return found
    reading = read_text("\n".join(text.lines), text.pictures)
    return replace(reading, notes=[*reading.notes, *text.notes])
