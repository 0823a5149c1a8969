"""Merges of knowledge points, and what each of them moved."""

from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.database import Model, pk, utc
from core.privacy import Impersonal
from library.curriculum.models import KnowledgePoint, point_fk
from library.merges.following import Stays


class PointMerge(Model):
    """That one knowledge point was found to be another, until it was undone."""

    __tablename__ = "point_merge"
    __table_args__ = (CheckConstraint("kept_id <> merged_id", name="two_points"),)
    __privacy__ = Impersonal(
        "says which names of knowledge mean the same", authors=("merged_by_id", "undone_by_id")
    )
    __when_points_merge__: ClassVar = Stays("it says what was merged when")

    id: Mapped[pk]
    merged_id: Mapped[point_fk]
    kept_id: Mapped[point_fk]
    merged_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    merged_at: Mapped[utc]
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    undone_at: Mapped[utc | None]

    merged: Mapped[KnowledgePoint] = relationship(lazy="raise", foreign_keys="PointMerge.merged_id")
    kept: Mapped[KnowledgePoint] = relationship(lazy="raise", foreign_keys="PointMerge.kept_id")


class PointMergeRow(Model):
    """A row that a merge moved, or took out because the point that stays had the like: enough to undo it."""

    __tablename__ = "point_merge_row"
    __privacy__ = Impersonal("names rows by their keys; tables about people have keys of their own")

    id: Mapped[pk]
    merge_id: Mapped[int] = mapped_column(ForeignKey("point_merge.id"), index=True)
    table_name: Mapped[str] = mapped_column(String(64))
    column_name: Mapped[str] = mapped_column(String(64))
    """The column that named the merged point."""
    key: Mapped[dict[str, Any]]
    """The row's primary key as it was before the merge."""
    was_removed: Mapped[bool]
    """A link that would have stood twice, or from a point to itself; its key is all that it said."""
