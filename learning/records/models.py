"""Statements after xAPI 1.0.3, and the roll-up by day that pages read."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from accounts.people.models import person_fk
from core.database import Model, pk, utc
from core.privacy import Erasure, Personal, Retention, Use


class Statement(Model):
    """One learning record (学习记录): actor, verb, object, result, context."""

    __tablename__ = "statement"
    __table_args__ = (Index(None, "actor_id", "stored_at"), Index(None, "object_type", "object_id"))
    __privacy__ = Personal(
        subjects=("actor_id",),
        uses=(
            Use(
                (
                    "verb",
                    "object_type",
                    "object_id",
                    "result",
                    "context",
                    "registration",
                    "timestamp",
                    "stored_at",
                ),
                "show learners, guardians and teachers what was learnt",
                Retention.THIRTEEN_MONTHS,
            ),
        ),
        erasure=Erasure.DELETE,
        technical=("id", "uuid"),
    )

    id: Mapped[pk]
    uuid: Mapped[UUID] = mapped_column(unique=True)
    actor_id: Mapped[person_fk]
    verb: Mapped[str] = mapped_column(String(200))
    """The verb's IRI, e.g. ``http://adlnet.gov/expapi/verbs/answered``."""
    object_type: Mapped[str] = mapped_column(String(32))
    """``lesson``, ``item``, ``assignment``, ``resource``."""
    object_id: Mapped[int]
    result: Mapped[dict[str, Any]]
    context: Mapped[dict[str, Any]]
    registration: Mapped[UUID | None]
    timestamp: Mapped[utc]
    """When it happened."""
    stored_at: Mapped[utc]


class DailyActivity(Model):
    """What a person did on one school day: the one source of every chart and coverage figure."""

    __tablename__ = "daily_activity"
    __table_args__ = (Index(None, "day"),)
    __privacy__ = Personal(
        subjects=("person_id",),
        uses=(
            Use(
                (
                    "day",
                    "watched_seconds",
                    "answers",
                    "correct_answers",
                    "handed_in",
                    "opened",
                    "taught",
                    "assigned",
                    "marked",
                ),
                "show the week to pupil and guardian, and coverage figures to school and city",
                Retention.SCHOOLING,
            ),
        ),
        erasure=Erasure.DELETE,
        technical=(),
    )

    person_id: Mapped[person_fk] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    """The day at school (Asia/Shanghai)."""
    watched_seconds: Mapped[float] = mapped_column(default=0.0)
    answers: Mapped[int] = mapped_column(default=0)
    correct_answers: Mapped[int] = mapped_column(default=0)
    handed_in: Mapped[int] = mapped_column(default=0)
    opened: Mapped[int] = mapped_column(default=0)
    """Resources opened."""
    taught: Mapped[int] = mapped_column(default=0)
    assigned: Mapped[int] = mapped_column(default=0)
    marked: Mapped[int] = mapped_column(default=0)
