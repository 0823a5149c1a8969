"""Tables that people take home: the same rows as CSV for programs and as PDF for paper."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import islice

from flask_babel import format_datetime

from core.i18n import _
from core.pdf import Column, table_as_pdf
from core.spreadsheets import neutral

PORTION = 100
"""Rows of a CSV that are written together."""
MOST_ON_PAPER = 500
"""Rows of a PDF, some twenty pages. A thousand keep a core busy for three seconds, as each cell is set by
itself: too long for one request, and nobody leafs through forty pages. A job would only move the cost. So the
document says that it holds the first rows only; the CSV holds all."""

Cell = str | int | float | Decimal | datetime | None


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under their heads."""

    title: str
    """What a file of it calls itself: nobody's name."""
    heading: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Cell]]
    """Read once, while the file is written: a long table is never in memory as a whole."""
    notes: Sequence[str] = ()


def as_csv(table: Table) -> Iterator[str]:
    """In portions, with a byte order mark, so that office programs read Chinese; no cell is a formula."""
    out = io.StringIO()
    out.write("\ufeff")
    writer = csv.writer(out)
    writer.writerow(neutral(one.head) for one in table.columns)
    for number, row in enumerate(table.rows, start=1):
        writer.writerow(_for_programs(cell) for cell in row)
        if number % PORTION == 0:
            yield out.getvalue()
            out.seek(0)
            out.truncate()
    yield out.getvalue()


def as_pdf(table: Table) -> bytes:
    """The first rows on paper, with moments as people write them; it is said there if more follow."""
    rows = [[_for_people(cell) for cell in row] for row in islice(table.rows, MOST_ON_PAPER + 1)]
    notes = list(table.notes)
    if len(rows) > MOST_ON_PAPER:
        notes.append(
            _("Only the first %(number)s rows stand here. The CSV file holds all.", number=MOST_ON_PAPER)
        )
    return table_as_pdf(table.title, table.heading, notes, table.columns, rows[:MOST_ON_PAPER])


def _for_programs(cell: Cell) -> object:
    match cell:
        case str():
            return neutral(cell)
        case datetime():
            return cell.isoformat()
        case _:
            return cell


def _for_people(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case datetime():
            return str(format_datetime(cell, "short"))
        case float():
            return f"{cell:g}"
        case _:
            return str(cell)
