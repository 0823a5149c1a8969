"""Collections and their entries."""

from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.organisations.models import Organisation
from core.database import Model, pk, short_strings, utc
from core.privacy import Impersonal
from library.curriculum.models import Subject
from library.resources.models import Resource, Tier, resource_fk

LONGEST_NOTE = 500


class CollectionKind(StrEnum):
    """Whether people or a search choose what is in it."""

    CURATED = "curated"
    SMART = "smart"


class Tone(StrEnum):
    """The colour of a cover; a name of the style sheet."""

    JADE = "jade"
    BLUE = "blue"
    GREEN = "green"
    AMBER = "amber"
    PLUM = "plum"


class Picture(StrEnum):
    """What stands on a cover; an icon of the sprite."""

    FOLDER = "folder"
    BOOK = "book-2"
    FLASK = "flask"
    WORLD = "world"
    PALETTE = "palette"
    MATHS = "math-function"
    STAR = "star"
    PLANT = "plant"


class Collection(Model):
    """A list of resources with a name: public, of a district, of a school, or of one person."""

    __tablename__ = "collection"
    __table_args__ = (
        Index(None, "tier", "shared_at"),
        CheckConstraint("grade_from BETWEEN 1 AND 12 AND grade_to BETWEEN grade_from AND 12", name="grades"),
        CheckConstraint("tier = 'personal' OR organisation_id IS NOT NULL", name="owner"),
    )
    __privacy__ = Impersonal("is a list of teaching material", authors=("created_by_id",))

    id: Mapped[pk]
    kind: Mapped[CollectionKind] = mapped_column(short_strings(CollectionKind))
    title: Mapped[str] = mapped_column(String(200))
    description: Mapped[str] = mapped_column(Text, default="")
    tier: Mapped[Tier] = mapped_column(short_strings(Tier))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    """The school, district or city whose people look after it; None for a personal one."""
    created_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    subject_id: Mapped[int | None] = mapped_column(ForeignKey("subject.id"), index=True)
    grade_from: Mapped[int]
    grade_to: Mapped[int]
    tone: Mapped[Tone] = mapped_column(short_strings(Tone), default=Tone.JADE)
    picture: Mapped[Picture] = mapped_column(short_strings(Picture), default=Picture.FOLDER)
    search: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Of a kept search: its words and filters, as they stand in the address of the search page."""
    shared_at: Mapped[utc | None]
    """Until then only its curators see it."""
    removed_at: Mapped[utc | None]
    """Taken away by a curator, who can bring it back."""
    version: Mapped[int] = mapped_column(default=1)
    """Counts changes of what it says about itself; its list is changed entry by entry."""
    created_at: Mapped[utc]
    updated_at: Mapped[utc]

    subject: Mapped[Subject | None] = relationship(lazy="raise")
    organisation: Mapped[Organisation | None] = relationship(lazy="raise")


class CollectionEntry(Model):
    """A resource in a curated collection, in order."""

    __tablename__ = "collection_entry"
    __table_args__ = (
        UniqueConstraint("collection_id", "resource_id"),
        Index(None, "collection_id", "position"),
    )
    __privacy__ = Impersonal("is a list of teaching material")

    id: Mapped[pk]
    collection_id: Mapped[int] = mapped_column(ForeignKey("collection.id"))
    resource_id: Mapped[resource_fk]
    position: Mapped[int]
    note: Mapped[str] = mapped_column(String(LONGEST_NOTE), default="")
    version: Mapped[int] = mapped_column(default=1)
    """Counts changes of the note."""
    removed_at: Mapped[utc | None]

    resource: Mapped[Resource] = relationship(lazy="raise")
