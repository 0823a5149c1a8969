"""The list of sources: put one on it, change it, and know when it is due."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from accounts.organisations.models import OrganisationKind
from accounts.people.models import Hat
from core.audit.services import record as record_in_audit
from core.database import db
from library.harvests import queries
from library.harvests.errors import AlreadyThere
from library.harvests.models import HarvestSource
from library.resources.models import Tier


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is to be harvested, and how."""

    name: str
    url: str
    set_spec: str = ""
    key: str = ""
    tier: Tier = Tier.PUBLIC
    every_hours: int = 24
    is_paused: bool = False


def add_source(plan: Plan, *, by: Hat, now: datetime) -> HarvestSource:
    """Put a source on the list of the administrator's organisation.

    Raises:
        AlreadyThere: it stands there.
    """
    if db.session.scalar(queries.same_source(plan.url, plan.set_spec, by.organisation_id)):
        raise AlreadyThere
    source = HarvestSource(
        url=plan.url,
        set_spec=plan.set_spec,
        organisation_id=by.organisation_id,
        created_by_id=by.person_id,
        created_at=now,
    )
    _follow(source, plan, by)
    db.session.add(source)
    db.session.flush()
    _note_in_audit("harvest.add", source, by, now)
    return source


def change_source(source: HarvestSource, plan: Plan, *, by: Hat, now: datetime) -> None:
    """Harvest otherwise from now on; an empty key leaves the one that is there."""
    _follow(source, plan, by)
    _note_in_audit("harvest.change", source, by, now)


def begin_anew(source: HarvestSource, *, by: Hat | None, now: datetime) -> None:
    """Let the next harvest read the whole list again, also what did not change."""
    source.harvested_until = source.token = ""
    if by is not None:
        _note_in_audit("harvest.anew", source, by, now)


def _follow(source: HarvestSource, plan: Plan, by: Hat) -> None:
    source.name = plan.name
    source.key = plan.key or source.key or ""
    is_city = by.organisation.kind is OrganisationKind.CITY
    source.tier = plan.tier if is_city else Tier.LOCAL
    source.every_hours, source.is_paused = plan.every_hours, plan.is_paused


def _note_in_audit(verb: str, source: HarvestSource, by: Hat, now: datetime) -> None:
    record_in_audit(
        verb,
        "harvest_source",
        source.id,
        actor_id=by.person_id,
        role=by.role.value,
        now=now,
        details={"url": source.url, "set": source.set_spec},
    )


def is_due(source: HarvestSource, now: datetime) -> bool:
    """Whether a source is to be asked by the clock now."""
    return source.started_at is None or source.started_at + timedelta(hours=source.every_hours) <= now
