"""Word, PowerPoint and Excel files: what they say, read from their parts. Nothing in them is run or fetched.

They are ZIP archives of XML. An archive may claim any size, so what is read is bounded by the sizes that it
declares, beyond which the standard library does not read; XML that declares entities is refused.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from xml.etree.ElementTree import Element, ParseError

import openpyxl
from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring, iterparse

from library.documents.contents import LONGEST_TEXT, Contents
from library.documents.errors import DamagedOffice, MacrosInside, OutsideParts, SwollenOffice

TYPES, _RELATIONS = "[Content_Types].xml", "_rels/.rels"
OFFICE = "application/vnd.openxmlformats-officedocument"
WORDS, SLIDE_SHOW, SHEETS = (
    f"{OFFICE}.{kind}"
    for kind in ("wordprocessingml.document", "presentationml.presentation", "spreadsheetml.sheet")
)
MAIN_PARTS = {"word/document.xml": WORDS, "ppt/presentation.xml": SLIDE_SHOW, "xl/workbook.xml": SHEETS}
"""As they are called nearly always; Word on the web counts on."""
MOST_PARTS = 5000
LARGEST_XML = 30 << 20
LARGEST_WHOLE = 1 << 30
MOST_CELLS = 200_000
MOST_COLUMNS = 256
MOST_PICTURES = 12
LARGEST_PICTURE = 10 << 20
_SLIDE = re.compile(r"ppt/slides/slide(\d+)\.xml")
_PICTURE = re.compile(r"(?:word|ppt|xl)/media/[^/]+\.(?:png|jpe?g)", re.IGNORECASE)
_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, ParseError, DefusedXmlException),
    *(KeyError, ValueError, OSError, EOFError),
)
"""What the readers raise for broken or hostile content."""


@dataclass(frozen=True, slots=True)
class _Names:
    """The elements that hold text in one of the vocabularies."""

    text: str
    paragraph: str
    gaps: frozenset[str]


_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
WORD = _Names(f"{_WORD}t", f"{_WORD}p", frozenset({f"{_WORD}tab", f"{_WORD}br", f"{_WORD}cr"}))
SLIDES = _Names(f"{_DRAWING}t", f"{_DRAWING}p", frozenset({f"{_DRAWING}br"}))


def look_into(content: IO[bytes]) -> str | None:
    """The media type of the Office file *content*; None if it is another ZIP archive.

    Raises:
        MacrosInside: it brings programs along.
        OutsideParts: it loads parts from elsewhere when it is opened.
        SwollenOffice: it unpacks to more than is taken.
        DamagedOffice: its parts cannot be read.
    """
    try:
        with zipfile.ZipFile(content) as archive:
            names = set(archive.namelist())
            if TYPES not in names:
                return None
            _check_size(archive)
            folder = main_part(archive).partition("/")[0]
            found = next((kind for part, kind in MAIN_PARTS.items() if part.startswith(f"{folder}/")), None)
            if found is None:
                return None
            if b"macroEnabled" in archive.read(TYPES) or any(one.endswith("vbaProject.bin") for one in names):
                raise MacrosInside
            for name in names:
                if name.endswith(".rels"):
                    _check_relations(archive, name)
            return found
    except _BROKEN as error:
        raise DamagedOffice from error


def main_part(archive: zipfile.ZipFile) -> str:
    """The part with which an Office file begins, as it says itself; empty where there is none.

    Its parts are read: judge their sizes before.
    """
    names = archive.namelist()
    if _RELATIONS in names:
        for one in fromstring(archive.read(_RELATIONS)):
            if one.get("Type", "").endswith("/officeDocument") and one.get("Target", "").lstrip("/") in names:
                return one.get("Target", "").lstrip("/")
    found = [one for one in MAIN_PARTS if one in names]
    return found[0] if len(found) == 1 else ""


def _check_size(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    xml = (one.file_size for one in parts if one.filename.endswith((".xml", ".rels")))
    if (
        len(parts) > MOST_PARTS
        or max(xml, default=0) > LARGEST_XML
        or sum(one.file_size for one in parts) > LARGEST_WHOLE
    ):
        raise SwollenOffice


def _check_relations(archive: zipfile.ZipFile, name: str) -> None:
    """A link that a person follows is fine; a template, picture or object from elsewhere loads by itself."""
    for relation in fromstring(archive.read(name)):
        outside = relation.get("TargetMode") == "External"
        if outside and not relation.get("Type", "").endswith("/hyperlink"):
            raise OutsideParts


def read_office(source: Path) -> Contents:
    """What the Office file at *source* says, slide by slide or sheet by sheet.

    Raises:
        DamagedOffice: its parts cannot be read.
        MacrosInside, OutsideParts, SwollenOffice: see ``look_into``.
    """
    with source.open("rb") as content:
        media_type = look_into(content)
    if media_type is None:
        raise DamagedOffice
    try:
        with zipfile.ZipFile(source) as archive:
            if media_type == WORDS:
                texts, pages = [_text(archive, main_part(archive), WORD)], _pages(archive)
            elif media_type == SLIDE_SHOW:
                texts = [_text(archive, name, SLIDES) for name in _slides(archive)]
                pages = len(texts)
            else:
                texts, pages = list(_sheets(source)), None
            title, author = _about(archive)
    except _BROKEN as error:
        raise DamagedOffice from error
    return Contents(pages or None, tuple(texts), title, author)


def pictures_of(source: Path) -> Iterator[bytes]:
    """The first pictures inside, as they are; what reads them must trust nothing."""
    with zipfile.ZipFile(source) as archive:
        parts = [one for one in archive.infolist() if _PICTURE.fullmatch(one.filename)]
        for part in parts[:MOST_PICTURES]:
            if part.file_size <= LARGEST_PICTURE:
                yield archive.read(part)


def _text(archive: zipfile.ZipFile, name: str, names: _Names) -> str:
    """The paragraphs of a part, one a line; elements are let go as soon as they are read."""
    said: list[str] = []
    length = 0
    with archive.open(name) as part:
        for _event, element in iterparse(part):
            piece = _said_by(element, names)
            said.append(piece)
            length += len(piece)
            if element.tag == names.paragraph:
                element.clear()
            if length > LONGEST_TEXT:
                break
    return re.sub(r"\n{3,}", "\n\n", "".join(said)).strip()[:LONGEST_TEXT]


def _said_by(element: Element, names: _Names) -> str:
    if element.tag == names.text:
        return element.text or ""
    if element.tag == names.paragraph:
        return "\n"
    return " " if element.tag in names.gaps else ""


def _slides(archive: zipfile.ZipFile) -> list[str]:
    found = (_SLIDE.fullmatch(name) for name in archive.namelist())
    return [match[0] for match in sorted((one for one in found if one), key=lambda one: int(one[1]))]


def _sheets(source: Path) -> Iterator[str]:
    # From a stream: stored files have no ending, which the library asks of a path.
    with source.open("rb") as content:
        book = openpyxl.load_workbook(content, read_only=True, data_only=True, keep_links=False)
        left = MOST_CELLS
        for sheet in book.worksheets:
            lines = [sheet.title]
            for row in sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS):
                left -= len(row)
                if left < 0:
                    break
                if any(value is not None for value in row):
                    lines.append("\t".join("" if value is None else str(value) for value in row).rstrip())
            yield "\n".join(lines)
        book.close()


def _pages(archive: zipfile.ZipFile) -> int | None:
    """How many pages Word counted when it saved last."""
    told = next((one.text for one in _parts(archive, "docProps/app.xml") if one.tag.endswith("}Pages")), None)
    return int(told) if told and told.isascii() and told.isdigit() else None


def _about(archive: zipfile.ZipFile) -> tuple[str, str]:
    told = {one.tag.rpartition("}")[2]: one.text or "" for one in _parts(archive, "docProps/core.xml")}
    return told.get("title", "").strip(), told.get("creator", "").strip()


def _parts(archive: zipfile.ZipFile, name: str) -> list[Element]:
    return list(fromstring(archive.read(name))) if name in archive.namelist() else []
