"""The parts of a Word file, which is an archive of XML from outside."""

import posixpath
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from library.documents.errors import DamagedOffice, MacrosInside, OutsideParts, SwollenOffice
from library.documents.office import look_into, main_part
from library.formats.compound import refuse_compound
from library.formats.docx.errors import DamagedWord, NamesOthers, NotWord, OldWord, RefusedWord
from library.formats.docx.names import value

_EDGES = ("header", "footer", "footnotes", "endnotes", "comments")
LARGEST_PICTURE = 30 << 20
DEEPEST = 200
_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, ParseError, KeyError, ValueError, OSError, EOFError),
    *(NotImplementedError, RuntimeError),
)
"""What zipfile and parsers raise on damaged or locked files."""


@dataclass(frozen=True, slots=True)
class Word:
    """A Word file whose size and parts were judged."""

    archive: zipfile.ZipFile
    body: Element
    numbering: Element | None
    styles: Element | None
    targets: Mapping[str, str]
    """By the relation's id: the part it leads to. What lies outside the file is not among them."""

    def picture(self, relation: str) -> bytes | None:
        """The bytes that a picture's relation leads to; None where there are none, or too many."""
        name = self.targets.get(relation, "")
        try:
            part = self.archive.getinfo(name)
            return self.archive.read(part) if part.file_size <= LARGEST_PICTURE else None
        except (KeyError, *_BROKEN):
            return None

    def media(self) -> Iterator[bytes]:
        """All pictures that the file holds."""
        for part in self.archive.infolist():
            if part.filename.startswith("word/media/") and part.file_size <= LARGEST_PICTURE:
                with suppress(*_BROKEN):
                    yield self.archive.read(part)

    @property
    def margins(self) -> list[str]:
        """The parts that stand at the edges of the pages, not in the text."""
        edges = tuple(f"word/{one}" for one in _EDGES)
        return [name for name in self.archive.namelist() if name.startswith(edges) and name.endswith(".xml")]

    def xml(self, name: str) -> Element:
        """Another part of the file."""
        return _part(self.archive, name)


def opened(content: bytes) -> Word:
    """The Word file *content*.

    Raises:
        OldWord, LockedFile, NotWord, DamagedWord, NamesOthers: it is none that can be read.
        RefusedWord: it brings programs along, or unpacks to more than is taken.
    """
    refuse_compound(content, OldWord)
    try:
        # What would be loaded from elsewhere is not loaded: it is missing, and said to be.
        with suppress(OutsideParts):
            if look_into(BytesIO(content)) is None:
                raise NotWord
        archive = zipfile.ZipFile(BytesIO(content))
        main = main_part(archive)
        if not main.startswith("word/"):
            raise NotWord
        return _word(archive, main)
    except DamagedOffice as error:
        raise _reason(error, content) from error
    except (MacrosInside, SwollenOffice) as refusal:
        raise RefusedWord(reason=str(refusal)) from refusal
    except _BROKEN as error:
        raise DamagedWord from error


def _word(archive: zipfile.ZipFile, main: str) -> Word:
    names = set(archive.namelist())
    folder, _slash, name = main.rpartition("/")
    relations = f"{folder}/_rels/{name}.rels"
    inside = [
        one
        for one in (_part(archive, relations) if relations in names else ())
        if value(one, "TargetMode") != "External"
    ]

    def target(one: Element) -> str:
        return posixpath.normpath(posixpath.join("/", folder, value(one, "Target")))[1:]

    def related(kind: str) -> Element | None:
        said = (target(one) for one in inside if value(one, "Type").endswith(f"/{kind}"))
        part = next(said, f"{folder}/{kind}.xml")
        return _part(archive, part) if part in names else None

    root = _part(archive, main)
    body = next((one for one in root if str(one.tag).endswith("}body")), root)
    targets = {value(one, "Id"): target(one) for one in inside}
    return Word(archive, body, related("numbering"), related("styles"), targets)


def _reason(error: DamagedOffice, content: bytes) -> DamagedWord | NamesOthers | NotWord:
    if isinstance(error.__cause__, DefusedXmlException):
        return NamesOthers()
    return DamagedWord() if content.startswith(b"PK") else NotWord()


def _part(archive: zipfile.ZipFile, name: str) -> Element:
    try:
        root: Element = fromstring(archive.read(name), forbid_entities=True, forbid_external=True)
    except DefusedXmlException as error:
        raise NamesOthers from error
    level = [root]
    for _depth in range(DEEPEST):
        level = [one for above in level for one in above]
        if not level:
            return root
    raise DamagedWord
