"""The attempt: one response of one learner to one version of one item."""

from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from accounts.people.models import person_fk
from core.database import Model, pk, short_strings, utc
from core.privacy import Erasure, Personal, Retention, Use


class AttemptContext(StrEnum):
    """Where the question was asked."""

    LESSON = "lesson"
    PRACTICE = "practice"
    HOMEWORK = "homework"
    CORRECTION = "correction"


class Attempt(Model):
    """An answer (作答), pinned to what the pupil saw. Attempts are added, never edited."""

    __tablename__ = "attempt"
    __table_args__ = (
        Index(None, "person_id", "item_id", "id"),
        Index(None, "context", "context_id"),
        Index(None, "item_id"),
    )
    __privacy__ = Personal(
        subjects=("person_id",),
        uses=(
            Use(
                (
                    "item_id",
                    "item_version_id",
                    "seed",
                    "response",
                    "score",
                    "is_correct",
                    "context",
                    "context_id",
                    "hints_used",
                    "seconds",
                    "answered_at",
                ),
                "mark the work, show progress, and know what to practise next",
                Retention.SCHOOLING,
            ),
        ),
        erasure=Erasure.DELETE,
        technical=("id", "client_key", "response_sha256"),
    )

    id: Mapped[pk]
    client_key: Mapped[UUID] = mapped_column(unique=True)
    """Made by the device, so that a retry is recognised."""
    response_sha256: Mapped[str]
    person_id: Mapped[person_fk]
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    item_version_id: Mapped[int] = mapped_column(ForeignKey("item_version.id"))
    seed: Mapped[int | None]
    """Which variant it was, where the question has parameters."""
    response: Mapped[dict[str, Any]]
    """In the shape of the question's kind (``docs/items.md``)."""
    score: Mapped[float | None]
    """0 to 1; None until somebody marks it."""
    is_correct: Mapped[bool | None]
    context: Mapped[AttemptContext] = mapped_column(short_strings(AttemptContext))
    context_id: Mapped[int | None]
    """The lesson's, resource's or assignment's id."""
    hints_used: Mapped[int] = mapped_column(default=0)
    seconds: Mapped[float | None]
    """How long the pupil took, as the device tells; at most an hour."""
    answered_at: Mapped[utc]
