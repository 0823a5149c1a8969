"""Exports as a hat may see them, and what goes into them."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, false, or_, select

from accounts.organisations.models import Organisation
from accounts.organisations.queries import descendants_of
from accounts.people.models import Hat
from library.exports.models import ExportState, LibraryExport
from library.resources.models import Resource, Tier

_OWNED = (Tier.LOCAL, Tier.SCHOOL)


def exports_of(hat: Hat) -> Select[LibraryExport]:
    """What *hat*'s person ordered; an administrator also sees what others of the organisation did."""
    own: ColumnElement[bool] = LibraryExport.ordered_by_id == hat.person_id
    if hat.is_administrator:
        own = or_(own, LibraryExport.ordered_for_id == hat.organisation_id)
    elif not hat.is_teacher:
        own = false()
    return select(LibraryExport).where(own)


def within(tiers: Collection[Tier], organisation: Organisation) -> ColumnElement[bool]:
    """The resources of these tiers that belong to everybody, or to *organisation* and those below it."""
    below = descendants_of(organisation)
    owned = and_(
        Resource.tier.in_([one for one in tiers if one in _OWNED]), Resource.organisation_id.in_(below)
    )
    return or_(Resource.tier == Tier.PUBLIC, owned) if Tier.PUBLIC in tiers else owned


def with_files_before(moment: datetime) -> Select[LibraryExport]:
    """Exports whose file is kept, though it was made before *moment*."""
    return select(LibraryExport).where(
        LibraryExport.state == ExportState.DONE, LibraryExport.finished_at < moment
    )


def identifiers_of(resource_ids: Collection[int]) -> Select[int, str, str]:
    """Id, identifier and title of resources."""
    return select(Resource.id, Resource.identifier, Resource.title).where(Resource.id.in_(resource_ids))
