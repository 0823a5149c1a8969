"""SCORM packages, 1.2 and 2004: their manifest, what opens them, and what may be read of their pages."""

import posixpath
import re
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from library.packages.archive import Archive, folded_name
from library.packages.errors import NothingToOpen, NotInPackage, UnreadablePage, UnreadableXml, UnsafeName
from library.packages.html import LARGEST_BYTES, cleaned, decoded, plain_text
from library.packages.lom import read_lom
from library.packages.markup import attribute, below, child, children, kind_of, read_xml, words
from library.packages.playable import Place, Playable, Standard, Trait

MOST_PLACES = 500
DEEPEST = 20
LONGEST_TITLE = 300
MOST_LETTERS = 200_000
PAGES = (".html", ".htm", ".xhtml")
_LATER = ("2004", "cam", "1.3")
"""How the versions of SCORM 2004 call themselves."""
_OUTSIDE = re.compile(r"^([a-zA-Z][a-zA-Z0-9+.-]*:|//)")
_ASKS = re.compile(r"<\s*(input|select|textarea|button|form)\b", re.IGNORECASE)
_HIDES = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|<[a-z][^>]{0,500}\shidden[\s=>]|<\s*(details|template|noscript)\b"
    r"|(?:class|id)\s*=\s*[\"'][^\"']{0,200}(?:answer|solution|feedback|correct|hidden|key|hint)",
    re.IGNORECASE,
)
"""Signs that a page keeps something back: an answer may be what it keeps."""
_FRAMES = re.compile(r"<\s*(frameset|iframe)\b", re.IGNORECASE)
_BODY = re.compile(r"<body[^>]{0,1000}>", re.IGNORECASE)


def is_scorm(manifest: Element) -> bool:
    """Whether the manifest says that it is one, by its schema or by what it holds."""
    schema = words(child(manifest, "metadata", "schema")).lower()
    return "scorm" in schema or any(attribute(one, "scormtype") for one in below(manifest, "resource"))


def read_scorm(archive: Archive, manifest: Element) -> Playable:
    """The package's table of contents, and what may be read of its pages.

    Raises:
        NothingToOpen: no page that it names is in it.
    """
    about, _left = read_lom(_metadata(archive, manifest))
    organization = _organization(manifest)
    places = tuple(_Places(archive, manifest).read(organization))
    if not any(one.name for one in places):
        raise NothingToOpen
    title = about.title or words(child(organization, "title")) or places[0].title
    return Playable(
        _standard(manifest),
        replace(about, title=cleaned(title)[:LONGEST_TITLE]),
        texts=tuple(_texts(archive, places)),
        places=places,
        traits=frozenset(_traits(archive, organization, places)),
    )


def _standard(manifest: Element) -> Standard:
    version = words(child(manifest, "metadata", "schemaversion")).lower()
    is_later = any(one in version for one in _LATER) if version else False
    if not version:
        is_later = any(
            "adlcp_v1p3" in str(name) for one in below(manifest, "resource") for name in one.attrib
        )
    return Standard.SCORM_2004 if is_later else Standard.SCORM_12


def _metadata(archive: Archive, manifest: Element) -> Element | None:
    """The metadata, which may stand in a file of its own."""
    metadata = child(manifest, "metadata")
    location = words(child(metadata, "location"))
    if not location:
        return metadata
    try:
        name = folded_name(unquote(location))
        root = read_xml(archive.read(name, most_bytes=LARGEST_BYTES), name)
    except (UnsafeName, NotInPackage, UnreadableXml):
        return metadata
    holder = Element("metadata")
    holder.append(root)
    return holder


def _organization(manifest: Element) -> Element | None:
    holder = child(manifest, "organizations")
    all_of_them = list(children(holder, "organization"))
    named = attribute(holder, "default") if holder is not None else ""
    return next((one for one in all_of_them if attribute(one, "identifier") == named), None) or next(
        iter(all_of_them), None
    )


class _Places:
    """Reads the table of contents, and finds the file behind each line."""

    def __init__(self, archive: Archive, manifest: Element) -> None:
        self.archive = archive
        holder = child(manifest, "resources")
        base = posixpath.join(
            attribute(manifest, "base"), attribute(holder, "base") if holder is not None else ""
        )
        self.found = {
            attribute(one, "identifier"): (
                posixpath.join(base, attribute(one, "base")),
                attribute(one, "href"),
            )
            for one in children(holder, "resource")
        }

    def read(self, organization: Element | None) -> Iterator[Place]:
        lines = [place for item in children(organization, "item") for place in self._item(item, 0)]
        if any(one.name for one in lines):
            yield from lines[:MOST_PLACES]
            return
        # A package without a table of contents: what can be opened, in the order of the manifest.
        for identifier in list(self.found)[:MOST_PLACES]:
            name, parameters = self._file(identifier, "")
            if name.lower().endswith(PAGES):
                yield Place(identifier[:200], posixpath.basename(name), 0, name, parameters)

    def _item(self, item: Element, depth: int) -> Iterator[Place]:
        if attribute(item, "isvisible").lower() == "false":
            return
        name, parameters = self._file(attribute(item, "identifierref"), attribute(item, "parameters"))
        yield Place(
            attribute(item, "identifier")[:200],
            cleaned(words(child(item, "title")))[:LONGEST_TITLE] or posixpath.basename(name),
            depth,
            name,
            parameters,
            mastery=words(child(item, "masteryscore"))[:20],
            launch_data=(words(child(item, "datafromlms")))[:4096],
        )
        for one in children(item, "item"):
            yield from self._item(one, min(depth + 1, DEEPEST))

    def _file(self, identifier: str, more: str) -> tuple[str, str]:
        """The file behind a line, and what follows it in its address; empty where there is none."""
        base, href = self.found.get(identifier, ("", ""))
        if not href or _OUTSIDE.match(href):
            return "", ""
        address, mark, fragment = href.partition("#")
        path, _mark, query = address.partition("?")
        try:
            name = folded_name(posixpath.normpath(posixpath.join(base, unquote(path))))
        except UnsafeName:
            return "", ""
        if name not in self.archive.members:
            return "", ""
        query = "&".join(one for one in (query, more.lstrip("?&")) if one and not one.startswith("#"))
        return name, (f"?{query}" if query else "") + (f"{mark}{fragment}")


def _texts(archive: Archive, places: tuple[Place, ...]) -> Iterator[str]:
    """The table of contents, then the pages that it opens and that ask and hide nothing."""
    yield "\n".join("  " * one.depth + one.title for one in places if one.title)
    left = MOST_LETTERS
    for name in dict.fromkeys(one.name for one in places if one.name.lower().endswith(PAGES)):
        html = _page(archive, name)
        if left <= 0 or not html or _ASKS.search(html) or _HIDES.search(html):
            continue
        start = _BODY.search(html)
        try:
            text = plain_text(html[start.end() :] if start else html)
        except UnreadablePage:
            continue
        left -= len(text)
        if text:
            yield text


def _page(archive: Archive, name: str) -> str:
    if archive.members[name].file_size > LARGEST_BYTES:
        return ""
    return decoded(archive.read(name, most_bytes=LARGEST_BYTES))


def _traits(archive: Archive, organization: Element | None, places: tuple[Place, ...]) -> Iterator[Trait]:
    yield Trait.ASKS  # what its scripts know, nobody can tell from outside
    if any(kind_of(one) in {"sequencing", "prerequisites"} for one in _inside(organization)):
        yield Trait.SEQUENCED
    pages = (one.name for one in places if one.name.lower().endswith(PAGES))
    if any(_FRAMES.search(_page(archive, name)) for name in dict.fromkeys(pages)):
        yield Trait.FRAMED


def _inside(element: Element | None) -> Iterator[Element]:
    """Everything inside the element; nothing where there is none."""
    if element is not None:
        yield from element.iter()
