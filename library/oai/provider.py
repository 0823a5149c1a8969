"""The six verbs of OAI-PMH 2.0. Lists go on by (datestamp, id): the last page costs what the first does."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from core.database import db
from library.curriculum.models import KnowledgePoint, Subject
from library.harvests.models import HarvestedResource
from library.interchange.exports import Exported, export
from library.interchange.identifiers import oai_identifier
from library.oai import queries
from library.oai.arguments import SECONDS, SET, read_arguments, read_span
from library.oai.doors import SUBJECT, Door
from library.oai.errors import (
    BadArgument,
    BadResumptionToken,
    BadVerb,
    CannotDisseminateFormat,
    IdDoesNotExist,
    NoRecordsMatch,
    ProtocolError,
)
from library.oai.formats import FORMATS, Told
from library.oai.markup import SCHEMA_INSTANCE, Xml, element
from library.oai.models import OaiRecord
from library.oai.tokens import LASTS, Place, make_token, read_token
from library.resources.licences import may_be_harvested
from library.resources.models import Resource, Tier

OAI = "http://www.openarchives.org/OAI/2.0/"
SCHEMA = f"{OAI} http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd"
IDENTIFIER = "http://www.openarchives.org/OAI/2.0/oai-identifier"
PROVENANCE = "http://www.openarchives.org/OAI/2.0/provenance"
DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
IDENTIFIERS, RECORDS = 500, 100
"""Headers and records on a page."""
TIER_NAMES = {Tier.PUBLIC.value: "Public collection", Tier.LOCAL.value: "Local collections"}


@dataclass(frozen=True, slots=True)
class Repository:
    """Who answers."""

    base_url: str
    namespace: str
    name: str
    contact: str
    secret_key: str
    schema_url: str
    """Where the schema of our own form of records stands."""
    address_of: Callable[[Resource], str]
    """A resource's page by its id."""


def answer(repository: Repository, door: Door, given: Iterable[tuple[str, str]], *, now: datetime) -> str:
    """The answer to a request, which may be an error of the protocol: a whole XML document."""
    shown: Mapping[str, str] = {}
    try:
        arguments = read_arguments(given)
        shown = arguments
        body = _VERBS[arguments["verb"]](_Request(repository, door, arguments, now))
    except (BadVerb, BadArgument) as refusal:
        shown, body = {}, _error(refusal)
    except ProtocolError as refusal:
        body = _error(refusal)
    return DECLARATION + element(
        "OAI-PMH",
        element("responseDate", now.strftime(SECONDS)),
        element("request", repository.base_url, **{_attribute(name): one for name, one in shown.items()}),
        body,
        xmlns=OAI,
        xmlns__xsi=SCHEMA_INSTANCE,
        xsi__schemaLocation=SCHEMA,
    )


def _attribute(name: str) -> str:
    return f"{name}_"  # "from" is a word of the language; element() drops the end


def _error(refusal: ProtocolError) -> Xml:
    return element("error", refusal.reason, code=refusal.oai_code)


@dataclass(frozen=True, slots=True)
class _Request:
    repository: Repository
    door: Door
    arguments: Mapping[str, str]
    now: datetime

    @property
    def verb(self) -> str:
        return self.arguments["verb"]


def _identify(request: _Request) -> Xml:
    repository = request.repository
    earliest = db.session.scalar(queries.earliest()) or request.now
    return element(
        "Identify",
        element("repositoryName", repository.name),
        element("baseURL", repository.base_url),
        element("protocolVersion", "2.0"),
        element("adminEmail", repository.contact),
        element("earliestDatestamp", earliest.strftime(SECONDS)),
        element("deletedRecord", "persistent"),
        element("granularity", "YYYY-MM-DDThh:mm:ssZ"),
        element(
            "description",
            element(
                "oai-identifier",
                element("scheme", "oai"),
                element("repositoryIdentifier", repository.namespace),
                element("delimiter", ":"),
                element("sampleIdentifier", oai_identifier(repository.namespace, "school-1")),
                xmlns=IDENTIFIER,
                xmlns__xsi=SCHEMA_INSTANCE,
                xsi__schemaLocation=f"{IDENTIFIER} http://www.openarchives.org/OAI/2.0/oai-identifier.xsd",
            ),
        ),
    )


def _list_metadata_formats(request: _Request) -> Xml:
    if identifier := request.arguments.get("identifier"):
        _header(request, identifier)
    return element(
        "ListMetadataFormats",
        *(
            element(
                "metadataFormat",
                element("metadataPrefix", prefix),
                element("schema", one.schema or request.repository.schema_url),
                element("metadataNamespace", one.namespace),
            )
            for prefix, one in FORMATS.items()
        ),
    )


def _list_sets(request: _Request) -> Xml:
    if "resumptionToken" in request.arguments:
        raise BadResumptionToken("The list of sets is given whole.")
    subjects = db.session.scalars(select(Subject).order_by(Subject.position, Subject.id))
    named = {
        **{tier: TIER_NAMES[tier] for tier in request.door.tiers},
        SUBJECT: "All subjects",
        **{_subject_set(one.code): one.name for one in subjects if SET.fullmatch(_subject_set(one.code))},
    }
    return element(
        "ListSets",
        *(element("set", element("setSpec", spec), element("setName", name)) for spec, name in named.items()),
    )


def _get_record(request: _Request) -> Xml:
    header = _header(request, request.arguments["identifier"])
    prefix = _prefix(request.arguments["metadataPrefix"])
    return element("GetRecord", *_records(request, [header], prefix, ""))


def _header(request: _Request, identifier: str) -> OaiRecord:
    header = db.session.scalar(queries.named(request.door, identifier))
    if header is None:
        raise IdDoesNotExist("There is no record of this name.")
    return header


def _prefix(text: str) -> str:
    if text not in FORMATS:
        raise CannotDisseminateFormat(f"Records come as {', '.join(FORMATS)}.")
    return text


def _list_identifiers(request: _Request) -> Xml:
    place, tier, rows, token = _page(request, IDENTIFIERS)
    del place
    headers = (_header_xml(one, is_gone=request.door.is_gone(one, tier)) for one in rows)
    return element("ListIdentifiers", *headers, token)


def _list_records(request: _Request) -> Xml:
    place, tier, rows, token = _page(request, RECORDS)
    return element("ListRecords", *_records(request, rows, place.prefix, tier), token)


def _page(request: _Request, size: int) -> tuple[Place, str, Sequence[OaiRecord], Xml | None]:
    """Where the request is in its list, the tier that it names, a page of headers, and where it goes on."""
    place = _begin(request) if "resumptionToken" not in request.arguments else _resume(request)
    wanted = request.door.in_set(place.set_spec)
    if wanted is None:
        raise NoRecordsMatch("There is no such set.")
    holds, tier = wanted
    if place.after is None:
        place = replace(place, total=db.session.scalar(queries.count(holds, place.since, place.until)) or 0)
    found = db.session.scalars(queries.listed(holds, place.since, place.until, place.after).limit(size + 1))
    rows = list(found)
    if not rows and place.after is None:
        raise NoRecordsMatch("Nothing was offered, changed or withdrawn in this set and this time.")
    return place, tier, rows[:size], _token(request, place, rows, size)


def _begin(request: _Request) -> Place:
    prefix = _prefix(request.arguments["metadataPrefix"])
    since, until = read_span(request.arguments)
    present = request.now.replace(microsecond=0)
    end = min(until, present) if until else present
    return Place(request.verb, prefix, request.arguments.get("set", ""), since, end)


def _resume(request: _Request) -> Place:
    return read_token(
        request.arguments["resumptionToken"],
        request.repository.secret_key,
        verb=request.verb,
        is_partners=request.door.is_partners,
        now=request.now,
    )


def _token(request: _Request, place: Place, rows: Sequence[OaiRecord], size: int) -> Xml | None:
    """Where the list goes on: an empty token ends a list of several pages."""
    has_more = len(rows) > size
    if not has_more and place.after is None:
        return None
    numbers = {"completeListSize": str(max(place.total, place.given + len(rows))), "cursor": str(place.given)}
    if not has_more:
        return element("resumptionToken", **numbers)
    last = rows[size - 1]
    # All tokens of a list end together: the same token, asked for again, is the same to the letter.
    expires_at = place.expires_at or request.now.replace(microsecond=0) + LASTS
    following = replace(
        place, after=(last.datestamp, last.id), given=place.given + size, expires_at=expires_at
    )
    text = make_token(following, request.repository.secret_key, is_partners=request.door.is_partners)
    return element(
        "resumptionToken", text, expirationDate=expires_at.astimezone(UTC).strftime(SECONDS), **numbers
    )


def _records(request: _Request, headers: Sequence[OaiRecord], prefix: str, tier: str) -> list[Xml]:
    told = _told(request, headers)
    origins = _origins([one.resource_id for one in headers if one.resource_id])
    made = []
    for header in headers:
        one = told.get(header.id)
        # Withdrawn a minute ago, and the header does not know it yet: nothing of it leaves any more.
        if one is None or request.door.is_gone(header, tier):
            made.append(element("record", _header_xml(header, is_gone=True)))
            continue
        made.append(
            element(
                "record",
                _header_xml(header, is_gone=False),
                element("metadata", FORMATS[prefix].write(one)),
                _provenance(origins.get(header.resource_id or 0), prefix),
            )
        )
    return made


def _header_xml(header: OaiRecord, *, is_gone: bool) -> Xml:
    subject = _subject_set(header.subject)
    return element(
        "header",
        element("identifier", header.identifier),
        element("datestamp", header.datestamp.strftime(SECONDS)),
        element("setSpec", header.tier.value) if not is_gone else None,
        element("setSpec", subject) if header.subject and SET.fullmatch(subject) else None,
        **({"status": "deleted"} if is_gone else {}),
    )


def _subject_set(code: str) -> str:
    return f"{SUBJECT}:{code}"


def _told(request: _Request, headers: Sequence[OaiRecord]) -> dict[int, Told]:
    """What there is to tell, by header; nothing where the resource may not leave now."""
    ids = [one.resource_id for one in headers if one.resource_id and not one.is_deleted]
    resources = db.session.scalars(select(Resource).where(Resource.id.in_(ids)))
    exported = {one.resource.id: one for one in export([one for one in resources if may_be_harvested(one)])}
    subjects = {one.code: one.name for one in db.session.scalars(select(Subject))}
    points = _point_names(exported.values())
    found = {}
    for header in headers:
        one = exported.get(header.resource_id or 0)
        if one is None or one.record is None or one.resource.tier.value not in request.door.tiers:
            continue
        found[header.id] = Told(
            record=one.record,
            identifier=header.identifier,
            address=request.repository.address_of(one.resource),
            subject=subjects.get(one.record.subject or "", ""),
            points=tuple(points[code] for code in one.record.knowledge_points),
            changed_at=one.resource.updated_at,
            has_files=one.has_files,
            with_keys=request.door.is_partners,
        )
    return found


def _point_names(exported: Iterable[Exported]) -> dict[str, str]:
    codes = {code for one in exported if one.record for code in one.record.knowledge_points}
    rows = db.session.execute(
        select(KnowledgePoint.code, KnowledgePoint.name).where(KnowledgePoint.code.in_(codes))
    )
    return {row.code: row.name for row in rows}


def _origins(ids: Sequence[int]) -> dict[int, HarvestedResource]:
    from_others = (
        select(HarvestedResource)
        .where(HarvestedResource.resource_id.in_(ids))
        .options(joinedload(HarvestedResource.source))
    )
    return {one.resource_id: one for one in db.session.scalars(from_others)}


def _provenance(origin: HarvestedResource | None, prefix: str) -> Xml | None:
    """Where a record that is passed on was harvested."""
    if origin is None:
        return None
    return element(
        "about",
        element(
            "provenance",
            element(
                "originDescription",
                element("baseURL", origin.source.url),
                element("identifier", origin.identifier),
                element("datestamp", origin.datestamp),
                element("metadataNamespace", FORMATS[prefix].namespace),
                harvestDate=origin.taken_at.strftime(SECONDS),
                altered="false",
            ),
            xmlns=PROVENANCE,
            xmlns__xsi=SCHEMA_INSTANCE,
            xsi__schemaLocation=f"{PROVENANCE} http://www.openarchives.org/OAI/2.0/provenance.xsd",
        ),
    )


_VERBS: Mapping[str, Callable[[_Request], Xml]] = {
    "Identify": _identify,
    "ListMetadataFormats": _list_metadata_formats,
    "ListSets": _list_sets,
    "GetRecord": _get_record,
    "ListIdentifiers": _list_identifiers,
    "ListRecords": _list_records,
}
