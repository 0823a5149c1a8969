"""Headers by door, set and time."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, tuple_

from library.harvests.models import HarvestedResource
from library.oai.doors import Door
from library.oai.models import OaiPartner, OaiRecord
from library.resources.licences import harvestable, may_be_harvested
from library.resources.models import Resource, Tier


class Seen(NamedTuple):
    """A resource with its header and with where it comes from, if it has them."""

    resource: Resource
    header: OaiRecord | None
    harvested: HarvestedResource | None


def changed_since_offered(after: int = 0) -> Select[Resource, OaiRecord, HarvestedResource]:
    """Resources whose header is missing or tells of another version, with it and their origin, by id.

    What came from another library into a local collection is not passed on: it was given to us.
    """
    may_go = and_(harvestable(), or_(HarvestedResource.resource_id.is_(None), Resource.tier == Tier.PUBLIC))
    return (
        select(Resource, OaiRecord, HarvestedResource)
        .outerjoin(OaiRecord, OaiRecord.resource_id == Resource.id)
        .outerjoin(HarvestedResource, HarvestedResource.resource_id == Resource.id)
        .where(
            Resource.id > after,
            or_(
                and_(OaiRecord.id.is_(None), may_go),
                and_(
                    OaiRecord.id.is_not(None),
                    or_(
                        and_(OaiRecord.is_deleted.is_(True), may_go),
                        and_(OaiRecord.is_deleted.is_(False), ~may_go),
                        and_(
                            OaiRecord.is_deleted.is_(False),
                            or_(
                                OaiRecord.version != Resource.version,
                                OaiRecord.changed_at != Resource.updated_at,
                                OaiRecord.tier != Resource.tier,
                            ),
                        ),
                    ),
                ),
            ),
        )
        .order_by(Resource.id)
    )


def without_resource() -> Select[OaiRecord]:
    """Headers whose resource is no more, and which do not say so yet."""
    return select(OaiRecord).where(OaiRecord.resource_id.is_(None), OaiRecord.is_deleted.is_(False))


def listed(
    holds: ColumnElement[bool], since: datetime | None, until: datetime, after: tuple[datetime, int] | None
) -> Select[OaiRecord]:
    """Headers of a time, the earliest first, from behind a place on."""
    wanted = select(OaiRecord).where(holds, OaiRecord.datestamp <= until)
    if since is not None:
        wanted = wanted.where(OaiRecord.datestamp >= since)
    if after is not None:
        wanted = wanted.where(tuple_(OaiRecord.datestamp, OaiRecord.id) > after)
    return wanted.order_by(OaiRecord.datestamp, OaiRecord.id)


def count(holds: ColumnElement[bool], since: datetime | None, until: datetime) -> Select[int]:
    """How many headers of a time there are."""
    wanted = select(func.count()).select_from(OaiRecord).where(holds, OaiRecord.datestamp <= until)
    return wanted.where(OaiRecord.datestamp >= since) if since is not None else wanted


def named(door: Door, identifier: str) -> Select[OaiRecord]:
    """The header of this name, if it is behind the door."""
    return select(OaiRecord).where(OaiRecord.identifier == identifier, door.holds())


def earliest() -> Select[datetime | None]:
    """The earliest datestamp that there is."""
    return select(func.min(OaiRecord.datestamp))


def partner_of(key_sha256: str) -> Select[OaiPartner]:
    """The partner whose key this is, while it is one."""
    return select(OaiPartner).where(OaiPartner.key_sha256 == key_sha256, OaiPartner.ended_at.is_(None))


def partners() -> Select[OaiPartner]:
    """All partners, present ones first."""
    return select(OaiPartner).order_by(OaiPartner.ended_at.is_not(None), OaiPartner.name, OaiPartner.id)


def count_offered() -> Select[Tier, int]:
    """How many resources of each tier are offered."""
    return (
        select(OaiRecord.tier, func.count()).where(OaiRecord.is_deleted.is_(False)).group_by(OaiRecord.tier)
    )


def may_be_offered(resource: Resource, *, is_ours: bool) -> bool:
    """Whether a resource goes to other libraries now; the same rule as of :func:`changed_since_offered`."""
    return may_be_harvested(resource) and (is_ours or resource.tier is Tier.PUBLIC)
