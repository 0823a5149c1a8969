"""A table of questions, one a row, by headings in Chinese or English, in any order."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain

from core.errors import DomainError
from library.formats.compound import refuse_compound
from library.formats.errors import BadQuestion
from library.formats.papers.drafts import About, Draft
from library.formats.papers.lines import folded, kinds_named
from library.formats.papers.making import record_of, recorded_about
from library.formats.papers.text import lines_in, text_of
from library.formats.papers.vocabulary import LABELS, STIMULUS_LABELS, Field
from library.formats.reading import Fate, Note, Reading, ReadQuestion
from library.formats.sheets.columns import ABOUT, HEADS, LETTERS, SPARE
from library.formats.sheets.errors import (
    BrokenLetters,
    DateInCell,
    ErrorInCell,
    FormulaInCell,
    HeadingTwice,
    MergedWords,
    NoHeadings,
    OldWorkbook,
    OpenQuote,
    TooManyRows,
    UnreadableWorkbook,
)
from library.interchange.errors import BadFile as BadWorkbook
from library.interchange.workbooks import Cell, pictures_in, read_sheets
from library.items.records import StimulusRecord

MOST_ROWS = 5_000
LOOKED_FOR_HEADS = 10
"""So many rows, a title perhaps, may stand above the headings."""
LONGEST_EXCERPT = 120
_LOST = "\N{REPLACEMENT CHARACTER}"
_HELD_BY = {name.casefold(): held for held, names in HEADS.items() for name in names}
Row = tuple[int, list[Cell]]


@dataclass(slots=True)
class _Columns:
    """What the columns hold, by their place."""

    held: dict[int, str]
    names: dict[int, str]
    unknown: list[str] = field(default_factory=list)


def read_workbook(content: bytes) -> Reading:
    """The questions of the sheets of an Excel workbook; what is not read of it is told.

    Raises:
        OldWorkbook, LockedFile, UnreadableWorkbook: it is not read.
        NoHeadings, HeadingTwice, TooManyRows: its rows are not.
    """
    refuse_compound(content, OldWorkbook)
    try:
        return _of_all_sheets(io.BytesIO(content))
    except BadWorkbook as refusal:
        raise UnreadableWorkbook(reason=str(refusal)) from refusal


def _of_all_sheets(content: io.BytesIO) -> Reading:
    found: list[Reading] = []
    unread: list[str] = []
    for place, sheet in enumerate(read_sheets(content, "xlsx")):
        first = next(sheet.rows, None)
        if first is None:
            continue
        reading = None if sheet.is_hidden else _of_sheet(chain([first], sheet.rows), place)
        if reading is None:
            unread.append(sheet.title[:60])
        else:
            found.append(reading)
    if not found:
        raise NoHeadings
    questions = [one for reading in found for one in reading.questions]
    if len(questions) > MOST_ROWS:
        raise TooManyRows(limit=MOST_ROWS)
    notes = [note for reading in found for note in reading.notes]
    if unread:
        notes.append(Note(Fate.DROPPED, "sheet", "sheets-without-questions", {"names": unread}))
    if pictures := pictures_in(content):
        notes.append(Note(Fate.DROPPED, "pictures", "in-workbook", {"count": pictures}))
    return Reading(questions, [one for reading in found for one in reading.stimuli], notes)


def _of_sheet(rows: Iterable[Row], place: int) -> Reading | None:
    """The questions of a sheet, under names of its own; None where it has no headings."""
    try:
        reading = _reading(rows, first=place * MOST_ROWS)
    except NoHeadings:
        return None
    if place == 0:
        return reading
    return replace(reading, questions=[_named(one, f"sheet-{place + 1}") for one in reading.questions])


def _named(question: ReadQuestion, sheet: str) -> ReadQuestion:
    if question.record is None:
        return question
    name = {"identifier": f"{sheet}-{question.record.identifier}"}
    return replace(question, record=question.record.model_copy(update=name))


def read_csv(content: bytes) -> Reading:
    """The questions of a CSV file, in UTF-8, UTF-16 or GB18030, with commas, semicolons or tabs.

    Raises:
        UnknownEncoding: it is no text.
        NoHeadings, HeadingTwice, OpenQuote, TooManyRows: its rows are not read.
    """
    said, notes = text_of(content)
    text = "\n".join(lines_in(said))
    first = text.partition("\n")[0]
    between = max(",;\t", key=first.count)
    _check_quotes(text, between)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=between)
    cells = ((rows.line_num, [Cell(cell.strip()) for cell in row]) for row in rows if any(row))
    try:
        reading = _reading(cells)
    except csv.Error as error:
        raise UnreadableWorkbook(reason=str(error)) from error
    return replace(reading, notes=[*notes, *reading.notes])


def _check_quotes(text: str, between: str) -> None:
    """Refuse a table whose last cell was never closed: a quotation mark behind it would close it.

    Raises:
        OpenQuote: it is one.
    """
    if text.count('"') % 2 == 0:
        return
    begin, line, last = 1, 1, list[str]()
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=between)
    try:
        for row in rows:
            begin, line, last = line, rows.line_num + 1, row
    except csv.Error as error:
        # The cell has grown longer than any is.
        raise OpenQuote(line=line) from error
    closed = list(csv.reader(io.StringIO(f'{text}"{between}z', newline=""), delimiter=between))
    if closed[-1] == [*last, "z"]:
        raise OpenQuote(line=begin)


def _reading(rows: Iterable[Row], first: int = 0) -> Reading:
    """The questions of a table; what they are about is counted from *first* on."""
    rows = iter(rows)
    columns = _columns(rows)
    questions: list[ReadQuestion] = []
    stimuli: dict[str, StimulusRecord] = {}
    about: About | None = None
    merged: set[str] = set()
    for number, cells in rows:
        if len(questions) >= MOST_ROWS:
            raise TooManyRows(limit=MOST_ROWS)
        said = _said(columns, cells)
        merged |= {
            columns.names[place] for place in columns.held if place < len(cells) and cells[place].is_below
        }
        if not any(said.values()) and not any(one.is_formula for one in cells):
            continue
        about = _about(about, said.get(ABOUT, ""), first + number)
        draft = _draft(number, said, about)
        questions.append(_question(draft, _problem(columns, number, cells), said, stimuli))
    if not questions:
        raise NoHeadings
    notes = [Note(Fate.DROPPED, "column", "unknown-column", {"name": name}) for name in columns.unknown]
    notes += [Note(Fate.CHANGED, "column", "merged", {"name": name}) for name in sorted(merged)]
    return Reading(questions, list(stimuli.values()), notes)


def _columns(rows: Iterator[Row]) -> _Columns:
    for _tried, (_number, cells) in zip(range(LOOKED_FOR_HEADS), rows, strict=False):
        names = {place: cell.text for place, cell in enumerate(cells) if cell.text}
        held = {place: held for place, name in names.items() if (held := _holds(name))}
        if Field.STEM not in held.values():
            continue
        for place, what in held.items():
            if what != SPARE and list(held.values()).count(what) > 1:
                raise HeadingTwice(name=names[place][:40])
        unknown = [name[:60] for place, name in names.items() if place not in held]
        return _Columns(held, names, unknown)
    raise NoHeadings


def _holds(name: str) -> str:
    plain = " ".join(folded(name).split()).casefold().strip("*: ")
    return str(_HELD_BY.get(plain, ""))


def _said(columns: _Columns, cells: Sequence[Cell]) -> dict[str, str]:
    """What a row says, by what its columns hold."""
    return {
        held: "\n".join(lines_in(cells[place].text)).strip()
        for place, held in columns.held.items()
        if held != SPARE and place < len(cells)
    }


def _problem(columns: _Columns, row: int, cells: Sequence[Cell]) -> BadQuestion | None:
    for place, cell in enumerate(cells):
        name = columns.names.get(place, "")
        if columns.held.get(place, SPARE) == SPARE:
            continue
        if cell.is_below and columns.held[place] == Field.STEM:
            return MergedWords(row=row, column=name)
        if cell.is_formula:
            return FormulaInCell(row=row, column=name)
        if cell.is_date:
            return DateInCell(row=row, column=name, text=cell.text)
        if cell.is_error:
            return ErrorInCell(row=row, column=name, text=cell.text)
        if _LOST in cell.text:
            return BrokenLetters(row=row, column=name)
    return None


def _about(before: About | None, text: str, row: int) -> About | None:
    """What the question of a row is about: the same text as in the row above is the same thing."""
    if not text:
        return None
    return before if before and before.text == text else About(row, text.split("\n"))


def _draft(number: int, said: Mapping[str, str], about: About | None) -> Draft:
    draft = Draft(number, str(number), about=about)
    draft.stem = [said.get(Field.STEM, "")]
    draft.choices = [(letter, [said[letter]]) for letter in LETTERS if said.get(letter)]
    for part in Field:
        if part is not Field.STEM and said.get(part):
            draft.fields[part] = [said[part]]
    kinds = kinds_named(draft.said(Field.KIND))
    if len(kinds) > 1:
        # A word for several kinds leaves it to the answer.
        draft.kinds, _word = kinds, draft.fields.pop(Field.KIND)
    return draft


def _question(
    draft: Draft, problem: BadQuestion | None, said: Mapping[str, str], stimuli: dict[str, StimulusRecord]
) -> ReadQuestion:
    source = written(draft.number, said)
    read = ReadQuestion(
        draft.place, said.get(Field.STEM, "")[:LONGEST_EXCERPT] or source[:LONGEST_EXCERPT], source=source
    )
    if problem is not None:
        return ReadQuestion(read.place, read.excerpt, problem=problem, source=source)
    try:
        if draft.about and draft.about.identifier not in stimuli:
            stimuli[draft.about.identifier] = recorded_about(draft.about, {})
        record, notes = record_of(draft, {})
    except DomainError as refusal:
        return ReadQuestion(read.place, read.excerpt, problem=refusal, source=source)
    return ReadQuestion(read.place, read.excerpt, record, notes=notes, source=source)


def written(number: str, said: Mapping[str, str]) -> str:
    """A row as a paper would have it, so that it can be corrected and read again."""
    about = said.get(ABOUT)
    lines = [f"{STIMULUS_LABELS[1]}：", *about.split("\n")] if about else []
    lines.append(f"{number}. {said.get(Field.STEM, '')}")
    lines += [f"{letter}. {said[letter]}" for letter in LETTERS if said.get(letter)]
    lines += [
        f"{LABELS[part][0]}：{said[part]}" for part in Field if part is not Field.STEM and said.get(part)
    ]
    return "\n".join(lines)
