"""Common Cartridges 1.1, 1.2 and 1.3: their manifest, and what stands behind its table of contents."""

import posixpath
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import unquote, urlsplit
from xml.etree.ElementTree import Element

from library.packages.archive import Archive, folded_name
from library.packages.course import Course, Part
from library.packages.errors import (
    DamagedPackage,
    NotInPackage,
    PackageTooLarge,
    UnreadablePage,
    UnreadableXml,
    UnsafeName,
)
from library.packages.findings import Note, PartKind
from library.packages.html import LARGEST_BYTES, Page, cleaned, decoded, read_page
from library.packages.lom import read_lom
from library.packages.markup import attribute, below, child, children, kind_of, read_xml, words
from library.packages.questions import QuestionSet, read_questions
from library.resources.licences import licence_of
from library.resources.models import ResourceKind

MANIFEST = "imsmanifest.xml"
MOST_XML_BYTES = 16 << 20
MOST_QUESTIONS = 200
"""In one practice; a larger bank becomes several."""
LONGEST_TEXT = 200_000
LONGEST_TITLE = 300
DEEPEST = 20
PAGES = (".html", ".htm", ".xhtml")
PICTURES = (".jpg", ".jpeg", ".png", ".webp")
DOCUMENT = ".pdf"
MOST_PICTURES = 50
"""Beside one page."""
_ADDRESS = re.compile(r"https?://[^\s/]\S*", re.IGNORECASE)
_ROOT_TOKENS = ("$IMS-CC-FILEBASE$", "%24IMS-CC-FILEBASE%24", "$IMS_CC_FILEBASE$")
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class _Resource:
    """A resource of the manifest."""

    identifier: str
    kind: str
    href: str
    files: tuple[str, ...]
    about: dict[str, str]
    """Author, licence and description, where the resource names its own."""


def is_cartridge(manifest: Element) -> bool:
    """Whether the manifest says that it is a Common Cartridge, by its schema or by what it holds."""
    schema = words(child(manifest, "metadata", "schema")).lower()
    kinds = (attribute(one, "type").lower() for one in below(manifest, "resource"))
    return "common cartridge" in schema or any("imscc" in kind or kind.startswith("imswl") for kind in kinds)


def read_cartridge(archive: Archive, manifest: Element, on_progress: Progress) -> Course:
    """Read everything that the manifest names, in the order of its table of contents."""
    return _Reader(archive, manifest).read(on_progress)


class _Reader:
    def __init__(self, archive: Archive, manifest: Element) -> None:
        self.archive = archive
        self.manifest = manifest
        holder = child(manifest, "resources")
        base = attribute(holder, "base") if holder is not None else ""
        self.resources = {one.identifier: one for one in _resources(holder, base)}
        self.taken: set[str] = set()
        self.held: set[str] = set()
        """Files that pages show."""

    def read(self, on_progress: Progress) -> Course:
        """All parts; tells *on_progress* how many of the resources are read."""
        about, left = read_lom(child(self.manifest, "metadata"))
        parts = [Part(PartKind.METADATA, name, Note.METADATA_DROPPED) for name in left]
        if about.licence and licence_of(about.licence) is None:
            parts.append(Part(PartKind.METADATA, "rights", Note.LICENCE_AS_WRITTEN, about.licence))
        for part in self._listed():
            parts.append(part)
            on_progress(len(self.taken), max(len(self.resources), 1))
        parts += self._unlisted()
        return Course(about, tuple(parts))

    def _listed(self) -> Iterator[Part]:
        for organization in below(child(self.manifest, "organizations"), "organization"):
            for item in children(organization, "item"):
                is_root = not attribute(item, "identifierref") and not words(child(item, "title"))
                # A cartridge has one item around all others, which has no title.
                for one in children(item, "item") if is_root else [item]:
                    yield from self._item(one, 0)

    def _item(self, item: Element, depth: int) -> Iterator[Part]:
        title = cleaned(words(child(item, "title")))
        named = attribute(item, "identifierref")
        if named in self.resources:
            yield from self._parts(self.resources[named], title, depth)
        elif named:
            yield Part(PartKind.OTHER, title, Note.MISSING, named[:200], depth)
        elif title:
            yield Part(PartKind.HEADING, title[:LONGEST_TITLE], Note.HEADING, depth=depth)
        for one in children(item, "item"):
            yield from self._item(one, min(depth + 1, DEEPEST))

    def _unlisted(self) -> Iterator[Part]:
        """What the table of contents does not name: question banks, loose pages, and files."""
        for one in self.resources.values():
            if one.identifier in self.taken:
                continue
            is_held = bool(one.files) and all(name in self.held for name in one.files)
            if is_held:
                yield Part(PartKind.FILE, one.href or one.files[0], Note.HELD_BY_PAGE)
            else:
                yield from self._parts(one, "", 0)

    def _parts(self, resource: _Resource, title: str, depth: int) -> list[Part]:
        """What comes of one resource; what cannot be read is a line of the report."""
        self.taken.add(resource.identifier)
        return [
            replace(part, record=resource.about | part.record) if part.record else part
            for part in self._tried(resource, title, depth)
        ]

    def _tried(self, resource: _Resource, title: str, depth: int) -> list[Part]:
        name = title or posixpath.basename(resource.href) or resource.identifier
        try:
            return list(self._read_resource(resource, title, name, depth))
        except (NotInPackage, UnsafeName):
            note = Note.MISSING
        except PackageTooLarge:
            note = Note.TOO_LARGE
        except (DamagedPackage, UnreadableXml, UnreadablePage):
            note = Note.UNREADABLE
        return [Part(PartKind.OTHER, name[:LONGEST_TITLE], note, resource.href[:200], depth)]

    def _read_resource(self, resource: _Resource, title: str, name: str, depth: int) -> Iterator[Part]:
        kind = resource.kind
        if kind.startswith("imswl"):
            yield self._link(resource, title, depth)
        elif kind.startswith("imsdt"):
            yield from self._topic(resource, title, depth)
        elif "imsqti" in kind:
            yield from self._questions(resource, title, depth)
        elif kind.startswith("assignment"):
            yield from self._assignment(resource, title, depth)
        elif wording := _assignment_page(resource):
            # One large system keeps its assignments as a page beside a file of settings.
            task = read_page(decoded(self.archive.read(wording, most_bytes=LARGEST_BYTES)))
            yield from self._reading(PartKind.ASSIGNMENT, title or task.title or name, task, wording, depth)
        elif kind.startswith("imsbasiclti"):
            yield Part(PartKind.TOOL, name[:LONGEST_TITLE], Note.TOOL, depth=depth)
        elif kind == "webcontent" and resource.href.lower().endswith(PAGES):
            content = self.archive.read(resource.href, most_bytes=LARGEST_BYTES)
            page = read_page(decoded(content))
            yield from self._reading(PartKind.PAGE, title or page.title or name, page, resource.href, depth)
        elif kind == "webcontent":
            yield self._file(resource, name, depth)
        else:
            yield Part(PartKind.OTHER, name[:LONGEST_TITLE], Note.UNKNOWN_KIND, kind[:200], depth)

    def _xml(self, resource: _Resource) -> Element:
        name = next(
            (one for one in (resource.href, *resource.files) if one.lower().endswith((".xml", ".qti"))),
            resource.href or (resource.files or ("",))[0],
        )
        return read_xml(self.archive.read(name, most_bytes=MOST_XML_BYTES), name)

    def _link(self, resource: _Resource, title: str, depth: int) -> Part:
        root = self._xml(resource)
        address = next((attribute(one, "href") for one in below(root, "url")), "")
        title = title or cleaned(words(child(root, "title"))) or address
        if not _ADDRESS.fullmatch(address) or len(address) > 1_000:  # noqa: PLR2004 -- the column's
            return Part(PartKind.LINK, title[:LONGEST_TITLE], Note.BAD_ADDRESS, address[:200], depth)
        record = {"kind": ResourceKind.LINK.value, "title": title[:LONGEST_TITLE], "url": address}
        return Part(PartKind.LINK, title[:LONGEST_TITLE], Note.AS_IT_WAS, "", depth, _named(record, resource))

    def _topic(self, resource: _Resource, title: str, depth: int) -> list[Part]:
        root = self._xml(resource)
        title = title or cleaned(words(child(root, "title"))) or resource.identifier
        page = read_page(words(child(root, "text")))
        return self._reading(PartKind.DISCUSSION, title, page, resource.href, depth, resource.identifier)

    def _assignment(self, resource: _Resource, title: str, depth: int) -> list[Part]:
        root = self._xml(resource)
        title = title or cleaned(words(child(root, "title"))) or resource.identifier
        text = child(root, "text")
        text = child(root, "instructor_text") if text is None else text
        return self._reading(
            PartKind.ASSIGNMENT, title, read_page(words(text)), resource.href, depth, resource.identifier
        )

    def _reading(
        self, kind: PartKind, title: str, page: Page, href: str, depth: int, identifier: str = ""
    ) -> list[Part]:
        """The reading that a page becomes; a line for each further thing that happened to it."""
        title = title.strip()[:LONGEST_TITLE] or href[:LONGEST_TITLE]
        left_out = [
            Part(kind, title, Note.ACTIVE_LEFT_OUT, f"{name} × {count}", depth + 1)
            for name, count in page.lost.items()
        ]
        if not page.text:
            return [Part(kind, title, Note.NO_TEXT, "", depth), *left_out]
        pictures = tuple(found for one in page.pictures if (found := self._picture(one, href)))
        self.held.update(pictures)
        record = {
            "kind": ResourceKind.READING.value,
            "title": title,
            "body": page.text[:LONGEST_TEXT],
            "name": identifier or href,
        }
        notes = _changes(kind, page, len(pictures)) or [(Note.AS_IT_WAS, "")]
        (note, detail), *further = notes
        return [
            Part(kind, title, note, detail, depth, record, pictures[:MOST_PICTURES]),
            *(Part(kind, title, one, detail, depth + 1) for one, detail in further),
            *left_out,
        ]

    def _picture(self, address: str, href: str) -> str:
        """The file of the package behind a picture's address; empty where it is none that we take."""
        parts = urlsplit(address)
        if parts.scheme or parts.netloc:
            return ""
        path, folder = unquote(address.partition("?")[0].partition("#")[0]), posixpath.dirname(href)
        candidates = [posixpath.normpath(posixpath.join(folder, path))]
        for token in _ROOT_TOKENS:
            if token in address:
                inner = unquote(address.replace(token, "").partition("?")[0]).lstrip("/")
                candidates = [inner, f"web_resources/{inner}"]
        for one in candidates:
            if one in self.archive.members and one.lower().endswith(PICTURES):
                return one
        return ""

    def _file(self, resource: _Resource, name: str, depth: int) -> Part:
        title = posixpath.splitext(name)[0][:LONGEST_TITLE] or name[:LONGEST_TITLE]
        if resource.href not in self.archive.members:
            return Part(PartKind.FILE, title, Note.MISSING, resource.href[:200], depth)
        if resource.href.lower().endswith((*PICTURES, DOCUMENT)):
            is_document = resource.href.lower().endswith(DOCUMENT)
            kind = ResourceKind.DOCUMENT if is_document else ResourceKind.IMAGE
            record = {"kind": kind.value, "title": title}
            return Part(
                PartKind.FILE, title, Note.AS_IT_WAS, "", depth, _named(record, resource), (resource.href,)
            )
        return Part(PartKind.FILE, title, Note.FILE_TYPE, posixpath.splitext(resource.href)[1][:20], depth)

    def _questions(self, resource: _Resource, title: str, depth: int) -> Iterator[Part]:
        found = read_questions(self._xml(resource))
        title = (title or found.title or resource.identifier)[: LONGEST_TITLE - 10]
        kept = [one.record for one in found.questions if one.record is not None]
        if not kept:
            yield Part(PartKind.QUESTIONS, title, Note.NO_QUESTIONS, "", depth)
        for number, begin in enumerate(range(0, len(kept), MOST_QUESTIONS), start=1):
            name = title if len(kept) <= MOST_QUESTIONS else f"{title} ({number})"
            record: dict[str, Any] = {
                "kind": ResourceKind.PRACTICE.value,
                "title": name,
                "items": kept[begin : begin + MOST_QUESTIONS],
                "name": f"{resource.identifier}#{number}",
            }
            yield Part(PartKind.QUESTIONS, name, Note.AS_IT_WAS, "", depth, record)
        yield from _told(found, depth + 1)


def _told(found: QuestionSet, depth: int) -> Iterator[Part]:
    for one in found.questions:
        if one.note is not Note.AS_IT_WAS:
            yield Part(PartKind.QUESTION, one.title[:LONGEST_TITLE], one.note, one.detail[:200], depth)


def _changes(kind: PartKind, page: Page, pictures: int) -> list[tuple[Note, str]]:
    """What is to be said of a text that does not stay as it was."""
    notes = []
    if kind is PartKind.DISCUSSION:
        notes.append((Note.DISCUSSION_AS_TEXT, ""))
    if kind is PartKind.ASSIGNMENT:
        notes.append((Note.ASSIGNMENT_AS_TEXT, ""))
    if page.pictures:
        is_all = pictures == len(page.pictures)
        notes.append((Note.PICTURES_BESIDE if is_all else Note.PICTURES_AS_WORDS, str(len(page.pictures))))
    if len(page.text) > LONGEST_TEXT:
        notes.append((Note.TEXT_CUT, str(LONGEST_TEXT)))
    return notes


def _assignment_page(resource: _Resource) -> str:
    """The wording of an assignment that is kept as a page with settings; empty where it is none."""
    if not any(posixpath.basename(name) == "assignment_settings.xml" for name in resource.files):
        return ""
    return next((name for name in resource.files if name.lower().endswith(PAGES)), "")


def _named(record: dict[str, Any], resource: _Resource) -> dict[str, Any]:
    return record | {"name": resource.identifier}


def _resources(holder: Element | None, base: str) -> Iterator[_Resource]:
    for one in children(holder, "resource"):
        own = posixpath.join(base, attribute(one, "base"))
        files = tuple(_path(own, attribute(file, "href")) for file in children(one, "file"))
        href = _path(own, attribute(one, "href")) or next(iter(files), "")
        yield _Resource(
            attribute(one, "identifier"),
            attribute(one, "type").lower(),
            href,
            tuple(filter(None, files)),
            _own(child(one, "metadata")),
        )


def _own(metadata: Element | None) -> dict[str, str]:
    about, _left = read_lom(metadata)
    said = {"author": about.author, "licence": about.licence, "description": about.description}
    return {name: value for name, value in said.items() if value}


def _path(base: str, href: str) -> str:
    """A name in the archive; empty where it leads out of it."""
    try:
        return folded_name(posixpath.join(base, unquote(href.partition("?")[0]))) if href else ""
    except UnsafeName:
        return ""


def manifest_of(archive: Archive) -> Element | None:
    """The package's manifest, or None where there is none.

    Raises:
        UnreadableXml: there is one, and it cannot be read.
    """
    if MANIFEST not in archive.members:
        return None
    root = read_xml(archive.read(MANIFEST, most_bytes=MOST_XML_BYTES), MANIFEST)
    return root if kind_of(root) == "manifest" else None
