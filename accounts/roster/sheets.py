"""Roster files as tables of text: CSV in the encodings that Chinese offices write, and workbooks.

A file comes from outside: its size, its lines and what is packed in it are limited, and nothing in it is
computed. A workbook's XML is read by openpyxl through defusedxml.
"""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator

import openpyxl
from defusedxml import DefusedXmlException
from openpyxl.utils.exceptions import InvalidFileException

from accounts.roster.columns import CHINESE, EXAMPLES, Column
from accounts.roster.errors import EmptyRoster, RosterTooLarge, TooManyLines, UnreadableRoster
from core.spreadsheets import cell_text

MOST_MB = 5
MOST_UNPACKED_MB = 60
MOST_PARTS = 200
MOST_LINES = 3000
MOST_CELLS = 40
ENCODINGS = ("utf-8-sig", "gb18030")
"""UTF-8 first: it refuses what is something else, while GB18030 takes nearly everything."""

Sheet = list[tuple[int, list[str]]]
"""Each line that is not blank, with its number as a spreadsheet shows it."""
_BROKEN = (
    zipfile.BadZipFile,
    InvalidFileException,
    DefusedXmlException,
    SyntaxError,  # of XML, whichever of the parsers that it knows openpyxl has found
    KeyError,
    ValueError,
    TypeError,
    IndexError,
    EOFError,
)
"""What openpyxl raises on damaged workbooks."""


def read_sheet(content: bytes) -> Sheet:
    """The lines of a CSV file or of a workbook's first sheet, headings included.

    Raises:
        UnreadableRoster: it is neither.
        RosterTooLarge, TooManyLines: it is larger than one import takes.
        EmptyRoster: there is nothing in it but headings.
    """
    if len(content) > MOST_MB << 20:
        raise RosterTooLarge(most_mb=MOST_MB)
    lines = _numbered(_workbook(content) if content.startswith(b"PK\x03\x04") else _csv(content))
    if len(lines) < 2:  # noqa: PLR2004 -- the headings and a line
        raise EmptyRoster
    return lines


def template_csv() -> bytes:
    """An example roster as CSV, which Excel opens with its Chinese intact."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows(_template())
    return text.getvalue().encode("utf-8-sig")


def template_workbook() -> bytes:
    """The same as a workbook, all cells as text, so that no number or date is rewritten."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Roster")
    for row in _template():
        sheet.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _template() -> list[list[str]]:
    return [
        list(CHINESE.values()),
        *([example.get(column, "") for column in Column] for example in EXAMPLES),
    ]


def _numbered(rows: Iterable[list[str]]) -> Sheet:
    lines: Sheet = []
    for number, cells in enumerate(rows, start=1):
        while cells and not cells[-1]:
            cells.pop()
        if cells:
            lines.append((number, cells))
        if len(lines) > MOST_LINES + 1 or number > 2 * MOST_LINES:
            raise TooManyLines(most=MOST_LINES)
    return lines


def _csv(content: bytes) -> Iterator[list[str]]:
    text = _decoded(content)
    if "\0" in text:
        raise UnreadableRoster
    separator = max(",;\t", key=text.partition("\n")[0].count)
    try:
        for cells in csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True):
            yield [cell.strip() for cell in cells[:MOST_CELLS]]
    except csv.Error as error:
        raise UnreadableRoster from error


def _decoded(content: bytes) -> str:
    for encoding in ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableRoster


def _workbook(content: bytes) -> Iterator[list[str]]:
    try:
        _check_unpacked(content)
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
        sheet = book.worksheets[0]
        # What a sheet says of its own size may be a lie, and would be believed.
        sheet.reset_dimensions()
        for row in sheet.iter_rows(max_col=MOST_CELLS, values_only=True):
            yield [cell_text(value) for value in row]
    except _BROKEN as error:
        raise UnreadableRoster from error


def _check_unpacked(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = archive.infolist()
        if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED_MB << 20:
            raise RosterTooLarge(most_mb=MOST_UNPACKED_MB)
