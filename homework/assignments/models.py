"""Assignments."""

from datetime import datetime
from typing import Annotated

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.classes.models import class_fk
from accounts.people.models import Person
from core.database import Model, pk, utc
from core.privacy import Erasure, Impersonal, Personal, Retention, Use
from library.curriculum.models import Subject
from library.items.models import ItemVersion, item_version_fk

assignment_fk = Annotated[int, mapped_column(ForeignKey("assignment.id"), index=True)]


class Assignment(Model):
    """Work that a teacher gives to one or more classes (作业)."""

    __tablename__ = "assignment"
    __table_args__ = (
        Index(None, "teacher_id", "due_at"),
        CheckConstraint("cut_off_at >= due_at AND due_at > opens_at", name="times"),
    )
    __privacy__ = Personal(
        subjects=("teacher_id",),
        uses=(
            Use(
                (
                    "title",
                    "instructions",
                    "subject_id",
                    "lesson_id",
                    "estimated_minutes",
                    "opens_at",
                    "due_at",
                    "cut_off_at",
                    "created_at",
                    "withdrawn_at",
                ),
                "give work to a class",
                Retention.SCHOOLING,
            ),
        ),
        erasure=Erasure.ANONYMISE,
        technical=("id", "client_key", "version"),
    )

    id: Mapped[pk]
    client_key: Mapped[str] = mapped_column(String(36), unique=True)
    """Made with the form, so that a double click assigns once."""
    title: Mapped[str] = mapped_column(String(200))
    instructions: Mapped[str] = mapped_column(Text, default="")
    subject_id: Mapped[int] = mapped_column(ForeignKey("subject.id"))
    teacher_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    lesson_id: Mapped[int | None] = mapped_column(ForeignKey("micro_lesson.id"), index=True)
    """A micro-lesson to watch first, if there is one."""
    estimated_minutes: Mapped[float]
    opens_at: Mapped[utc]
    due_at: Mapped[utc]
    cut_off_at: Mapped[utc]
    """Until then late work is taken and marked as late; equal to ``due_at`` where none is."""
    created_at: Mapped[utc]
    withdrawn_at: Mapped[utc | None]
    version: Mapped[int] = mapped_column(default=1)

    subject: Mapped[Subject] = relationship(lazy="raise")
    teacher: Mapped[Person] = relationship(lazy="raise")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 -- SQLAlchemy reads it once

    def is_open_at(self, now: datetime) -> bool:
        """Whether pupils see it at *now*."""
        return self.withdrawn_at is None and self.opens_at <= now


class AssignmentTarget(Model):
    """That an assignment is given to a class (布置对象)."""

    __tablename__ = "assignment_target"
    __privacy__ = Impersonal("links work and a class")

    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id"), primary_key=True)
    class_id: Mapped[class_fk] = mapped_column(primary_key=True)


class AssignmentItem(Model):
    """One question of an assignment, pinned to a version, with its points."""

    __tablename__ = "assignment_item"
    __table_args__ = (
        UniqueConstraint("assignment_id", "position"),
        CheckConstraint("points > 0", name="points"),
    )
    __privacy__ = Impersonal("is teaching material")

    id: Mapped[pk]
    assignment_id: Mapped[assignment_fk]
    position: Mapped[int]
    item_version_id: Mapped[item_version_fk]
    points: Mapped[float] = mapped_column(default=1.0)

    item_version: Mapped[ItemVersion] = relationship(lazy="raise")
