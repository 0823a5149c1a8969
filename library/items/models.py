"""Items and their versions (QTI 3: item, interaction, response declaration)."""

from enum import StrEnum
from typing import Annotated, Any

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.database import Model, pk, short_strings, utc
from core.privacy import Impersonal
from library.curriculum.models import point_fk, subject_fk

item_fk = Annotated[int, mapped_column(ForeignKey("item.id"), index=True)]
item_version_fk = Annotated[int, mapped_column(ForeignKey("item_version.id"), index=True)]


class ItemKind(StrEnum):
    """The interaction of an item (题型)."""

    CHOICE = "choice"
    MULTIPLE_CHOICE = "multiple_choice"
    TEXT_ENTRY = "text_entry"
    NUMERIC = "numeric"
    PHOTO = "photo"


class Item(Model):
    """A question (题目). What it says stands in its versions; an attempt is pinned to one of them."""

    __tablename__ = "item"
    __privacy__ = Impersonal("is teaching material", authors=("created_by_id",))

    id: Mapped[pk]
    identifier: Mapped[str] = mapped_column(String(200), unique=True)
    subject_id: Mapped[subject_fk]
    current_version_id: Mapped[int | None] = mapped_column(
        ForeignKey("item_version.id", use_alter=True, name="fk_item_current_version")
    )
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    current_version: Mapped["ItemVersion | None"] = relationship(
        lazy="raise", foreign_keys="Item.current_version_id", post_update=True
    )


class ItemVersion(Model):
    """One wording of an item, with its key. Versions are added, never edited."""

    __tablename__ = "item_version"
    __table_args__ = (UniqueConstraint("item_id", "number"),)
    __privacy__ = Impersonal("is teaching material")

    id: Mapped[pk]
    item_id: Mapped[item_fk]
    number: Mapped[int]
    kind: Mapped[ItemKind] = mapped_column(short_strings(ItemKind))
    prompt: Mapped[str] = mapped_column(Text)
    """Plain text with line breaks; formulas in LaTeX between dollar signs."""
    interaction: Mapped[dict[str, Any]]
    """What the pupil may do: ``choices`` [{id, text}], ``blanks`` (count), ``unit``."""
    correct: Mapped[dict[str, Any]]
    """The key: ``choices`` [id], ``blanks`` [[accepted text]], ``value`` and ``tolerance``; {} for photos."""
    explanation: Mapped[str] = mapped_column(Text, default="")
    hints: Mapped[list[str]]
    misconceptions: Mapped[list[Any]]
    """Typical errors (典型错误): [{response, feedback}], response in the shape a pupil's has."""
    difficulty: Mapped[float] = mapped_column(default=0.5)
    """0 easy to 1 hard."""
    minutes: Mapped[float] = mapped_column(default=1.0)
    created_at: Mapped[utc]

    item: Mapped[Item] = relationship(lazy="raise", foreign_keys="ItemVersion.item_id")


class ItemPoint(Model):
    """That an item asks about a knowledge point."""

    __tablename__ = "item_point"
    __privacy__ = Impersonal("links a question and a piece of knowledge")

    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), primary_key=True)
    point_id: Mapped[point_fk] = mapped_column(primary_key=True)
