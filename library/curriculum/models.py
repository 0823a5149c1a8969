"""The curriculum tree and the order in which knowledge points build on each other."""

from enum import StrEnum
from typing import Annotated

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.database import Model, pk, short_strings, text64, text200
from core.privacy import Impersonal

subject_fk = Annotated[int, mapped_column(ForeignKey("subject.id"), index=True)]
point_fk = Annotated[int, mapped_column(ForeignKey("knowledge_point.id"), index=True)]


class Stage(StrEnum):
    """A stage of schooling (学段)."""

    PRIMARY = "primary"
    LOWER_SECONDARY = "lower_secondary"
    UPPER_SECONDARY = "upper_secondary"


class Subject(Model):
    """A school subject (学科)."""

    __tablename__ = "subject"
    __privacy__ = Impersonal("is a list of school subjects")

    id: Mapped[pk]
    code: Mapped[text64] = mapped_column(unique=True)
    name: Mapped[text200]
    name_en: Mapped[str] = mapped_column(String(200), default="")
    position: Mapped[int] = mapped_column(default=0)


class TextbookEdition(Model):
    """An edition of textbooks (版本)."""

    __tablename__ = "textbook_edition"
    __privacy__ = Impersonal("names a publisher's series")

    id: Mapped[pk]
    code: Mapped[text64] = mapped_column(unique=True)
    name: Mapped[text200]
    name_en: Mapped[str] = mapped_column(String(200), default="")


class Volume(Model):
    """One book (册) of an edition, for one grade and half-year."""

    __tablename__ = "volume"
    __table_args__ = (
        UniqueConstraint("subject_id", "edition_id", "grade", "half"),
        CheckConstraint("grade BETWEEN 1 AND 12", name="grade"),
        CheckConstraint("half BETWEEN 0 AND 2", name="half"),
    )
    __privacy__ = Impersonal("names a book")

    id: Mapped[pk]
    code: Mapped[text64] = mapped_column(unique=True)
    subject_id: Mapped[subject_fk]
    edition_id: Mapped[int] = mapped_column(ForeignKey("textbook_edition.id"), index=True)
    grade: Mapped[int]
    half: Mapped[int]
    """1 for 上册, 2 for 下册, 0 for a book of the whole year."""
    name: Mapped[text200]
    name_en: Mapped[str] = mapped_column(String(200), default="")


class Unit(Model):
    """A unit (单元) of a volume."""

    __tablename__ = "unit"
    __table_args__ = (UniqueConstraint("volume_id", "position"),)
    __privacy__ = Impersonal("names a chapter")

    id: Mapped[pk]
    code: Mapped[text64] = mapped_column(unique=True)
    volume_id: Mapped[int] = mapped_column(ForeignKey("volume.id"), index=True)
    position: Mapped[int]
    name: Mapped[text200]
    name_en: Mapped[str] = mapped_column(String(200), default="")


class KnowledgePoint(Model):
    """A knowledge point (知识点): the smallest thing that mastery is told of."""

    __tablename__ = "knowledge_point"
    __table_args__ = (
        CheckConstraint("grade BETWEEN 1 AND 12", name="grade"),
        CheckConstraint("merged_into_id <> id", name="not_into_itself"),
    )
    __privacy__ = Impersonal("names a piece of knowledge")

    id: Mapped[pk]
    code: Mapped[text64] = mapped_column(unique=True)
    subject_id: Mapped[subject_fk]
    stage: Mapped[Stage] = mapped_column(short_strings(Stage))
    grade: Mapped[int]
    """The grade in which it is usually first taught."""
    name: Mapped[text200]
    name_en: Mapped[str] = mapped_column(String(200), default="")
    description: Mapped[str] = mapped_column(Text, default="")
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("knowledge_point.id"), index=True)
    """The point that this one has turned out to be. The row stays: its code still means something."""

    subject: Mapped[Subject] = relationship(lazy="raise")


class UnitPoint(Model):
    """That a unit teaches a knowledge point."""

    __tablename__ = "unit_point"
    __privacy__ = Impersonal("links a chapter and a piece of knowledge")

    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), primary_key=True)
    point_id: Mapped[int] = mapped_column(ForeignKey("knowledge_point.id"), primary_key=True, index=True)


class Prerequisite(Model):
    """That one knowledge point is needed before another (前置)."""

    __tablename__ = "prerequisite"
    __table_args__ = (CheckConstraint("point_id <> requires_id", name="not_itself"),)
    __privacy__ = Impersonal("links two pieces of knowledge")

    point_id: Mapped[int] = mapped_column(ForeignKey("knowledge_point.id"), primary_key=True)
    requires_id: Mapped[int] = mapped_column(ForeignKey("knowledge_point.id"), primary_key=True, index=True)
