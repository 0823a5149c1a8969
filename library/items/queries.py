"""Items and their versions by where they stand."""

from collections.abc import Collection

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from library.items.models import Item, ItemPoint, ItemVersion


def versions(ids: Collection[int]) -> Select[ItemVersion]:
    """These wordings, in no order."""
    return select(ItemVersion).where(ItemVersion.id.in_(ids))


def current_versions(item_ids: Collection[int] | Select[int]) -> Select[ItemVersion]:
    """The present wording of each of the items, in no order."""
    return (
        select(ItemVersion).join(Item, Item.current_version_id == ItemVersion.id).where(Item.id.in_(item_ids))
    )


def with_current_version(item_ids: Collection[int]) -> Select[Item]:
    """The items, each with its present wording loaded."""
    return select(Item).where(Item.id.in_(item_ids)).options(joinedload(Item.current_version))


def point_ids_of(item_id: int) -> Select[int]:
    """Ids of the knowledge points that an item asks about."""
    return select(ItemPoint.point_id).where(ItemPoint.item_id == item_id)


def items_about(point_ids: Collection[int]) -> Select[int]:
    """Ids of the items that ask about any of the knowledge points."""
    return select(ItemPoint.item_id).where(ItemPoint.point_id.in_(point_ids)).distinct()
