"""Annotations on photographed pages."""

from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, declared_attr, mapped_column
from sqlalchemy.schema import SchemaItem

from core.database import Model, pk, sha256, short_strings, utc
from core.privacy import Erasure, Personal, Retention, Use
from homework.annotations.shapes import NoteKind

NOTE_PRIVACY = Personal(
    subjects=("page_id",),
    uses=(
        Use(
            ("kind", "shape", "sound_sha256", "seconds", "made_by_id", "made_at", "removed_at"),
            "show the pupil on the page what is meant",
            Retention.SCHOOLING,
        ),
    ),
    erasure=Erasure.DELETE,
    technical=("id", "client_key"),
)
"""What every table of notes declares."""


class Note(Model):
    """One stroke, stamp, text or spoken comment. Notes are added and taken away, never edited.

    So two teachers on one page, or one on two devices, never overwrite each other, and all can be undone.
    Each kind of page has a table of notes of its own.
    """

    __abstract__ = True

    @declared_attr.directive
    def __table_args__(cls) -> tuple[SchemaItem, ...]:  # noqa: N805 -- SQLAlchemy calls it with the class
        """A constraint belongs to one table: each gets its own."""
        return (CheckConstraint("(kind = 'voice') = (sound_sha256 IS NOT NULL)", name="sound"),)

    id: Mapped[pk]
    page_id: Mapped[int]
    """The photograph, in the table that the kind of note says."""
    client_key: Mapped[UUID] = mapped_column(unique=True)
    """Made by the device that drew it, so that sending it again adds nothing."""
    kind: Mapped[NoteKind] = mapped_column(short_strings(NoteKind))
    shape: Mapped[dict[str, Any]]
    """As ``shapes.py`` has it for the kind."""
    sound_sha256: Mapped[sha256 | None]
    seconds: Mapped[float | None]
    made_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    made_at: Mapped[utc]
    removed_at: Mapped[utc | None]
    """None while it is to be seen."""


class PageNote(Note):
    """A note on a photograph of a hand-in."""

    __tablename__ = "page_note"
    __privacy__ = NOTE_PRIVACY

    page_id: Mapped[int] = mapped_column(ForeignKey("page.id"), index=True)
