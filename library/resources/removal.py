"""Take a draft away for good: with the rows that are parts of it, if nothing else names it."""

from collections.abc import Iterator
from typing import cast

from sqlalchemy import ColumnElement, Table, delete, or_, select

from core.database import Model, db, publish
from library.resources.errors import NamedElsewhere, NoDraft
from library.resources.events import ResourcesChanged
from library.resources.models import Resource, ReviewState

PARTS = frozenset(
    {
        *("resource_body", "resource_asset", "resource_item", "resource_point", "resource_version"),
        *("resource_extract", "resource_fingerprint", "resource_use", "link_check", "duplicate_pair"),
        *("oai_record", "collection_entry", "favourite", "tray_entry", "recommendation", "package_progress"),
        "stated_point",
    }
)
"""Tables whose rows mean nothing without the resource, whichever room they belong to."""


def remove_draft(resource: Resource) -> None:
    """Take *resource* away as if it had never been.

    Raises:
        NoDraft: others could have found it.
        NamedElsewhere: something tells of it that must not be lost, such as a decision or a report.
    """
    if resource.review_state is not ReviewState.DRAFT:
        raise NoDraft
    for table, naming in _naming(resource.id):
        if table.name not in PARTS and db.session.execute(select(table).where(naming).limit(1)).first():
            raise NamedElsewhere
    for table, naming in _naming(resource.id):
        if table.name in PARTS:
            db.session.execute(delete(table).where(naming))
    resource_id = resource.id
    db.session.flush()
    db.session.expunge(resource)
    db.session.execute(delete(Resource).where(Resource.id == resource_id))
    publish(ResourcesChanged((resource_id,)))


def _naming(resource_id: int) -> Iterator[tuple[Table, ColumnElement[bool]]]:
    """Each table, on whatever floor, that names resources, and which of its rows name this one."""
    for mapper in Model.registry.mappers:
        table = cast("Table", mapper.local_table)
        columns = [
            column
            for column in table.columns
            if any(key.column.table.name == Resource.__tablename__ for key in column.foreign_keys)
        ]
        if columns:
            yield table, or_(*(column == resource_id for column in columns))
