"""The next version of an item's wording: versions are added, never edited."""

from datetime import datetime
from typing import Any

from sqlalchemy import select

from core.database import db
from library.items.models import ItemVersion

NOT_COPIED = frozenset({"id", "number", "made_by_id", "created_at"})


def next_wording(version: ItemVersion, *, by_id: int, now: datetime, **changes: Any) -> ItemVersion:  # noqa: ANN401 -- any column
    """*version* with some columns changed by a person, as the next one of its item."""
    number = select(ItemVersion.number).where(ItemVersion.item_id == version.item_id)
    latest = db.session.scalars(number.order_by(ItemVersion.number.desc()).limit(1)).one()
    copied = {
        column.key: getattr(version, column.key)
        for column in ItemVersion.__mapper__.column_attrs
        if column.key not in NOT_COPIED
    }
    made = ItemVersion(**(copied | changes), number=latest + 1, made_by_id=by_id, created_at=now)
    db.session.add(made)
    db.session.flush()
    return made
