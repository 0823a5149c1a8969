"""Registrations, played intervals and what they add up to (xAPI Video Profile, cmi5 registration)."""

from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from accounts.people.models import person_fk
from core.database import Model, pk, utc
from core.privacy import Erasure, Personal, Retention, Use
from learning.lessons.models import lesson_fk


class Registration(Model):
    """One pupil's way through one lesson; assigning it anew starts a new one.

    Beside the intervals it keeps their union, so that a page reads one row.
    """

    __tablename__ = "registration"
    __table_args__ = (Index(None, "person_id", "lesson_id", "id"),)
    __privacy__ = Personal(
        subjects=("person_id",),
        uses=(
            Use(
                (
                    "lesson_id",
                    "seen",
                    "seen_seconds",
                    "position_seconds",
                    "started_at",
                    "updated_at",
                    "completed_at",
                ),
                "resume where the pupil stopped, and know what was watched",
                Retention.SCHOOLING,
            ),
        ),
        erasure=Erasure.DELETE,
        technical=("id", "uuid"),
    )

    id: Mapped[pk]
    uuid: Mapped[UUID] = mapped_column(unique=True)
    person_id: Mapped[person_fk]
    lesson_id: Mapped[lesson_fk]
    seen: Mapped[list[Any]]
    """The union of what was seen: disjoint [start, end] in seconds, ascending."""
    seen_seconds: Mapped[float] = mapped_column(default=0.0)
    position_seconds: Mapped[float] = mapped_column(default=0.0)
    started_at: Mapped[utc]
    updated_at: Mapped[utc]
    completed_at: Mapped[utc | None]


class PlayedInterval(Model):
    """One stretch played without a jump (观看片段), as the player sent it."""

    __tablename__ = "played_interval"
    __table_args__ = (Index(None, "registration_id", "wall_end"),)
    __privacy__ = Personal(
        subjects=("registration_id",),
        uses=(
            Use(
                ("start_seconds", "end_seconds", "rate", "wall_start", "wall_end", "received_at"),
                "know what was really watched",
                Retention.THIRTEEN_MONTHS,
            ),
        ),
        erasure=Erasure.DELETE,
        technical=("uuid",),
    )

    uuid: Mapped[UUID] = mapped_column(primary_key=True)
    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id"))
    start_seconds: Mapped[float]
    end_seconds: Mapped[float]
    rate: Mapped[float]
    wall_start: Mapped[utc]
    wall_end: Mapped[utc]
    received_at: Mapped[utc]
