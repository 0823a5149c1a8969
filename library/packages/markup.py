"""XML of strangers as a plain tree: no entities, no outside documents, no namespaces, a bounded depth."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from library.packages.errors import UnreadableXml

LARGEST_BYTES = 16 << 20
DEEPEST = 100
_DECLARATION = re.compile(
    rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9_.-]{1,40})[\"'][^>]{0,100}\?>"
)
_CHINESE = frozenset({"gb2312", "gbk", "gb18030", "big5", "hz-gb-2312", "cp936"})
"""Encodings that the parser itself does not know."""


def read_xml(content: bytes, name: str) -> Element:
    """The root of the document *content*; *name* is what a refusal calls it.

    Raises:
        UnreadableXml: it is broken, too large or too deep, or names entities or other documents.
    """
    if len(content) > LARGEST_BYTES:
        raise UnreadableXml(name=name)
    try:
        root: Element = fromstring(_in_known_encoding(content), forbid_entities=True, forbid_external=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError, RecursionError) as error:
        raise UnreadableXml(name=name) from error
    if _depth(root) > DEEPEST:
        raise UnreadableXml(name=name)
    return root


def kind_of(element: Element) -> str:
    """The element's name without its namespace, in small letters."""
    return str(element.tag).rpartition("}")[2].lower()


def children(element: Element | None, *kinds: str) -> Iterator[Element]:
    """The children of the *kinds*, in order; none where there is no element."""
    if element is not None:
        yield from (one for one in element if kind_of(one) in kinds)


def child(element: Element | None, *path: str) -> Element | None:
    """The first element down the *path* of names, or None."""
    for kind in path:
        element = next(children(element, kind), None)
    return element


def below(element: Element | None, *kinds: str) -> Iterator[Element]:
    """Everything of the *kinds* inside the element, in order."""
    if element is not None:
        yield from (one for one in element.iter() if kind_of(one) in kinds)


def attribute(element: Element, name: str) -> str:
    """An attribute whatever its namespace and capitals; empty where there is none."""
    for key, value in element.attrib.items():
        if key.rpartition("}")[2].lower() == name:
            return value.strip()
    return ""


def words(element: Element | None) -> str:
    """All text inside the element; empty where there is no element."""
    return "" if element is None else "".join(element.itertext()).strip()


def _in_known_encoding(content: bytes) -> bytes | str:
    found = _DECLARATION.match(content)
    if found is None or found[1].decode().lower() not in _CHINESE:
        return content
    encoding = "big5" if found[1].lower() == b"big5" else "gb18030"
    return content[found.end() :].decode(encoding)


def _depth(root: Element) -> int:
    level, deepest = [root], 0
    while level:
        deepest += 1
        if deepest > DEEPEST:
            break
        level = [one for parent in level for one in parent]
    return deepest
