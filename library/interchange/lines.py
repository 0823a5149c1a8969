"""Files as streams of lines: JSON Lines and CSV, plain or gzipped, and workbooks.

Text is UTF-8, with or without a mark, or GB18030, which Chinese offices write: the file tells by its lines.
"""

import csv
import gzip
import hashlib
import json
import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import IO, Any, cast

from library.interchange.errors import BadFile, BadLine, LineTooLong, NotJson, NotText, UnknownForm
from library.interchange.workbooks import read_rows

LONGEST_LINE_BYTES = 4 << 20
_CHUNK = 1 << 20
_LISTS = frozenset({"keywords", "knowledge_points"})
_SEPARATORS = ";；"
UTF_8, GB18030 = "utf-8", "gb18030"
_MARK = b"\xef\xbb\xbf"
MOST_SAMPLED = 200
"""So many lines with more than ASCII in them tell the encoding of a file."""
csv.field_size_limit(LONGEST_LINE_BYTES)


class Form(StrEnum):
    """How a file is written."""

    JSON_LINES = "jsonl"
    CSV = "csv"
    WORKBOOK = "xlsx"


_FORMS = {
    ".jsonl": Form.JSON_LINES,
    ".ndjson": Form.JSON_LINES,
    ".json": Form.JSON_LINES,
    ".csv": Form.CSV,
    ".xlsx": Form.WORKBOOK,
    ".xlsm": Form.WORKBOOK,
}


def form_named(name: str) -> Form:
    """The form of a file that a person calls *name*.

    Raises:
        UnknownForm: it ends in nothing that is read here.
    """
    suffix = Path(name).suffix.lower()
    if suffix not in _FORMS:
        raise UnknownForm(name=name[:100])
    return _FORMS[suffix]


@dataclass(frozen=True, slots=True)
class ReadLine:
    """One line of a file: what it says, or why it cannot be read."""

    number: int
    """Counted from 1, as an editor shows it."""
    value: dict[str, Any] | None
    problem: BadLine | None = None


def sha256_of(path: Path) -> str:
    """The file's SHA-256 in hexadecimal."""
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def read_lines(path: Path, form: Form | None = None) -> Iterator[ReadLine]:
    """The lines of a file; without *form*, its name tells; ``.gz`` is unpacked on the way.

    Raises:
        BadFile: the file cannot be opened, or its compression is damaged.
    """
    form = form or next((_FORMS[one] for one in path.suffixes if one in _FORMS), Form.JSON_LINES)
    try:
        if form is Form.WORKBOOK:
            for number, row in read_rows(path):
                yield _tried(number, lambda row=row: _from_row(row))  # type: ignore[misc] # the default binds early
            return
        encoding = _encoding(path)
        with _opened(path) as content:
            reader = _csv_lines if form is Form.CSV else _json_lines
            yield from reader(content, encoding)
    except (OSError, EOFError, zlib.error) as error:
        raise BadFile(name=path.name, reason=str(error)) from error


def _opened(path: Path) -> IO[bytes]:
    return cast("IO[bytes]", gzip.open(path)) if path.suffix == ".gz" else path.open("rb")


def _encoding(path: Path) -> str:
    """What most of the first lines with more than ASCII can be read as: one broken line decides nothing."""
    readable = broken = 0
    with _opened(path) as content:
        while readable + broken < MOST_SAMPLED and (raw := content.readline(LONGEST_LINE_BYTES)):
            if raw.isascii():
                continue
            if _is(raw, UTF_8):
                readable += 1
            elif _is(raw, GB18030):
                broken += 1
    return GB18030 if broken > readable else UTF_8


def _is(raw: bytes, encoding: str) -> bool:
    try:
        raw.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _raw_lines(content: IO[bytes]) -> Iterator[tuple[int, bytes | None]]:
    """Each line with its number; None for one that nobody reads to its end."""
    number = 0
    while raw := content.readline(LONGEST_LINE_BYTES + 1):
        number += 1
        if len(raw) > LONGEST_LINE_BYTES:
            while raw and not raw.endswith(b"\n"):
                raw = content.readline(_CHUNK)
            yield number, None
        else:
            yield number, raw.removeprefix(_MARK) if number == 1 else raw


def _json_lines(content: IO[bytes], encoding: str) -> Iterator[ReadLine]:
    for number, raw in _raw_lines(content):
        if raw is None:
            yield ReadLine(number, None, LineTooLong(limit=LONGEST_LINE_BYTES))
        elif text := raw.strip():
            yield _tried(number, lambda text=text: _json_object(text, encoding))  # type: ignore[misc] # the default binds early


def _json_object(text: bytes, encoding: str) -> dict[str, Any]:
    try:
        value = json.loads(text.decode(encoding))
    except UnicodeDecodeError as error:
        raise NotText from error
    except (ValueError, RecursionError) as error:
        raise NotJson(reason=str(error)[:100]) from error
    if not isinstance(value, dict):
        raise NotJson(reason=type(value).__name__)
    return value


def _csv_lines(content: IO[bytes], encoding: str) -> Iterator[ReadLine]:
    too_long: list[int] = []

    def texts() -> Iterator[str]:
        for number, raw in _raw_lines(content):
            if raw is None:
                too_long.append(number)
                # The reader counts it, and takes it for an empty line.
                yield "\n"
            else:
                yield raw.decode(encoding, errors="replace")

    rows = csv.DictReader(texts())
    while True:
        try:
            row = next(rows, None)
        except csv.Error as error:
            yield ReadLine(rows.line_num, None, NotJson(reason=str(error)[:100]))
            continue
        yield from (ReadLine(one, None, LineTooLong(limit=LONGEST_LINE_BYTES)) for one in too_long)
        too_long.clear()
        if row is None:
            return
        yield _tried(rows.line_num, lambda row=row: _from_row(row))  # type: ignore[misc] # the default binds early


def _from_row(row: dict[str, Any]) -> dict[str, Any]:
    if None in row or "�" in "".join(str(cell) for cell in row.values()):
        raise NotText
    found: dict[str, Any] = {}
    for name, cell in row.items():
        text = (cell or "").strip()
        if not text:
            continue
        if name in _LISTS:
            found[name] = [part.strip() for part in re.split(f"[{_SEPARATORS}]", text) if part.strip()]
        elif name == "grades":
            first, _, last = text.partition("-")
            found[name] = [first.strip(), (last or first).strip()]
        else:
            found[name] = text
    return found


def _tried(number: int, read: Callable[[], dict[str, Any]]) -> ReadLine:
    try:
        return ReadLine(number, read())
    except BadLine as problem:
        return ReadLine(number, None, problem)
