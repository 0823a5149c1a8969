"""Reported faults."""

from enum import StrEnum

from sqlalchemy import ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.people.models import Role
from core.database import Model, pk, short_strings, utc
from core.privacy import Erasure, Personal, Retention, Use
from library.resources.models import Resource


class FaultKind(StrEnum):
    """What is wrong."""

    WRONG_ANSWER = "wrong_answer"
    TYPO = "typo"
    BROKEN_VIDEO = "broken_video"
    BROKEN_LINK = "broken_link"
    UNSUITABLE = "unsuitable"
    LICENCE = "licence"
    OTHER = "other"


class FaultState(StrEnum):
    """What became of a report."""

    OPEN = "open"
    MENDED = "mended"
    NO_FAULT = "no_fault"


class FaultReport(Model):
    """One person's report about one resource (报错); telling more changes it, and opens it again."""

    __tablename__ = "fault_report"
    __table_args__ = (
        UniqueConstraint("resource_id", "person_id", "kind"),
        Index(None, "state", "resource_id"),
        Index(None, "person_id", "reported_at"),
    )
    __privacy__ = Personal(
        subjects=("person_id",),
        uses=(
            Use(
                (
                    "resource_id",
                    "role",
                    "kind",
                    "text",
                    "reported_at",
                    "state",
                    "answer",
                    "answered_by_id",
                    "answered_at",
                ),
                "mend the resource, and tell the person what was done",
                Retention.THIRTEEN_MONTHS,
            ),
        ),
        erasure=Erasure.DELETE,
        technical=("id",),
    )

    id: Mapped[pk]
    resource_id: Mapped[int] = mapped_column(ForeignKey("resource.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    """Who reported it; those who mend it see the role only."""
    role: Mapped[Role] = mapped_column(short_strings(Role))
    kind: Mapped[FaultKind] = mapped_column(short_strings(FaultKind))
    text: Mapped[str] = mapped_column(Text)
    reported_at: Mapped[utc]
    state: Mapped[FaultState] = mapped_column(short_strings(FaultState), default=FaultState.OPEN)
    answer: Mapped[str] = mapped_column(Text, default="")
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    answered_at: Mapped[utc | None]

    resource: Mapped[Resource] = relationship(lazy="raise")
