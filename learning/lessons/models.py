"""The micro-lesson: a resource that plays."""

from enum import StrEnum
from typing import Annotated

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.database import Model, pk, short_strings, utc
from core.privacy import Impersonal
from library.media.models import MediaAsset, asset_fk
from library.resources.models import Resource

lesson_fk = Annotated[int, mapped_column(ForeignKey("micro_lesson.id"), index=True)]


class TrackKind(StrEnum):
    """The kind of a text track, as in WebVTT."""

    CAPTIONS = "captions"
    SUBTITLES = "subtitles"


class MicroLesson(Model):
    """A micro-lesson (微课): its resource is what is found and shared, its asset is what plays."""

    __tablename__ = "micro_lesson"
    __privacy__ = Impersonal("is teaching material")

    id: Mapped[pk]
    resource_id: Mapped[int] = mapped_column(ForeignKey("resource.id"), unique=True)
    asset_id: Mapped[asset_fk]
    completion_share: Mapped[float] = mapped_column(default=0.8)
    """The share of the video that must have been seen, beside the required checkpoints."""
    created_at: Mapped[utc]

    resource: Mapped[Resource] = relationship(lazy="joined")
    asset: Mapped[MediaAsset] = relationship(lazy="joined")


class Chapter(Model):
    """A named stretch (章节) that begins at a second of the video."""

    __tablename__ = "chapter"
    __table_args__ = (UniqueConstraint("lesson_id", "start_seconds"),)
    __privacy__ = Impersonal("is teaching material")

    id: Mapped[pk]
    lesson_id: Mapped[lesson_fk]
    start_seconds: Mapped[float]
    title: Mapped[str] = mapped_column(String(200))
    title_en: Mapped[str] = mapped_column(String(200), default="")


class TextTrack(Model):
    """Captions (字幕) in one language, as WebVTT."""

    __tablename__ = "text_track"
    __table_args__ = (UniqueConstraint("lesson_id", "kind", "language"),)
    __privacy__ = Impersonal("is teaching material")

    id: Mapped[pk]
    lesson_id: Mapped[lesson_fk]
    kind: Mapped[TrackKind] = mapped_column(short_strings(TrackKind))
    language: Mapped[str] = mapped_column(String(16))
    text: Mapped[str] = mapped_column(Text)


class Checkpoint(Model):
    """A question (互动点) at a second of the video."""

    __tablename__ = "checkpoint"
    __table_args__ = (CheckConstraint("at_seconds >= 0", name="at_seconds"),)
    __privacy__ = Impersonal("is teaching material")

    id: Mapped[pk]
    lesson_id: Mapped[lesson_fk]
    at_seconds: Mapped[float]
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    is_required: Mapped[bool] = mapped_column(default=True)
