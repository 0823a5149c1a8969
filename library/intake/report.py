"""What became of every part of an import, as a table that office programs read."""

import csv
import io
from collections.abc import Iterable, Iterator

from core.i18n import _
from core.spreadsheets import neutral
from library.formats.reading import Note
from library.intake.keeping import notes_of
from library.intake.models import ImportedQuestion, QuestionImport, Wish
from library.intake.words import FATE_NAMES, fate_of, part_name, sentence


def outcome(row: ImportedQuestion) -> str:
    """What became of a question of an import whose questions were taken."""
    if row.item_id is not None:
        return _("Another was used") if row.wish is Wish.USE else _("Taken")
    return _("Not read") if row.problem else _("Left out")


def csv_of(run: QuestionImport, rows: Iterable[ImportedQuestion]) -> str:
    """The report with a byte order mark, so that office programs read Chinese; no cell of it is a formula."""
    out = io.StringIO()
    out.write("\ufeff")
    writer = csv.writer(out)
    writer.writerow(
        [_("Line"), _("Question"), _("What became of it"), _("Part"), _("Outcome"), _("What happened")]
    )
    for note in notes_of(run.notes):
        writer.writerow(["", "", "", *_said(note)])
    for row in rows:
        for cells in _lines(row):
            writer.writerow([row.place, neutral(row.excerpt), outcome(row), *cells])
    return out.getvalue()


def _lines(row: ImportedQuestion) -> Iterator[list[str]]:
    if row.problem:
        yield ["", "", neutral(row.problem)]
    yield from (_said(note) for note in notes_of(row.notes))


def _said(note: Note) -> list[str]:
    return [neutral(part_name(note)), str(FATE_NAMES[fate_of(note)]), neutral(sentence(note))]
