"""Recommendations shown, with their reason and the pupil's word on them."""

from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.people.models import person_fk
from core.database import Model, pk, short_strings, utc
from core.privacy import Erasure, Personal, Retention, Use
from library.resources.models import Resource
from recommender.candidates.candidate import Reason


class Word(StrEnum):
    """What the pupil said of a suggestion."""

    TOO_EASY = "too_easy"
    TOO_HARD = "too_hard"
    SEEN = "seen"
    NOT_FOR_ME = "not_for_me"


class Recommendation(Model):
    """One suggestion (推荐): what, why, on what evidence, whether shown, what was answered."""

    __tablename__ = "recommendation"
    __table_args__ = (Index(None, "person_id", "is_current", "position"),)
    __privacy__ = Personal(
        subjects=("person_id",),
        uses=(
            Use(
                (
                    "resource_id",
                    "position",
                    "reason",
                    "evidence",
                    "score",
                    "made_at",
                    "is_current",
                    "shown_at",
                    "opened_at",
                    "word",
                    "word_at",
                ),
                "suggest what to learn next, explain it, and respect a no (个人信息保护法 §24)",
                Retention.THIRTEEN_MONTHS,
            ),
        ),
        erasure=Erasure.DELETE,
    )

    id: Mapped[pk]
    person_id: Mapped[person_fk]
    resource_id: Mapped[int] = mapped_column(ForeignKey("resource.id"), index=True)
    position: Mapped[int]
    reason: Mapped[Reason] = mapped_column(short_strings(Reason))
    evidence: Mapped[dict[str, Any]]
    """The numbers and ids in the sentence: everything that entered the score."""
    score: Mapped[float]
    made_at: Mapped[utc]
    is_current: Mapped[bool] = mapped_column(default=True)
    shown_at: Mapped[utc | None]
    opened_at: Mapped[utc | None]
    word: Mapped[Word | None] = mapped_column(short_strings(Word))
    word_at: Mapped[utc | None]

    resource: Mapped[Resource] = relationship(lazy="raise")
