"""One collection, or one of its entries, for the person who asks: what is not theirs is not found."""

from sqlalchemy.orm import joinedload

from accounts.sign_in.current import current_hat
from core.access import find
from core.database import db
from library.collections import queries
from library.collections.models import Collection, CollectionEntry, CollectionKind


def visible(collection_id: int) -> Collection:
    """A collection that may be opened."""
    collection: Collection = find(
        queries.visible_to(current_hat())
        .where(Collection.id == collection_id)
        .options(joinedload(Collection.subject), joinedload(Collection.organisation))
    )
    return collection


def keeping_a_search(collection_id: int) -> Collection:
    """A collection that may be opened and keeps a search."""
    smart: Collection = find(
        queries.visible_to(current_hat()).where(
            Collection.id == collection_id, Collection.kind == CollectionKind.SMART
        )
    )
    return smart


def edited(collection_id: int, *, is_held: bool = False) -> Collection:
    """A collection that the person looks after; *is_held* keeps others out until the transaction ends."""
    found = queries.edited_by(current_hat()).where(Collection.id == collection_id)
    collection: Collection = find(found.with_for_update(of=Collection) if is_held else found)
    return collection


def is_edited(collection_id: int) -> bool:
    """Whether the person looks after it."""
    mine = queries.edited_by(current_hat()).where(Collection.id == collection_id)
    return db.session.scalar(mine.with_only_columns(Collection.id)) is not None


def entry_in(collection: Collection, resource_id: int) -> CollectionEntry:
    """What stands in it of a resource."""
    entry: CollectionEntry = find(
        queries.all_entries_of(collection.id).where(CollectionEntry.resource_id == resource_id)
    )
    return entry
