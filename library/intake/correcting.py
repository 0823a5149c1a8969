"""What a teacher corrects of a question that was read, whatever format it came in."""

from dataclasses import replace

from library.formats.papers.writing import completed, lines_of
from library.formats.reading import Reading
from library.intake.keeping import record_of, seen_record
from library.intake.models import ImportedQuestion, QuestionImport
from library.intake.reading import PAPER

_TYPED = frozenset({PAPER, "workbook", "csv"})
"""Formats of which the lines of a question say all of it; those of a paper that was written here do not."""


def lines_to_correct(row: ImportedQuestion) -> str:
    """The lines of a question; of one in another format those that a paper would have.

    Of one that cannot be read its beginning; nothing where lines cannot say the question.
    """
    if row.source:
        return row.source
    if row.record is None:
        return f"{row.position}. {row.excerpt}"
    return lines_of(seen_record(row.record), row.position)


def with_what_was_there(reading: Reading, run: QuestionImport, row: ImportedQuestion) -> Reading:
    """*reading* of the corrected lines of *row*, with what its format says beside them.

    Raises:
        PictureLost: one of its pictures is gone.
    """
    if run.format in _TYPED or row.record is None or len(reading.questions) != 1:
        return reading
    [one] = reading.questions
    if one.record is None:
        return reading
    old = record_of(row.record, identifier=one.record.identifier)
    return replace(reading, questions=[replace(one, record=completed(one.record, old))])
