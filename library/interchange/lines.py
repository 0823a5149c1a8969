"""Files as streams of lines: JSON Lines and CSV, plain or gzipped."""

import csv
import gzip
import hashlib
import json
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import TextIOWrapper
from pathlib import Path
from typing import IO, Any, cast

from library.interchange.errors import BadFile, BadLine, LineTooLong, NotJson, NotText

LONGEST_LINE_BYTES = 4 << 20
_CHUNK = 1 << 20
_LISTS = frozenset({"keywords", "knowledge_points"})
_SEPARATOR = ";"


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


def read_lines(path: Path) -> Iterator[ReadLine]:
    """The lines of a JSON Lines or CSV file; ``.gz`` is unpacked on the way.

    Raises:
        BadFile: the file cannot be opened, or its compression is damaged.
    """
    reader = _csv_lines if ".csv" in path.suffixes else _json_lines
    try:
        with _opened(path) as content:
            yield from reader(content)
    except (OSError, EOFError, zlib.error) as error:
        raise BadFile(name=path.name, reason=str(error)) from error


def _opened(path: Path) -> IO[bytes]:
    return cast("IO[bytes]", gzip.open(path)) if path.suffix == ".gz" else path.open("rb")


def _json_lines(content: IO[bytes]) -> Iterator[ReadLine]:
    number = 0
    while raw := content.readline(LONGEST_LINE_BYTES + 1):
        number += 1
        if len(raw) > LONGEST_LINE_BYTES:
            _skip_rest(content, raw)
            yield ReadLine(number, None, LineTooLong(limit=LONGEST_LINE_BYTES))
        elif text := raw.strip():
            yield _tried(number, lambda text=text: _json_object(text))  # type: ignore[misc] # the default binds early


def _skip_rest(content: IO[bytes], raw: bytes) -> None:
    while raw and not raw.endswith(b"\n"):
        raw = content.readline(_CHUNK)


def _json_object(text: bytes) -> dict[str, Any]:
    try:
        value = json.loads(text.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise NotText from error
    except (ValueError, RecursionError) as error:
        raise NotJson(reason=str(error)[:100]) from error
    if not isinstance(value, dict):
        raise NotJson(reason=type(value).__name__)
    return value


def _csv_lines(content: IO[bytes]) -> Iterator[ReadLine]:
    text = TextIOWrapper(content, "utf-8-sig", errors="replace", newline="")
    rows = csv.DictReader(text)
    try:
        for row in rows:
            yield _tried(rows.line_num, lambda row=row: _from_row(row))  # type: ignore[misc] # the default binds early
    finally:
        text.detach()


def _from_row(row: dict[str, Any]) -> dict[str, Any]:
    if None in row or "�" in "".join(str(cell) for cell in row.values()):
        raise NotText
    found: dict[str, Any] = {}
    for name, cell in row.items():
        text = (cell or "").strip()
        if not text:
            continue
        if name in _LISTS:
            found[name] = [part.strip() for part in text.split(_SEPARATOR) if part.strip()]
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
