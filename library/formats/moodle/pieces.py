"""A file of Moodle XML cut into its questions, each parsed by itself: one that is broken spoils no other."""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element, ParseError

from library.formats.encodings import decoded
from library.formats.errors import BrokenXml, CutShort, NamesOtherFiles, QuestionTooLarge, WrongFormat
from library.formats.reading import Note
from library.packages.errors import UnreadableXml
from library.packages.markup import LARGEST_BYTES, child, read_xml

ROOT = "quiz"
_DECLARATION = re.compile(rb"\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9_.-]{1,40})[\"']")
_ROOT = re.compile(r"<quiz\b([^>]{0,2000})>")
_HOSTILE = re.compile(r"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_MARK = re.compile(r"<question\b|</question\s*>|<!\[CDATA\[|<!--")
_ENDS = {"<![CDATA[": "]]>", "<!--": "-->"}


@dataclass(frozen=True, slots=True)
class Piece:
    """One ``question`` element: where it begins, and how."""

    line: int
    source: str
    root: str
    """The attributes of the root, which may name prefixes."""
    is_whole: bool

    def element(self) -> Element:
        """The element.

        Raises:
            QuestionTooLarge: it has more than is parsed at once.
            CutShort: the file ends, or the next question begins, inside it.
            BrokenXml: it is not well-formed.
        """
        if not self.is_whole:
            raise CutShort(line=self.line)
        document = f"<{ROOT}{self.root}>{self.source}</{ROOT}>".encode()
        if len(document) > LARGEST_BYTES:
            raise QuestionTooLarge(line=self.line, limit=LARGEST_BYTES >> 20)
        try:
            root = read_xml(document, "question")
        except UnreadableXml as error:
            cause = error.__cause__
            row = cause.position[0] - 1 if isinstance(cause, ParseError) else 0
            raise BrokenXml(line=self.line + row) from error
        found = child(root, "question")
        if found is None:
            raise BrokenXml(line=self.line)
        return found


def pieces_of(content: bytes) -> tuple[list[Piece], list[Note]]:
    """The questions of a file, and what is to be said of its encoding.

    Raises:
        UnknownEncoding: its letters cannot be read.
        NamesOtherFiles: it declares entities or other documents.
        WrongFormat: it is no Moodle XML.
    """
    text, notes = _text(content)
    root = _ROOT.search(text)
    if root is None:
        raise WrongFormat(format="Moodle XML")
    if _HOSTILE.search(text, 0, root.end()):
        raise NamesOtherFiles
    attributes = "" if root[1].rstrip().endswith("/") else root[1]
    return list(_cut(text, root.end(), attributes)), notes


def _text(content: bytes) -> tuple[str, list[Note]]:
    declared = _DECLARATION.match(content)
    name = declared[1].decode().lower() if declared else "utf-8"
    if name not in {"utf-8", "utf8", "utf-16", "gb2312", "gbk", "gb18030"}:
        try:
            return content.decode(codecs.lookup(name).name), []
        except (LookupError, UnicodeDecodeError):
            pass
    text, notes = decoded(content)
    return text, [] if name in {"gb2312", "gbk", "gb18030", "utf-16"} else notes


def _cut(text: str, begin: int, root: str) -> Iterator[Piece]:
    opened, line, counted = -1, 1, 0
    at = begin
    while found := _MARK.search(text, at):
        mark, at = found[0], found.end()
        if mark in _ENDS:
            end = text.find(_ENDS[mark], at)
            if end < 0:
                break
            at = end + len(_ENDS[mark])
            continue
        if mark.startswith("</"):
            if opened >= 0:
                yield Piece(line, text[opened:at], root, is_whole=True)
            opened = -1
            continue
        if opened >= 0:
            yield Piece(line, text[opened : found.start()], root, is_whole=False)
        opened = found.start()
        line += text.count("\n", counted, opened)
        counted = opened
    if opened >= 0:
        yield Piece(line, text[opened:], root, is_whole=False)
