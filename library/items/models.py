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
    TRUE_FALSE = "true_false"
    TEXT_ENTRY = "text_entry"
    NUMERIC = "numeric"
    INLINE_CHOICE = "inline_choice"
    MATCH = "match"
    ORDER = "order"
    HOTSPOT = "hotspot"
    EXTENDED_TEXT = "extended_text"
    PHOTO = "photo"
    SPOKEN = "spoken"


class Stimulus(Model):
    """What several questions are about: a passage to read, the situation of a long problem (题组)."""

    __tablename__ = "stimulus"
    __privacy__ = Impersonal("is teaching material", authors=("created_by_id",))

    id: Mapped[pk]
    identifier: Mapped[str] = mapped_column(String(200), unique=True)
    subject_id: Mapped[subject_fk]
    current_version_id: Mapped[int | None] = mapped_column(
        ForeignKey("stimulus_version.id", use_alter=True, name="fk_stimulus_current_version")
    )
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    current_version: Mapped["StimulusVersion | None"] = relationship(
        lazy="raise", foreign_keys="Stimulus.current_version_id", post_update=True
    )


class StimulusVersion(Model):
    """One wording of a stimulus. Versions are added, never edited: so are then those of its questions."""

    __tablename__ = "stimulus_version"
    __table_args__ = (UniqueConstraint("stimulus_id", "number"),)
    __privacy__ = Impersonal("is teaching material")

    id: Mapped[pk]
    stimulus_id: Mapped[int] = mapped_column(ForeignKey("stimulus.id"), index=True)
    number: Mapped[int]
    title: Mapped[str] = mapped_column(String(300), default="")
    text: Mapped[str] = mapped_column(Text)
    """Words as a question's prompt has them."""
    pictures: Mapped[list[Any]] = mapped_column(default=list)
    """As an item version's."""
    created_at: Mapped[utc]

    stimulus: Mapped[Stimulus] = relationship(lazy="raise", foreign_keys="StimulusVersion.stimulus_id")


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
    __privacy__ = Impersonal("is teaching material", authors=("made_by_id",))

    id: Mapped[pk]
    item_id: Mapped[item_fk]
    number: Mapped[int]
    kind: Mapped[ItemKind] = mapped_column(short_strings(ItemKind))
    prompt: Mapped[str] = mapped_column(Text)
    """Plain text with line breaks; formulas in LaTeX between dollar signs; places of blanks and pictures."""
    interaction: Mapped[dict[str, Any]]
    """What the pupil may do, in the shape of the kind (``docs/items.md``)."""
    correct: Mapped[dict[str, Any]]
    """The key, in the shape of the kind; {} where a person marks."""
    explanation: Mapped[str] = mapped_column(Text, default="")
    hints: Mapped[list[str]]
    misconceptions: Mapped[list[Any]]
    """Typical errors (典型错误): [{response, feedback}], response in the shape a pupil's has."""
    difficulty: Mapped[float] = mapped_column(default=0.5)
    """0 easy to 1 hard."""
    minutes: Mapped[float] = mapped_column(default=1.0)
    source: Mapped[str] = mapped_column(String(300), default="")
    """Where it was first asked, e.g. the paper of an examination."""
    licence: Mapped[str] = mapped_column(String(64), default="")
    """Its own, where it differs from that of the resource that asks it."""
    pictures: Mapped[list[Any]] = mapped_column(default=list)
    """What ``[[picture:name]]`` in its texts stands for: [{name, asset, alt, width, height}]."""
    parameters: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """What is drawn anew for each pupil (变式): ``values``, ``derived``, ``conditions``; {} for none."""
    stimulus_version_id: Mapped[int | None] = mapped_column(ForeignKey("stimulus_version.id"), index=True)
    """What it is about, in the wording that belongs to this one."""
    stimulus_position: Mapped[int | None]
    """Its place among the questions about the stimulus."""
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    """Who worded it so; None where it was imported."""
    created_at: Mapped[utc]

    stimulus_version: Mapped[StimulusVersion | None] = relationship(lazy="raise")
    item: Mapped[Item] = relationship(lazy="raise", foreign_keys="ItemVersion.item_id")


class ItemPoint(Model):
    """That an item asks about a knowledge point."""

    __tablename__ = "item_point"
    __privacy__ = Impersonal("links a question and a piece of knowledge")

    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), primary_key=True)
    point_id: Mapped[point_fk] = mapped_column(primary_key=True)
