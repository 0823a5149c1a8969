"""What a record says, in each of the forms in which records come, as a record of the interchange format."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element

from library.harvests.answers import Received
from library.harvests.errors import BadIdentifier, NeedsKey, RecordIncomplete, RecordTooLarge
from library.harvests.models import Prefix
from library.interchange.errors import NotJson
from library.interchange.identifiers import LONGEST
from library.resources.licences import licence_of
from library.resources.models import EndUser, ResourceKind

DC = "{http://purl.org/dc/elements/1.1/}"
LOM = "{http://ltsc.ieee.org/xsd/LOM}"
WEIKE = "{urn:weike:record:1}"
LARGEST_MB = 4
_LANGUAGE = re.compile(r"[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8})*")
_DURATION = re.compile(r"PT(?:(\d{1,4})H)?(?:(\d{1,4})M)?(?:(\d{1,5})(?:\.\d+)?S)?")
_AGES = re.compile(r"(\d{1,2})(?:\s*-\s*(\d{1,2}))?")
_CONTROL = re.compile(r"[\x00-\x1f]+")
_DIFFICULTIES = {"very easy": 0.1, "easy": 0.3, "medium": 0.5, "difficult": 0.7, "very difficult": 0.9}
_USERS = {"teacher": EndUser.TEACHER, "learner": EndUser.LEARNER, "guardian": EndUser.GUARDIAN}
_FIRST_AGE, _LAST_GRADE = 6, 12


@dataclass(frozen=True, slots=True)
class Said:
    """What a record says."""

    record: dict[str, Any]
    """Not checked yet."""
    is_link_only: bool = False
    """Whether it was made a link, because its files stay where they are."""


def read(received: Received, prefix: Prefix) -> Said:
    """What a received record says.

    Raises:
        BadRecord: it is not usable; the subclass says why.
        NotJson: it holds no JSON where there should be some.
    """
    if received.is_too_large:
        raise RecordTooLarge(limit_mb=LARGEST_MB)
    if not received.identifier or len(received.identifier) > LONGEST:
        raise BadIdentifier
    if received.metadata is None:
        raise RecordIncomplete(part="metadata")
    return _READERS[prefix](received)


def _weike(received: Received) -> Said:
    element = received.metadata
    assert element is not None
    if element.tag != f"{WEIKE}record":
        raise RecordIncomplete(part="weike")
    try:
        said = json.loads(element.text or "")
    except (ValueError, RecursionError) as error:
        raise NotJson(reason=str(error)[:100]) from error
    if not isinstance(said, dict):
        raise NotJson(reason=type(said).__name__)
    if said.get("items") and element.get("keys") != "given":
        raise NeedsKey
    if element.get("files") == "withheld":
        return Said(said | {"kind": ResourceKind.LINK, "url": element.get("address", "")}, is_link_only=True)
    return Said(said)


def _dublin_core(received: Received) -> Said:
    element = received.metadata
    assert element is not None
    said: dict[str, list[str]] = {}
    for one in element:
        if one.tag.startswith(DC) and (text := (one.text or "").strip()):
            said.setdefault(one.tag.removeprefix(DC), []).append(text)
    addresses = [
        text
        for name in ("identifier", "source", "relation")
        for text in said.get(name, ())
        if text.startswith(("http://", "https://"))
    ]
    return Said(
        _link(
            received.identifier,
            title=_first(said, "title"),
            url=_url(addresses),
            description="\n\n".join(said.get("description", ())),
            keywords=said.get("subject", []),
            language=_language(_first(said, "language")),
            author="，".join(said.get("creator", ())),
            source=_first(said, "publisher"),
            licence=_licence(said.get("rights", ())),
        )
    )


def _lom(received: Received) -> Said:
    element = received.metadata
    assert element is not None

    def text(path: str) -> str:
        return (element.findtext(_lom_path(path)) or "").strip()

    def texts(path: str) -> list[str]:
        return [one.text.strip() for one in element.findall(_lom_path(path)) if one.text and one.text.strip()]

    grades = _grades(text("educational/typicalAgeRange/string"))
    minutes = _minutes(text("educational/typicalLearningTime/duration"))
    difficulty = _DIFFICULTIES.get(text("educational/difficulty/value"))
    said = _link(
        received.identifier,
        title=text("general/title/string"),
        url=_url(texts("technical/location")),
        description=text("general/description/string"),
        keywords=texts("general/keyword/string"),
        language=_language(text("general/language")),
        author=_contributor(element, "author"),
        source=_contributor(element, "publisher"),
        licence=_licence(texts("rights/description/string")),
    )
    return Said(
        said
        | ({"grades": grades} if grades else {})
        | ({"minutes": minutes} if minutes else {})
        | ({"difficulty": difficulty} if difficulty is not None else {})
        | {"end_user": _USERS.get(text("educational/intendedEndUserRole/value"), EndUser.LEARNER)}
    )


def _link(identifier: str, *, title: str, url: str, keywords: list[str], **rest: str) -> dict[str, Any]:
    """A record of something that is opened where it is."""
    if not title:
        raise RecordIncomplete(part="title")
    if not url:
        raise RecordIncomplete(part="address")
    if len(identifier) > 200:  # noqa: PLR2004 -- as many as an identifier of the format has
        raise BadIdentifier
    limits = {"description": 100_000, "language": 16, "author": 200, "source": 300, "licence": 64}
    return {
        "identifier": identifier,
        "kind": ResourceKind.LINK,
        "title": _plain(title)[:300],
        "url": url,
        "keywords": [word for word in dict.fromkeys(_plain(one)[:100] for one in keywords) if word][:50],
        **{
            name: one[: limits[name]] if name == "description" else _plain(one)[: limits[name]]
            for name, one in rest.items()
        },
    }


def _plain(text: str) -> str:
    return _CONTROL.sub(" ", text).strip()


def _first(said: Mapping[str, list[str]], name: str) -> str:
    return said.get(name, [""])[0]


def _url(candidates: list[str]) -> str:
    usable = (
        one
        for one in candidates
        if one.startswith(("http://", "https://")) and len(one) <= 1000 and not re.search(r"\s", one)  # noqa: PLR2004 -- as long as an address may be
    )
    return next(usable, "")


def _language(text: str) -> str:
    return text if _LANGUAGE.fullmatch(text) and len(text) <= 16 else "zh-CN"  # noqa: PLR2004 -- as long as a code may be


def _licence(texts: "list[str] | tuple[str, ...]") -> str:
    """The first that is known, else what is said, so that it is shown as unknown and does not go further."""
    known = next((found.code for one in texts if (found := licence_of(one))), "")
    return known or (texts[0] if texts else "")


def _grades(text: str) -> tuple[int, int] | None:
    """The grades of an age range: who is six begins grade 1."""
    found = _AGES.search(text)
    if not found:
        return None
    first = int(found[1]) - _FIRST_AGE + 1
    last = int(found[2]) - _FIRST_AGE if found[2] else first
    first, last = (min(max(one, 1), _LAST_GRADE) for one in (first, last))
    return first, max(first, last)


def _minutes(text: str) -> float | None:
    found = _DURATION.fullmatch(text)
    if not found:
        return None
    hours, minutes, seconds = (int(one or 0) for one in found.groups())
    total = hours * 60 + minutes + seconds / 60
    return total if 0 < total <= 600 else None  # noqa: PLR2004 -- as long as a resource may take


def _contributor(lom: Element, role: str) -> str:
    for one in lom.findall(_lom_path("lifeCycle/contribute")):
        if one.findtext(_lom_path("role/value")) == role:
            for line in (one.findtext(_lom_path("entity")) or "").splitlines():
                name, _, value = line.partition(":")
                if name.strip().upper() == "FN":
                    return re.sub(r"\\(.)", r"\1", value.strip())
    return ""


def _lom_path(path: str) -> str:
    return "/".join(f"{LOM}{part}" for part in path.split("/"))


_READERS: dict[Prefix, Callable[[Received], Said]] = {
    Prefix.WEIKE: _weike,
    Prefix.LOM: _lom,
    Prefix.DUBLIN_CORE: _dublin_core,
}
