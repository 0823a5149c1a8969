"""Sources, runs and conflicts, as those who look after them see them."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Select, func, or_, select, update
from sqlalchemy.orm import joinedload
from sqlalchemy.sql.dml import Update

from accounts.organisations.models import Organisation
from accounts.people.models import Hat
from library.harvests.models import (
    Decision,
    HarvestConflict,
    HarvestedResource,
    HarvestNote,
    HarvestRun,
    HarvestSource,
)
from library.items.models import Item
from library.resources.models import Resource, ResourceItem


def sources_of(hat: Hat) -> Select[HarvestSource]:
    """The sources that an administrator looks after: the own ones, and those of the districts below."""
    below = select(Organisation.id).where(
        or_(Organisation.id == hat.organisation_id, Organisation.parent_id == hat.organisation_id)
    )
    return (
        select(HarvestSource)
        .where(HarvestSource.organisation_id.in_(below))
        .order_by(HarvestSource.name, HarvestSource.id)
    )


def same_source(url: str, set_spec: str, organisation_id: int) -> Select[HarvestSource]:
    """The source of this address and set, if the organisation has it."""
    return select(HarvestSource).where(
        HarvestSource.url == url,
        HarvestSource.set_spec == set_spec,
        HarvestSource.organisation_id == organisation_id,
    )


def at_work() -> Select[HarvestSource]:
    """Sources that are asked by the clock."""
    return select(HarvestSource).where(HarvestSource.is_paused.is_(False), HarvestSource.every_hours > 0)


def runs_of(source_id: int) -> Select[HarvestRun]:
    """The times that a source was asked."""
    return select(HarvestRun).where(HarvestRun.source_id == source_id)


def latest_runs(source_ids: Collection[int]) -> Select[HarvestRun]:
    """The latest run of each source."""
    latest = (
        select(func.max(HarvestRun.id))
        .where(HarvestRun.source_id.in_(source_ids))
        .group_by(HarvestRun.source_id)
    )
    return select(HarvestRun).where(HarvestRun.id.in_(latest))


def unfinished_runs(source_id: int) -> Update:
    """What was cut off, to be said so."""
    return update(HarvestRun).where(HarvestRun.source_id == source_id, HarvestRun.finished_at.is_(None))


def notes_of(run_id: int) -> Select[HarvestNote]:
    """What was refused or left out in a run, refusals first."""
    return (
        select(HarvestNote)
        .where(HarvestNote.run_id == run_id)
        .order_by(HarvestNote.is_refused.desc(), HarvestNote.id)
    )


def count_notes(run_id: int) -> Select[int]:
    """How many notes a run has."""
    return select(func.count()).select_from(HarvestNote).where(HarvestNote.run_id == run_id)


def harvested(identifiers: Collection[str]) -> Select[HarvestedResource]:
    """What came under these names."""
    return select(HarvestedResource).where(HarvestedResource.identifier.in_(identifiers))


def origins(resource_ids: Collection[int]) -> Select[HarvestedResource]:
    """Where these resources came from, if they did."""
    return select(HarvestedResource).where(HarvestedResource.resource_id.in_(resource_ids))


def origin_of(resource_id: int) -> Select[HarvestedResource]:
    """Where a resource came from, with its source."""
    return (
        select(HarvestedResource)
        .where(HarvestedResource.resource_id == resource_id)
        .options(joinedload(HarvestedResource.source))
    )


def taken_since(source_id: int, moment: datetime) -> Select[int]:
    """Ids of the resources of a source that were written since a moment."""
    return select(HarvestedResource.resource_id).where(
        HarvestedResource.source_id == source_id, HarvestedResource.taken_at >= moment
    )


def count_harvested(source_ids: Collection[int]) -> Select[int, int]:
    """How many resources each source brought that are still there."""
    return (
        select(HarvestedResource.source_id, func.count())
        .where(HarvestedResource.source_id.in_(source_ids), HarvestedResource.is_withdrawn_there.is_(False))
        .group_by(HarvestedResource.source_id)
    )


def resources_named(identifiers: Collection[str]) -> Select[Resource]:
    """The resources with these identifiers."""
    return select(Resource).where(Resource.identifier.in_(identifiers))


def owners_of_items(identifiers: Collection[str]) -> Select[str, int | None]:
    """Which resources ask the questions of these identifiers; None where none does."""
    return (
        select(Item.identifier, ResourceItem.resource_id)
        .outerjoin(ResourceItem, ResourceItem.item_id == Item.id)
        .where(Item.identifier.in_(identifiers))
    )


def conflict_of(source_id: int, resource_id: int) -> Select[HarvestConflict]:
    """What a source and we disagree about, if it was ever so."""
    return select(HarvestConflict).where(
        HarvestConflict.source_id == source_id, HarvestConflict.resource_id == resource_id
    )


def conflicts_of(hat: Hat) -> Select[HarvestConflict]:
    """All conflicts of the sources that an administrator looks after."""
    ids = sources_of(hat).with_only_columns(HarvestSource.id).order_by(None)
    return (
        select(HarvestConflict)
        .where(HarvestConflict.source_id.in_(ids))
        .options(joinedload(HarvestConflict.resource), joinedload(HarvestConflict.source))
    )


def open_conflicts(hat: Hat) -> Select[HarvestConflict]:
    """Those that nobody has decided."""
    return conflicts_of(hat).where(HarvestConflict.decision.is_(None))


def count_open(source_ids: Collection[int]) -> Select[int, int]:
    """How many conflicts of each source nobody has decided."""
    return (
        select(HarvestConflict.source_id, func.count())
        .where(HarvestConflict.source_id.in_(source_ids), HarvestConflict.decision.is_(None))
        .group_by(HarvestConflict.source_id)
    )


def kept_ours(conflict: HarvestConflict | None, received_sha256: str) -> bool:
    """Whether somebody decided against this very version before."""
    return (
        conflict is not None
        and conflict.decision is Decision.OURS
        and conflict.received_sha256 == received_sha256
    )
