"""Notices about work that was given."""

from sqlalchemy import ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.database import Model, pk, utc
from core.privacy import Erasure, Personal, Retention, Use
from homework.assignments.models import Assignment
from library.resources.models import Resource


class Notice(Model):
    """That a resource which a teacher's work uses was withdrawn, and why."""

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
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id"))
    resource_id: Mapped[int] = mapped_column(ForeignKey("resource.id"), index=True)
    reason: Mapped[str] = mapped_column(Text)
    made_at: Mapped[utc]
    seen_at: Mapped[utc | None]

    assignment: Mapped[Assignment] = relationship(lazy="raise")
    resource: Mapped[Resource] = relationship(lazy="raise")
