"""Excel workbooks: rows of the first sheet as they are read, and a template to fill in.

A workbook comes from outside. What is packed in it is limited before it is unpacked, programs in it are
refused, nothing in it is computed, and its XML is read by openpyxl
through defusedxml, which takes no entities.
"""

import io
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from pathlib import Path
from typing import IO, Any

import openpyxl
from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.datavalidation import DataValidation

from core.spreadsheets import cell_text
from library.interchange.errors import HoldsMacros, NotAWorkbook, WorkbookTooLarge

MOST_UNPACKED_BYTES = 400 << 20
MOST_SHARED_BYTES = 100 << 20
"""Of the texts that cells share: they are held in memory as a whole."""
MOST_PARTS = 500
MOST_COLUMNS = 60
MOST_MERGED = 10_000
"""More merged cells than that are not looked at."""
_SHARED = "xl/sharedStrings.xml"
_BOOK = "xl/workbook.xml"
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    OSError,
    InvalidFileException,
    DefusedXmlException,
    SyntaxError,
    KeyError,
    ValueError,
    TypeError,
    IndexError,
    AttributeError,
    EOFError,
    NotImplementedError,
    RuntimeError,
)
"""What zipfile, openpyxl and parsers of XML (SyntaxError) raise on damaged or locked workbooks."""


def read_rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of the first sheet by the headings of its first line, with their numbers; no blank ones.

    Raises:
        NotAWorkbook, HoldsMacros, WorkbookTooLarge: it is not read.
    """
    try:
        _check(path, path.name)
        # A stream, because what is kept by its content has no name that ends in .xlsx.
        with path.open("rb") as content:
            yield from _rows(content)
    except _BROKEN as error:
        raise NotAWorkbook(name=path.name) from error


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as it stands, computed by nobody."""

    text: str
    is_formula: bool = False
    is_date: bool = False
    is_error: bool = False
    is_below: bool = False
    """Whether it belongs to a merged cell that begins in a row above, whose words stand here again."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of a workbook."""

    title: str
    is_hidden: bool
    rows: Iterator[tuple[int, list[Cell]]]
    """Row by row with their numbers; no blank ones."""


def read_sheets(content: IO[bytes], name: str) -> Iterator[Sheet]:
    """The sheets of a workbook, each to be read before the next one.

    What stands in a cell that is merged over several rows stands in each of them.

    Raises:
        NotAWorkbook, HoldsMacros, WorkbookTooLarge: it is not read; their rows raise the first as well.
    """
    try:
        _check(content, name)
        content.seek(0)
        book = openpyxl.load_workbook(content, read_only=True, keep_links=False)
    except _BROKEN as error:
        raise NotAWorkbook(name=name) from error
    for sheet in book.worksheets:
        yield Sheet(sheet.title, sheet.sheet_state != "visible", _cells(content, sheet, name))


def pictures_in(content: IO[bytes]) -> int:
    """How many pictures a workbook that was read holds."""
    with zipfile.ZipFile(content) as archive:
        return sum(one.startswith("xl/media/") for one in archive.namelist())


def _cells(content: IO[bytes], sheet: Any, name: str) -> Iterator[tuple[int, list[Cell]]]:  # noqa: ANN401 -- openpyxl's
    try:
        sheet.reset_dimensions()
        merged = _Merged(_merges(content, sheet._worksheet_path))  # noqa: SLF001 -- a stream tells of none
        for number, row in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS), start=1):
            cells = [_cell(one) for one in row]
            if any(one.text or one.is_formula for one in cells):
                yield number, merged.spread(number, cells)
    except _BROKEN as error:
        raise NotAWorkbook(name=name) from error


class _Merged:
    """Cells merged over several rows, by row and column of their first one, and the last row of each."""

    def __init__(self, last_rows: Mapping[tuple[int, int], int]) -> None:
        self.last_rows = last_rows
        self.held: dict[int, tuple[int, Cell]] = {}

    def spread(self, number: int, cells: list[Cell]) -> list[Cell]:
        """The cells of a row, with what stands merged above them."""
        for place, cell in enumerate(cells):
            if last := self.last_rows.get((number, place)):
                self.held[place] = last, replace(cell, is_below=True)
        return [
            self.held[place][1] if self._is_below(number, place) and not cell.text else cell
            for place, cell in enumerate(cells)
        ]

    def _is_below(self, number: int, place: int) -> bool:
        return place in self.held and (number, place) not in self.last_rows and number <= self.held[place][0]


def _merges(content: IO[bytes], path: str) -> dict[tuple[int, int], int]:
    """The last row of each cell of a sheet that is merged over several, by its row and column from 0."""
    found: dict[tuple[int, int], int] = {}
    with zipfile.ZipFile(content) as archive, archive.open(path) as sheet:
        for _event, element in iterparse(sheet, forbid_entities=True):
            if element.tag.rpartition("}")[2] == "mergeCell" and len(found) < MOST_MERGED:
                left, top, _right, bottom = range_boundaries(element.get("ref", ""))
                if top is not None and left is not None and bottom is not None and bottom > top:
                    found[top, left - 1] = bottom
            element.clear()
    return found


def _cell(cell: Any) -> Cell:  # noqa: ANN401 -- openpyxl's, empty or not
    is_formula = cell.data_type == "f"
    is_date = isinstance(cell.value, datetime | date | time)
    return Cell("" if is_formula else cell_text(cell.value), is_formula, is_date, cell.data_type == "e")


def _rows(content: IO[bytes]) -> Iterator[tuple[int, dict[str, str]]]:
    book = openpyxl.load_workbook(content, read_only=True, keep_links=False, data_only=True)
    sheet = book.worksheets[0]
    # What a sheet says of its own size may be a lie, and would be believed.
    sheet.reset_dimensions()
    rows = sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True)
    headings = [cell_text(value) for value in next(rows, ())]
    for number, row in enumerate(rows, start=2):
        cells = [cell_text(value) for value in row]
        if any(cells):
            yield number, {name: cell for name, cell in zip(headings, cells, strict=False) if name or cell}


def _check(workbook: Path | IO[bytes], name: str) -> None:
    with zipfile.ZipFile(workbook) as archive:
        parts = archive.infolist()
    sizes = {part.filename: part.file_size for part in parts}
    if _BOOK not in sizes:
        raise NotAWorkbook(name=name)
    if any(one.lower().endswith("vbaproject.bin") for one in sizes):
        raise HoldsMacros(name=name)
    total = sum(part.file_size for part in parts)
    if len(parts) > MOST_PARTS or total > MOST_UNPACKED_BYTES or sizes.get(_SHARED, 0) > MOST_SHARED_BYTES:
        raise WorkbookTooLarge(name=name)


def template(
    columns: Sequence[str],
    examples: Sequence[Mapping[str, str]],
    codes: Mapping[str, Sequence[tuple[str, str]]],
    titles: tuple[str, str],
) -> bytes:
    """A workbook to fill in: examples on the first sheet, and on the second the codes with what they mean.

    A column whose name stands in *codes* offers them in a list. All cells are text, so that no number
    or date is rewritten.
    """
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = titles[0]
    sheet.append(list(columns))
    for one in examples:
        sheet.append([one.get(name, "") for name in columns])
    listed = book.create_sheet(titles[1])
    for place, (name, pairs) in enumerate(codes.items()):
        column = 3 * place + 1
        _write(listed, column, [(name, ""), *pairs])
        letter = get_column_letter(column)
        offer = DataValidation(
            type="list", formula1=f"'{titles[1]}'!${letter}$2:${letter}${len(pairs) + 1}", allow_blank=True
        )
        offer.showErrorMessage = False
        sheet.add_data_validation(offer)
        at = get_column_letter(list(columns).index(name) + 1)
        offer.add(f"{at}2:{at}5000")
    for place in range(1, len(columns) + 1):
        sheet.column_dimensions[get_column_letter(place)].width = 18
    sheet.freeze_panes = "A2"
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _write(sheet: Any, column: int, pairs: Sequence[tuple[str, str]]) -> None:  # noqa: ANN401 -- openpyxl's worksheet
    for row, (code, name) in enumerate(pairs, start=1):
        sheet.cell(row, column, code)
        sheet.cell(row, column + 1, name)
