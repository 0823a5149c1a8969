"""Assignments."""

from datetime import datetime
from typing import Annotated

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.classes.models import class_fk
from accounts.people.models import Person
from core.database import Model, pk, short_strings, utc
from core.privacy import Erasure, Impersonal, Personal, Retention, Use
from homework.assignments.layers import Layer
from homework.assignments.release import AnswersShown, Counting, HandIns
from homework.assignments.teaming import Teaming
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
                    "own_minutes",
                    "is_written",
                    "hand_ins",
                    "most_hand_ins",
                    "counting",
                    "answers_shown",
                    "answers_shown_at",
                    "teaming",
                    "team_size",
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
    """For what everybody must do of it."""
    own_minutes: Mapped[float] = mapped_column(default=0.0)
    """Of these, for what is neither question nor lesson."""
    is_written: Mapped[bool] = mapped_column(default=True)
    """Whether pupils write; in grades 1 and 2 they may not."""
    hand_ins: Mapped[HandIns] = mapped_column(short_strings(HandIns), default=HandIns.UNTIL_DUE)
    most_hand_ins: Mapped[int | None]
    """For ``HandIns.LIMITED``."""
    counting: Mapped[Counting] = mapped_column(short_strings(Counting), default=Counting.LAST)
    answers_shown: Mapped[AnswersShown] = mapped_column(
        short_strings(AnswersShown), default=AnswersShown.AFTER_DUE
    )
    answers_shown_at: Mapped[utc | None]
    """When the teacher showed the answers, where that is done by hand."""
    teaming: Mapped[Teaming] = mapped_column(short_strings(Teaming), default=Teaming.ALONE)
    team_size: Mapped[int | None]
    """How many pupils at most form a group, for ``Teaming.CHOSEN``."""
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
    """That an assignment is given in a class (布置对象): to all of it, or to those whom its parts name."""

    __tablename__ = "assignment_target"
    __privacy__ = Impersonal("links work and a class")

    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id"), primary_key=True)
    class_id: Mapped[class_fk] = mapped_column(primary_key=True)
    is_whole: Mapped[bool] = mapped_column(default=True)
    depth: Mapped[Layer] = mapped_column(short_strings(Layer), default=Layer.REQUIRED)
    """What of it everybody in the class must do."""


class TargetPart(Model):
    """That a group or one pupil of a class gets an assignment, or must do more of it than the class."""

    __tablename__ = "assignment_target_part"
    __table_args__ = (
        ForeignKeyConstraint(
            ["assignment_id", "class_id"],
            ["assignment_target.assignment_id", "assignment_target.class_id"],
        ),
        UniqueConstraint("assignment_id", "group_id"),
        UniqueConstraint("assignment_id", "student_id"),
        Index(None, "assignment_id", "class_id"),
        CheckConstraint("(group_id IS NULL) <> (student_id IS NULL)", name="one_of_both"),
    )
    __privacy__ = Personal(
        subjects=("student_id",),
        uses=(
            Use(("assignment_id", "class_id", "group_id", "depth"), "give fitting work", Retention.SCHOOLING),
        ),
        erasure=Erasure.DELETE,
    )

    id: Mapped[pk]
    assignment_id: Mapped[int]
    class_id: Mapped[int]
    group_id: Mapped[int | None] = mapped_column(ForeignKey("pupil_group.id"), index=True)
    student_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    depth: Mapped[Layer] = mapped_column(short_strings(Layer), default=Layer.REQUIRED)


class AssignmentException(Model):
    """That one pupil has another due time, or is excused (例外); she, her guardians and teachers know."""

    __tablename__ = "assignment_exception"
    __table_args__ = (
        UniqueConstraint("assignment_id", "student_id"),
        CheckConstraint("cut_off_at >= due_at", name="times"),
        CheckConstraint(
            "is_excused OR (due_at IS NOT NULL AND cut_off_at IS NOT NULL)", name="says_something"
        ),
    )
    __privacy__ = Personal(
        subjects=("student_id",),
        uses=(
            Use(
                (
                    "assignment_id",
                    "due_at",
                    "cut_off_at",
                    "is_excused",
                    "reason",
                    "given_by_id",
                    "given_at",
                ),
                "give a pupil the time that she needs",
                Retention.SCHOOLING,
            ),
        ),
        erasure=Erasure.DELETE,
    )

    id: Mapped[pk]
    assignment_id: Mapped[assignment_fk]
    student_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    due_at: Mapped[utc | None]
    cut_off_at: Mapped[utc | None]
    is_excused: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[str] = mapped_column(String(300))
    given_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    given_at: Mapped[utc]


class AssignmentItem(Model):
    """One question of an assignment, pinned to a version, with its points and its layer."""

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
    layer: Mapped[Layer] = mapped_column(short_strings(Layer), default=Layer.REQUIRED)
    is_dropped: Mapped[bool] = mapped_column(default=False)
    """Whether its points count for nothing, neither given nor to be had: it was found to be wrong."""

    item_version: Mapped[ItemVersion] = relationship(lazy="raise")
