"""Heads of grades."""

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.people.models import Person, person_fk
from core.database import Model, pk, utc
from core.privacy import Erasure, Personal, Retention, Use


class GradeHead(Model):
    """That a teacher heads a grade of the school (年级组长); it ends, it is not deleted."""

    __tablename__ = "grade_head"
    __table_args__ = (
        Index(None, "school_id", "grade"),
        CheckConstraint("grade BETWEEN 1 AND 12", name="grade"),
    )
    __privacy__ = Personal(
        subjects=("person_id",),
        uses=(
            Use(
                ("school_id", "grade", "named_by_id", "named_at", "ended_at"),
                "know who answers for a grade",
                Retention.SCHOOLING,
            ),
        ),
        erasure=Erasure.DELETE,
    )

    id: Mapped[pk]
    school_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    grade: Mapped[int]
    person_id: Mapped[person_fk]
    named_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    named_at: Mapped[utc]
    ended_at: Mapped[utc | None]

    person: Mapped[Person] = relationship(lazy="raise", foreign_keys="GradeHead.person_id")
