"""Collections as a hat may see them."""

from collections.abc import Collection as Ids

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select
from sqlalchemy.orm import contains_eager

from accounts.organisations.queries import ancestors_of
from accounts.people.models import Hat
from library.collections.models import Collection, CollectionEntry
from library.resources.models import Resource, ResourceKind, Tier
from library.resources.queries import is_among
from library.resources.queries import visible_to as resources_visible_to

_OF_ORGANISATIONS = (Tier.LOCAL, Tier.SCHOOL)


def visible_to(hat: Hat | None) -> Select[Collection]:
    """The collections that *hat* may open.

    They are the shared ones of the public, of its own school and of the district and city above, and those
    that it looks after.
    """
    if hat is None:
        return select(Collection).where(false())
    home = ancestors_of(hat.organisation)
    shared = and_(
        Collection.shared_at.is_not(None),
        or_(
            Collection.tier == Tier.PUBLIC,
            and_(Collection.tier.in_(_OF_ORGANISATIONS), Collection.organisation_id.in_(home)),
        ),
    )
    return select(Collection).where(Collection.removed_at.is_(None), or_(shared, _may_edit(hat)))


def edited_by(hat: Hat) -> Select[Collection]:
    """Those that *hat* looks after: its own, and those of the school, district or city that it works for."""
    return select(Collection).where(Collection.removed_at.is_(None), _may_edit(hat))


def removed_by(hat: Hat) -> Select[Collection]:
    """Those that *hat* looked after and that were taken away."""
    return select(Collection).where(Collection.removed_at.is_not(None), _may_edit(hat))


def _may_edit(hat: Hat) -> ColumnElement[bool]:
    if not (hat.is_teacher or hat.is_administrator):
        return false()
    return or_(
        and_(Collection.tier == Tier.PERSONAL, Collection.created_by_id == hat.person_id),
        and_(Collection.tier != Tier.PERSONAL, Collection.organisation_id == hat.organisation_id),
    )


def narrowed(
    found: Select[Collection],
    *,
    tier: Tier | None = None,
    subject_id: int | None = None,
    grade: int | None = None,
) -> Select[Collection]:
    """*found*, of one tier, subject or grade."""
    if tier:
        found = found.where(Collection.tier == tier)
    if subject_id:
        found = found.where(Collection.subject_id == subject_id)
    if grade:
        found = found.where(Collection.grade_from <= grade, Collection.grade_to >= grade)
    return found


def entries_of(hat: Hat, collection_id: int, kind: ResourceKind | None = None) -> Select[CollectionEntry]:
    """The entries of a curated collection whose resources *hat* may open, in order.

    Each resource is checked anew: that a collection is shared opens nothing of what it names.
    """
    found = (
        select(CollectionEntry)
        .join(CollectionEntry.resource)
        .where(_there(collection_id), is_among(resources_visible_to(hat), CollectionEntry.resource_id))
        .options(contains_eager(CollectionEntry.resource))
        .order_by(CollectionEntry.position, CollectionEntry.id)
    )
    return found.where(Resource.kind == kind) if kind else found


def all_entries_of(collection_id: int) -> Select[CollectionEntry]:
    """All entries of a collection in order, whoever may open their resources."""
    return (
        select(CollectionEntry)
        .where(_there(collection_id))
        .order_by(CollectionEntry.position, CollectionEntry.id)
    )


def counts_of(hat: Hat, collection_ids: Ids[int]) -> Select[int, int]:
    """How many resources of each curated collection *hat* may open."""
    return (
        select(CollectionEntry.collection_id, func.count())
        .where(
            CollectionEntry.collection_id.in_(collection_ids),
            CollectionEntry.removed_at.is_(None),
            is_among(resources_visible_to(hat), CollectionEntry.resource_id),
        )
        .group_by(CollectionEntry.collection_id)
    )


def _there(collection_id: int) -> ColumnElement[bool]:
    return and_(CollectionEntry.collection_id == collection_id, CollectionEntry.removed_at.is_(None))
