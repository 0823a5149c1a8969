"""Answers of OAI-PMH, read as a stream: a page is never in memory as a whole; entities are not followed."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from library.harvests.errors import BrokenXml, NotOai

OAI = "{http://www.openarchives.org/OAI/2.0/}"
LARGEST_RECORD = 4 << 20
"""Characters: as much as a line of a file that is imported."""
DEEPEST = 100
LONGEST_TOKEN = 8_000


@dataclass(slots=True)
class Received:
    """A record as it came."""

    identifier: str
    datestamp: str
    is_deleted: bool
    metadata: Element | None
    is_too_large: bool = False


@dataclass(slots=True)
class Answer:
    """What stands around the records; whole once they have all been read."""

    responded_at: str = ""
    error: str = ""
    """The code of an error of the protocol."""
    reason: str = ""
    token: str = ""
    expected: int = 0
    granularity: str = ""
    prefixes: list[str] = field(default_factory=list)
    name: str = ""


def read_answer(content: IO[bytes], answer: Answer) -> Iterator[Received]:
    """The records of a page, one by one; *answer* is filled on the way.

    Raises:
        BrokenXml: it is no XML, breaks off, or defines entities.
        NotOai: it is some other XML.
    """
    try:
        yield from _records(content, answer)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise BrokenXml(reason=_reason(error)) from error


def _records(content: IO[bytes], answer: Answer) -> Iterator[Received]:
    root: Element | None = None
    depth = 0
    for happened, element in iterparse(content, events=("start", "end"), forbid_dtd=True):
        if happened == "start":
            depth += 1
            if root is None:
                root = element
                if element.tag != f"{OAI}OAI-PMH":
                    raise NotOai(reason=f"it begins with “{element.tag[:100]}”")
            if depth > DEEPEST:
                raise BrokenXml(reason="its elements stand too deep in one another")
            continue
        depth -= 1
        if element.tag == f"{OAI}record":
            yield _received(element)
            element.clear()
        else:
            _note(element, answer)
    if root is None:
        raise BrokenXml(reason="it is empty")


def _received(record: Element) -> Received:
    header = record.find(f"{OAI}header")
    metadata = record.find(f"{OAI}metadata")
    size = sum(
        len(one.text or "") + len(one.tail or "") + sum(map(len, one.attrib.values()))
        for one in record.iter()
    )
    return Received(
        identifier=_text(header, "identifier"),
        datestamp=_text(header, "datestamp")[:32],
        is_deleted=header is not None and header.get("status") == "deleted",
        metadata=metadata[0] if metadata is not None and len(metadata) else None,
        is_too_large=size > LARGEST_RECORD,
    )


def _note(element: Element, answer: Answer) -> None:
    text = (element.text or "").strip()
    match element.tag.removeprefix(OAI):
        case "responseDate":
            answer.responded_at = text[:32]
        case "error":
            answer.error, answer.reason = (element.get("code") or "")[:64], text[:300]
        case "resumptionToken":
            if len(text) > LONGEST_TOKEN:
                raise NotOai(reason="its resumption token is too long")
            answer.token = text
            size = element.get("completeListSize", "")
            answer.expected = (
                int(size) if size.isascii() and size.isdigit() and len(size) < len("1" * 12) else 0
            )
        case "granularity":
            answer.granularity = text
        case "metadataPrefix":
            answer.prefixes.append(text[:64])
        case "repositoryName":
            answer.name = text[:200]


def _text(parent: Element | None, name: str) -> str:
    return (parent.findtext(f"{OAI}{name}") or "").strip() if parent is not None else ""


def _reason(error: Exception) -> str:
    if isinstance(error, DefusedXmlException):
        return "it defines entities or a document type"
    return str(error)[:200]
