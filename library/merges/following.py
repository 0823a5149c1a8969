"""Which tables name knowledge points, on whatever floor they stand, and how each follows a merge.

A foreign key to ``knowledge_point`` is enough: its rows move with the point. A model whose rows say more
declares in ``__when_points_merge__`` that they stay; the room that owns it does what is right for them when
it hears of ``PointsMerged`` and ``PointsParted``.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import PrimaryKeyConstraint, Table, UniqueConstraint
from sqlalchemy.sql.elements import KeyedColumnElement

from core.database import Model
from library.curriculum.models import KnowledgePoint

POINTS = KnowledgePoint.__tablename__


@dataclass(frozen=True, slots=True)
class Stays:
    """The rows of this table go on naming the merged point."""

    because: str


@dataclass(frozen=True, slots=True)
class Place:
    """One column, somewhere, that names a knowledge point."""

    table: Table
    column: str

    @property
    def is_link(self) -> bool:
        """Whether a row says nothing but its key, so that the same key again is the same statement."""
        return all(column.primary_key for column in self.table.columns)

    @property
    def key(self) -> list[str]:
        """The columns of the primary key."""
        return [column.key for column in self.table.primary_key.columns]

    def unique_with(self) -> list[list[str]]:
        """For each promise that rows are unique by this column and others: the others."""
        promises: list[set[str]] = [
            {column.key for column in one.columns}
            for one in self.table.constraints
            if isinstance(one, PrimaryKeyConstraint | UniqueConstraint)
        ]
        promises += [{column.key for column in one.columns} for one in self.table.indexes if one.unique]
        return [sorted(names - {self.column}) for names in promises if self.column in names]

    def others(self) -> list[str]:
        """Further columns of the table that name knowledge points."""
        return [
            column.key for column in self.table.columns if column.key != self.column and names_a_point(column)
        ]


def places() -> list[Place]:
    """Every column whose rows move when points are merged, in the order of the tables' names."""
    found = [
        Place(model.__table__, column.key)
        for model in models()
        if not isinstance(getattr(model, "__when_points_merge__", None), Stays)
        for column in model.__table__.columns
        if isinstance(model.__table__, Table) and names_a_point(column)
    ]
    return sorted(found, key=lambda place: (place.table.name, place.column))


def models() -> Iterator[type[Model]]:
    """The models that name knowledge points, the points themselves left out."""
    for mapper in Model.registry.mappers:
        model = mapper.class_
        if model is not KnowledgePoint and any(names_a_point(one) for one in model.__table__.columns):
            yield model


def names_a_point(column: KeyedColumnElement[Any]) -> bool:
    """Whether the column is a foreign key to a knowledge point."""
    return any(key.column.table.name == POINTS for key in column.foreign_keys)
