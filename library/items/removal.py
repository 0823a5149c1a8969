"""Take questions away that nobody has met, as if they had never been."""

from collections.abc import Collection, Iterator
from typing import cast

from sqlalchemy import ColumnElement, Table, delete, or_, select, update

from core.database import Model, db
from library.items.errors import ItemUsed
from library.items.models import Item, ItemVersion

PARTS = ("resource_item", "item_point", "item_version")
"""Tables whose rows mean nothing without the question, whichever room they belong to."""
_KEPT_WITHOUT = "SET NULL"


def remove_unused(item_ids: Collection[int]) -> None:
    """Take the questions away with all their wordings.

    Raises:
        ItemUsed: something tells of one that must not be lost, such as an answer or an assignment.
    """
    naming = list(_naming(item_ids))
    for table, rows in naming:
        if table.name not in PARTS and db.session.execute(select(table).where(rows).limit(1)).first():
            raise ItemUsed
    db.session.execute(update(Item).where(Item.id.in_(item_ids)).values(current_version_id=None))
    for name in PARTS:
        for table, rows in naming:
            if table.name == name:
                db.session.execute(delete(table).where(rows))
    db.session.execute(delete(Item).where(Item.id.in_(item_ids)))


def _naming(item_ids: Collection[int]) -> Iterator[tuple[Table, ColumnElement[bool]]]:
    """Each table, on whatever floor, that names questions or wordings, and which of its rows name these."""
    versions = select(ItemVersion.id).where(ItemVersion.item_id.in_(item_ids))
    for mapper in Model.registry.mappers:
        table = cast("Table", mapper.local_table)
        if table.name == Item.__tablename__:
            continue
        rows = [
            column.in_(item_ids if key.column.table.name == Item.__tablename__ else versions)
            for column in table.columns
            for key in column.foreign_keys
            if key.column.table.name in {Item.__tablename__, ItemVersion.__tablename__}
            and key.ondelete != _KEPT_WITHOUT
        ]
        if rows:
            yield table, or_(*rows)
