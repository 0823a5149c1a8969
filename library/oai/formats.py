"""A resource in each of the forms in which records go out."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from library.interchange.exports import written
from library.interchange.records import ResourceRecord
from library.oai.markup import SCHEMA_INSTANCE, Xml, element, together
from library.resources.licences import licence_of
from library.resources.models import EndUser, ResourceKind
from library.resources.sheets import sheet_of

DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"
OAI_DC = "http://www.openarchives.org/OAI/2.0/oai_dc/"
LOM = "http://ltsc.ieee.org/xsd/LOM"
WEIKE = "urn:weike:record:1"
_VOCABULARY = "LOMv1.0"
_OWN = "Weike"

DC_TYPES = {
    ResourceKind.MICRO_LESSON: "MovingImage",
    ResourceKind.VIDEO: "MovingImage",
    ResourceKind.AUDIO: "Sound",
    ResourceKind.IMAGE: "StillImage",
    ResourceKind.PRACTICE: "InteractiveResource",
    ResourceKind.PACKAGE: "InteractiveResource",
}
"""In the DCMI Type Vocabulary; everything else is "Text"."""
LOM_TYPES = {
    ResourceKind.MICRO_LESSON: "lecture",
    ResourceKind.VIDEO: "lecture",
    ResourceKind.AUDIO: "lecture",
    ResourceKind.IMAGE: "figure",
    ResourceKind.PRACTICE: "exercise",
    ResourceKind.WORKSHEET: "exercise",
    ResourceKind.READING: "narrative text",
    ResourceKind.DOCUMENT: "narrative text",
}
"""LOM 5.2; what it has no word for is said in our own only."""
_DIFFICULTIES = ("very easy", "easy", "medium", "difficult", "very difficult")
_FIRST_AGE = 6
"""At which age grade 1 begins."""


@dataclass(frozen=True, slots=True)
class Told:
    """What there is to tell of a resource."""

    record: ResourceRecord
    identifier: str
    """Between libraries."""
    address: str
    """Its page."""
    subject: str
    """The subject's name."""
    points: tuple[str, ...]
    """The names of its knowledge points."""
    changed_at: datetime
    has_files: bool
    with_keys: bool
    """Whether who asks may have the answers to its questions."""


@dataclass(frozen=True, slots=True)
class Format:
    """A form of records."""

    namespace: str
    schema: str
    write: Callable[[Told], Xml]


def dublin_core(told: Told) -> Xml:
    """The fifteen elements of Dublin Core, as OAI-PMH asks every provider to give them."""
    record = told.record
    licence = licence_of(record.licence)
    subjects = dict.fromkeys((told.subject, *told.points, *record.keywords))
    rights = dict.fromkeys((licence.url, licence.code) if licence else (record.licence,))
    return element(
        "oai_dc:dc",
        element("dc:title", record.title),
        *(element("dc:creator", one) for one in (record.author,) if one),
        *(element("dc:subject", one) for one in subjects if one),
        *(element("dc:description", one) for one in (record.description,) if one),
        *(element("dc:publisher", one) for one in (record.source,) if one),
        element("dc:date", told.changed_at.strftime("%Y-%m-%d")),
        element("dc:type", DC_TYPES.get(record.kind, "Text")),
        element("dc:type", record.kind.value),
        element("dc:identifier", told.address),
        element("dc:identifier", told.identifier),
        *(element("dc:source", one) for one in (record.url,) if one),
        element("dc:language", record.language),
        *(element("dc:rights", one) for one in rights if one),
        xmlns__oai_dc=OAI_DC,
        xmlns__dc=DUBLIN_CORE,
        xmlns__xsi=SCHEMA_INSTANCE,
        xsi__schemaLocation=f"{OAI_DC} http://www.openarchives.org/OAI/2.0/oai_dc.xsd",
    )


def lom(told: Told) -> Xml:
    """IEEE 1484.12.1 in its XML binding (1484.12.3)."""
    return element(
        "lom",
        _general(told),
        _life_cycle(told),
        element("metaMetadata", element("metadataSchema", _VOCABULARY)),
        element("technical", element("location", told.record.url or told.address)),
        _educational(told.record),
        _rights(told.record),
        _classification(told),
        xmlns=LOM,
        xmlns__xsi=SCHEMA_INSTANCE,
        xsi__schemaLocation=f"{LOM} http://ltsc.ieee.org/xsd/lomv1.0/lom.xsd",
    )


def _general(told: Told) -> Xml:
    record = told.record
    return element(
        "general",
        element("identifier", element("catalog", "oai"), element("entry", told.identifier)),
        element("title", _string(record.title, record.language)),
        element("language", record.language),
        *(element("description", _string(one, record.language)) for one in (record.description,) if one),
        *(element("keyword", _string(one, record.language)) for one in record.keywords),
        element("structure", *_term("atomic")),
        element("aggregationLevel", *_term("1")),
    )


def _life_cycle(told: Told) -> Xml:
    moment = element("date", element("dateTime", told.changed_at.strftime("%Y-%m-%dT%H:%M:%SZ")))
    contributors = (("author", told.record.author), ("publisher", told.record.source))
    return element(
        "lifeCycle",
        element("status", *_term("final")),
        *(
            element("contribute", element("role", *_term(role)), element("entity", _card(name)), moment)
            for role, name in contributors
            if name
        ),
    )


def _educational(record: ResourceRecord) -> Xml:
    ages = f"{record.grades[0] - 1 + _FIRST_AGE}-{record.grades[1] + _FIRST_AGE}"
    lom_type = LOM_TYPES.get(record.kind)
    user = _term("guardian", _OWN) if record.end_user is EndUser.GUARDIAN else _term(record.end_user.value)
    difficulty = None
    if record.difficulty is not None:
        level = _DIFFICULTIES[min(int(record.difficulty * len(_DIFFICULTIES)), len(_DIFFICULTIES) - 1)]
        difficulty = element("difficulty", *_term(level))
    minutes = None
    if record.minutes is not None:
        seconds = round(record.minutes * 60)
        minutes = element("typicalLearningTime", element("duration", f"PT{seconds // 60}M{seconds % 60}S"))
    return element(
        "educational",
        element("learningResourceType", *_term(lom_type)) if lom_type else None,
        element("learningResourceType", *_term(record.kind.value, _OWN)),
        element("intendedEndUserRole", *user),
        element("context", *_term("school")),
        element("typicalAgeRange", _string(ages, "x-none")),
        difficulty,
        minutes,
        element("language", record.language),
    )


def _rights(record: ResourceRecord) -> Xml:
    licence = licence_of(record.licence)
    named = together(
        *(
            _string(one, "x-none")
            for one in ((licence.code, licence.url) if licence else (record.licence,))
            if one
        )
    )
    return element(
        "rights",
        element("cost", *_term("no")),
        element("copyrightAndOtherRestrictions", *_term("yes" if record.licence else "no")),
        element("description", named) if named else None,
    )


def _classification(told: Told) -> Xml:
    record = told.record
    subject = ((record.subject, told.subject),) if record.subject else ()
    points = tuple(zip(record.knowledge_points, told.points, strict=True))
    paths = ((subject, "subject"), *(((*subject, one), "knowledge point") for one in points))
    return together(
        *(
            element(
                "classification",
                element("purpose", *_term("discipline" if kind == "subject" else "competency")),
                element(
                    "taxonPath",
                    element("source", _string(f"{_OWN} curriculum", "en")),
                    *(
                        element("taxon", element("id", code), element("entry", _string(name, "zh-CN")))
                        for code, name in path
                    ),
                ),
            )
            for path, kind in paths
            if path
        )
    )


def _term(value: str, source: str = _VOCABULARY) -> tuple[Xml, Xml]:
    return element("source", source), element("value", value)


def _string(text: str, language: str) -> Xml:
    return element("string", text, language=language)


def _card(name: str) -> str:
    """A vCard, in which LOM names people and institutions."""
    plain = name.replace("\\", "\\\\").replace(",", "\\,").replace(";", "\\;").replace("\n", " ")
    return f"BEGIN:VCARD\nVERSION:3.0\nFN:{plain}\nN:{plain};;;;\nEND:VCARD"


def weike(told: Told) -> Xml:
    """The whole record, as Weike reads it back; the answers to questions only for partners."""
    record = told.record
    is_kept_back = not told.with_keys and has_keys(record)
    return element(
        "record",
        written(record) if not is_kept_back else _without_keys(record),
        xmlns=WEIKE,
        address=told.address,
        keys="withheld" if is_kept_back else "given",
        files="withheld" if told.has_files else "none",
    )


def has_keys(record: ResourceRecord) -> bool:
    """Whether a record holds answers to what it asks."""
    return bool(record.items or sheet_of(record.kind, record.body).key)


def _without_keys(record: ResourceRecord) -> str:
    """What a pupil may read before answering, and nothing else."""
    said: dict[str, Any] = json.loads(written(record))
    said["body"] = sheet_of(record.kind, record.body).text
    kept = ("identifier", "kind", "prompt", "interaction", "difficulty", "minutes", "knowledge_points")
    said["items"] = [{name: item[name] for name in kept if name in item} for item in said.get("items", ())]
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"))


FORMATS = {
    "oai_dc": Format(OAI_DC, "http://www.openarchives.org/OAI/2.0/oai_dc.xsd", dublin_core),
    "lom": Format(LOM, "http://ltsc.ieee.org/xsd/lomv1.0/lom.xsd", lom),
    "weike": Format(WEIKE, "", weike),
}
"""By the prefix that a request names. Where our own schema stands depends on our address."""
