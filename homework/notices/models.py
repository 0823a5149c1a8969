"""Notices about work that was given."""

from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.people.models import Person
from core.database import Model, pk, short_strings, utc
from core.privacy import Erasure, Personal, Retention, Use
from homework.assignments.models import Assignment
from library.resources.models import Resource


class NewsKind(StrEnum):
    """What there is to know about a piece of work."""

    MARKED_ANEW = "marked_anew"
    MARKED_AS_BEFORE = "marked_as_before"
    CORRECTION_AGAIN = "correction_again"
    CORRECTIONS_ACCEPTED = "corrections_accepted"
    CORRECTION_TAKEN = "correction_taken"
    """By a key that was put right."""
    CORRECTION_REFUSED = "correction_refused"
    """By the key that stands again."""
    COMMENT_CHANGED = "comment_changed"
    SECOND_READING = "second_reading"
    SECOND_READING_ANEW = "second_reading_anew"
    SECOND_READING_DONE = "second_reading_done"
    TEAM_HANDED_IN = "team_handed_in"
    AMENDED = "amended"


OF_MARKS = (NewsKind.MARKED_ANEW, NewsKind.MARKED_AS_BEFORE, NewsKind.COMMENT_CHANGED)
"""What pupils are told of marks and comments that changed after the work was returned."""


class Notice(Model):
    """That a resource which work uses was withdrawn, and why: for who is in charge of the work."""

    __tablename__ = "homework_notice"
    __table_args__ = (
        UniqueConstraint("assignment_id", "resource_id"),
        Index(None, "person_id", "seen_at"),
    )
    __privacy__ = Personal(
        subjects=("person_id",),
        uses=(
            Use(
                ("assignment_id", "resource_id", "reason", "made_at", "seen_at"),
                "tell a teacher that work uses something that was withdrawn",
                Retention.SCHOOLING,
            ),
        ),
        erasure=Erasure.DELETE,
    )

    id: Mapped[pk]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    """Who gave the work."""
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id"))
    resource_id: Mapped[int] = mapped_column(ForeignKey("resource.id"), index=True)
    reason: Mapped[str] = mapped_column(Text)
    made_at: Mapped[utc]
    seen_at: Mapped[utc | None]

    assignment: Mapped[Assignment] = relationship(lazy="raise")
    resource: Mapped[Resource] = relationship(lazy="raise")


class WorkNotice(Model):
    """News about a piece of work: for a pupil, and through her for her guardians, or for a teacher."""

    __tablename__ = "work_notice"
    __table_args__ = (
        UniqueConstraint("person_id", "assignment_id", "about"),
        Index(None, "person_id", "seen_at"),
    )
    __privacy__ = Personal(
        subjects=("person_id",),
        uses=(
            Use(
                ("assignment_id", "kind", "about", "details", "made_at", "shown_from", "seen_at"),
                "tell people what happened to their work",
                Retention.SCHOOLING,
            ),
        ),
        erasure=Erasure.DELETE,
    )

    id: Mapped[pk]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id"))
    kind: Mapped[NewsKind] = mapped_column(short_strings(NewsKind))
    about: Mapped[str] = mapped_column(String(64))
    """What it is about, so that the same thing is told once, e.g. ``regrade:12``."""
    details: Mapped[dict[str, Any]]
    made_at: Mapped[utc]
    shown_from: Mapped[utc]
    """Not before the next morning, where it happened after 21:00."""
    seen_at: Mapped[utc | None]

    assignment: Mapped[Assignment] = relationship(lazy="raise")
    person: Mapped[Person] = relationship(lazy="raise")
