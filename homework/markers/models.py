"""How an assignment is marked: by whom, and with or without names."""

from enum import StrEnum

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Model, pk, short_strings, utc
from core.privacy import Erasure, Personal, Retention, Use
from homework.assignments.models import assignment_fk


class Division(StrEnum):
    """How several teachers share the marking of one assignment."""

    NONE = "none"
    QUESTIONS = "questions"
    PUPILS = "pupils"


class MarkingPlan(Model):
    """How an assignment is marked, where that is not the usual way: by whoever teaches, with names."""

    __tablename__ = "marking_plan"
    __privacy__ = Personal(
        subjects=("set_by_id",),
        uses=(Use(("is_blind", "division", "set_at"), "mark fairly and together", Retention.SCHOOLING),),
        erasure=Erasure.ANONYMISE,
        technical=("assignment_id", "version"),
    )

    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id"), primary_key=True)
    is_blind: Mapped[bool] = mapped_column(default=False)
    """Whether markers see numbers instead of names until the work is returned."""
    division: Mapped[Division] = mapped_column(short_strings(Division), default=Division.NONE)
    set_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    set_at: Mapped[utc]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 -- SQLAlchemy reads it once


class Share(Model):
    """That a teacher marks one question of an assignment, or her part of the pupils."""

    __tablename__ = "marking_share"
    __table_args__ = (UniqueConstraint("assignment_id", "teacher_id", "assignment_item_id"),)
    __privacy__ = Personal(
        subjects=("teacher_id",),
        uses=(Use(("assignment_id", "assignment_item_id"), "share the marking", Retention.SCHOOLING),),
        erasure=Erasure.DELETE,
    )

    id: Mapped[pk]
    assignment_id: Mapped[assignment_fk]
    teacher_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    assignment_item_id: Mapped[int | None] = mapped_column(ForeignKey("assignment_item.id"), index=True)
    """None where pupils are divided."""


class PupilNumber(Model):
    """The number that markers see instead of a pupil's name: drawn by lot for one assignment."""

    __tablename__ = "pupil_number"
    __table_args__ = (UniqueConstraint("assignment_id", "number"),)
    __privacy__ = Personal(
        subjects=("student_id",),
        uses=(
            Use(("assignment_id", "number"), "mark without knowing whose work it is", Retention.SCHOOLING),
        ),
        erasure=Erasure.DELETE,
        technical=(),
    )

    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id"), primary_key=True)
    student_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True, index=True)
    number: Mapped[int]


class NameShown(Model):
    """That a marker looked behind a number, and why."""

    __tablename__ = "name_shown"
    __table_args__ = (UniqueConstraint("submission_id", "teacher_id"),)
    __privacy__ = Personal(
        subjects=("submission_id", "teacher_id"),
        uses=(Use(("reason", "shown_at"), "answer for a look behind a number", Retention.SCHOOLING),),
        erasure=Erasure.DELETE,
    )

    id: Mapped[pk]
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"))
    teacher_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    reason: Mapped[str] = mapped_column(String(300))
    shown_at: Mapped[utc]
