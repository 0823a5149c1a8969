"""Favourites and trays."""

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.people.models import person_fk
from core.database import Model, pk, utc
from core.privacy import Erasure, Personal, Retention, Use
from library.resources.models import Resource, resource_fk

LONGEST_NOTE = 500


class Favourite(Model):
    """That a person wants to find a resource again."""

    __tablename__ = "favourite"
    __table_args__ = (UniqueConstraint("person_id", "resource_id"),)
    __privacy__ = Personal(
        subjects=("person_id",),
        uses=(
            Use(
                ("resource_id", "marked_at"), "find again what the person chose to keep", Retention.SCHOOLING
            ),
        ),
        erasure=Erasure.DELETE,
    )

    id: Mapped[pk]
    person_id: Mapped[person_fk]
    resource_id: Mapped[resource_fk]
    marked_at: Mapped[utc]

    resource: Mapped[Resource] = relationship(lazy="raise")


class TrayEntry(Model):
    """A resource in a teacher's tray (备课篮), in the order of the lesson."""

    __tablename__ = "tray_entry"
    __table_args__ = (UniqueConstraint("person_id", "resource_id"), Index(None, "person_id", "position"))
    __privacy__ = Personal(
        subjects=("person_id",),
        uses=(
            Use(
                ("resource_id", "position", "note", "added_at", "removed_at"),
                "prepare a lesson from the library",
                Retention.SCHOOLING,
            ),
        ),
        erasure=Erasure.DELETE,
    )

    id: Mapped[pk]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    resource_id: Mapped[resource_fk]
    position: Mapped[int]
    note: Mapped[str] = mapped_column(String(LONGEST_NOTE), default="")
    added_at: Mapped[utc]
    removed_at: Mapped[utc | None]
    """Taken out, and kept a day with its place and note, so that this can be undone."""

    resource: Mapped[Resource] = relationship(lazy="raise")
