"""Mastery: the live state of the Elo/Rasch model (see ``recommender/profiles/mastery.py``)."""

from typing import ClassVar

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from accounts.people.models import person_fk
from core.database import Model, utc
from core.privacy import Erasure, Impersonal, Personal, Retention, Use
from library.merges.following import Stays


class LearnerAbility(Model):
    """A learner's general ability in one subject, in logits."""

    __tablename__ = "learner_ability"
    __privacy__ = Personal(
        subjects=("person_id",),
        uses=(
            Use(
                ("subject_id", "ability", "answers", "last_attempt_id"),
                "suggest work of the right difficulty",
                Retention.SCHOOLING,
            ),
        ),
        erasure=Erasure.DELETE,
        technical=(),
    )

    person_id: Mapped[person_fk] = mapped_column(primary_key=True)
    subject_id: Mapped[int] = mapped_column(ForeignKey("subject.id"), primary_key=True)
    ability: Mapped[float] = mapped_column(default=0.0)
    answers: Mapped[int] = mapped_column(default=0)
    last_attempt_id: Mapped[int] = mapped_column(default=0)
    """The newest attempt that is in; a job that runs twice counts it once."""


class Mastery(Model):
    """How far one learner masters one knowledge point (掌握): when reached, and now."""

    __tablename__ = "mastery"
    __table_args__ = (Index(None, "point_id"),)
    __privacy__ = Personal(
        subjects=("person_id",),
        uses=(
            Use(
                ("point_id", "deviation", "answers", "correct", "estimate", "reached_at", "last_answer_at"),
                "show what is mastered and what to review, with its evidence",
                Retention.SCHOOLING,
            ),
        ),
        erasure=Erasure.DELETE,
        technical=(),
    )
    __when_points_merge__: ClassVar = Stays("made anew from the answers, see profiles.services.replay")

    person_id: Mapped[person_fk] = mapped_column(primary_key=True)
    point_id: Mapped[int] = mapped_column(ForeignKey("knowledge_point.id"), primary_key=True)
    deviation: Mapped[float] = mapped_column(default=0.0)
    """The learner's deviation at this point from the mean of all, in logits."""
    answers: Mapped[int] = mapped_column(default=0)
    correct: Mapped[int] = mapped_column(default=0)
    estimate: Mapped[float] = mapped_column(default=0.5)
    """Probability (0-1) of answering an item of mean difficulty correctly, at the last answer."""
    reached_at: Mapped[utc | None]
    """When the estimate first passed the threshold of mastery (掌握于)."""
    last_answer_at: Mapped[utc | None]


class PointStatistics(Model):
    """All learners together at one knowledge point."""

    __tablename__ = "point_statistics"
    __privacy__ = Impersonal("is a mean over all learners")
    __when_points_merge__: ClassVar = Stays("made anew each night, see profiles.services.rebuild")

    point_id: Mapped[int] = mapped_column(ForeignKey("knowledge_point.id"), primary_key=True)
    mean: Mapped[float] = mapped_column(default=0.0)
    """In logits."""
    answers: Mapped[int] = mapped_column(default=0)
    correct: Mapped[int] = mapped_column(default=0)


class ItemDifficulty(Model):
    """How hard an item has proved, in logits."""

    __tablename__ = "item_difficulty"
    __privacy__ = Impersonal("is a mean over all learners")

    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), primary_key=True)
    difficulty: Mapped[float] = mapped_column(default=0.0)
    answers: Mapped[int] = mapped_column(default=0)
