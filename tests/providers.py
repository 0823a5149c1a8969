"""A library of somebody else, as an OAI-PMH provider that can be told to misbehave."""

import io
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import IO, Any
from urllib.parse import parse_qsl, urlsplit
from xml.sax.saxutils import escape

OAI = "http://www.openarchives.org/OAI/2.0/"
PAGE = 3


def reading(identifier: str, **changed: Any) -> dict[str, Any]:  # noqa: ANN401 -- JSON
    """A record of the interchange format."""
    return {
        "identifier": identifier,
        "kind": "reading",
        "title": f"阅读 {identifier}",
        "licence": "CC-BY-4.0",
        "body": "一段话。",
    } | changed


@dataclass
class Provider:
    """Its records by identifier (None is a tombstone), and how it answers."""

    namespace: str = "other.example"
    records: dict[str, dict[str, Any] | None] = field(default_factory=dict)
    datestamps: dict[str, str] = field(default_factory=dict)
    prefixes: tuple[str, ...] = ("oai_dc", "lom", "weike")
    keys: str = "given"
    responded_at: str = "2026-10-01T04:00:00Z"
    granularity: str = "YYYY-MM-DDThh:mm:ssZ"
    asked: list[dict[str, str]] = field(default_factory=list)
    spoil: Callable[[Mapping[str, str], bytes], bytes] | None = None
    """Has the last word on an answer; may raise."""

    def add(self, *records: dict[str, Any], at: str = "2026-09-01T00:00:00Z") -> None:
        """Put records in."""
        for one in records:
            self.records[one["identifier"]] = one
            self.datestamps[one["identifier"]] = at

    def withdraw(self, identifier: str, at: str) -> None:
        """Leave a tombstone."""
        self.records[identifier] = None
        self.datestamps[identifier] = at

    def fetch(self, url: str, key: str = "") -> IO[bytes]:
        """What stands at an address."""
        arguments = dict(parse_qsl(urlsplit(url).query)) | ({"key": key} if key else {})
        self.asked.append(arguments)
        content = self._answer(arguments).encode()
        if self.spoil is not None:
            content = self.spoil(arguments, content)
        return io.BytesIO(content)

    def lists(self) -> list[dict[str, str]]:
        """The questions for records."""
        return [one for one in self.asked if one["verb"] == "ListRecords"]

    def _answer(self, arguments: Mapping[str, str]) -> str:
        match arguments["verb"]:
            case "Identify":
                body = f"<Identify><granularity>{self.granularity}</granularity></Identify>"
            case "ListMetadataFormats":
                formats = "".join(
                    f"<metadataFormat><metadataPrefix>{one}</metadataPrefix></metadataFormat>"
                    for one in self.prefixes
                )
                body = f"<ListMetadataFormats>{formats}</ListMetadataFormats>"
            case _:
                body = self._list(arguments)
        return (
            f'<?xml version="1.0" encoding="UTF-8"?><OAI-PMH xmlns="{OAI}">'
            f"<responseDate>{self.responded_at}</responseDate>{body}</OAI-PMH>"
        )

    def _list(self, arguments: Mapping[str, str]) -> str:
        since, _, start = arguments.get("resumptionToken", f"{arguments.get('from', '')}|0").partition("|")
        wanted = sorted((stamp, name) for name, stamp in self.datestamps.items() if stamp >= since)
        page = wanted[int(start) : int(start) + PAGE]
        if not page:
            return '<error code="noRecordsMatch">nothing</error>'
        following = int(start) + PAGE
        token = f"{since}|{following}" if following < len(wanted) else ""
        mark = f'<resumptionToken completeListSize="{len(wanted)}">{token}</resumptionToken>'
        return f"<ListRecords>{''.join(self._record(name) for _, name in page)}{mark}</ListRecords>"

    def _record(self, name: str) -> str:
        record = self.records[name]
        deleted = "" if record else ' status="deleted"'
        header = (
            f"<header{deleted}><identifier>oai:{self.namespace}:{name}</identifier>"
            f"<datestamp>{self.datestamps[name]}</datestamp></header>"
        )
        if record is None:
            return f"<record>{header}</record>"
        said = escape(json.dumps(record, ensure_ascii=False))
        metadata = (
            f'<record xmlns="urn:weike:record:1" address="https://other.example/1" '
            f'keys="{self.keys}" files="none">{said}</record>'
        )
        return f"<record>{header}<metadata>{metadata}</metadata></record>"
