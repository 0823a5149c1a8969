"""Taught lessons."""

from datetime import date

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from accounts.classes.models import class_fk
from accounts.people.models import person_fk
from core.database import Model, pk, utc
from core.privacy import Erasure, Personal, Retention, Use


class TaughtLesson(Model):
    """That a teacher used a resource in class on a day: a lesson taught with evidence."""

    __tablename__ = "taught_lesson"
    __table_args__ = (UniqueConstraint("teacher_id", "class_id", "resource_id", "day"), Index(None, "day"))
    __privacy__ = Personal(
        subjects=("teacher_id",),
        uses=(
            Use(
                ("class_id", "resource_id", "day", "taught_at"),
                "count lessons taught with the platform, down to the row",
                Retention.SCHOOLING,
            ),
        ),
        erasure=Erasure.ANONYMISE,
    )

    id: Mapped[pk]
    teacher_id: Mapped[person_fk]
    class_id: Mapped[class_fk]
    resource_id: Mapped[int] = mapped_column(ForeignKey("resource.id"))
    day: Mapped[date]
    taught_at: Mapped[utc]
