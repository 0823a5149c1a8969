"""Marks and their history."""

from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Model, pk, short_strings, utc
from core.privacy import Erasure, Personal, Retention, Use


class MarkSource(StrEnum):
    """Who marked."""

    MACHINE = "machine"
    TEACHER = "teacher"
    REGRADE = "regrade"
    """A ruling over a wrong key."""


class Mark(Model):
    """The present mark of one answer. A second writer meets another version and gets told."""

    __tablename__ = "mark"
    __table_args__ = (CheckConstraint("points >= 0", name="points"),)
    __privacy__ = Personal(
        subjects=("answer_id",),
        uses=(
            Use(
                ("points", "comment", "source", "marked_by_id", "marked_at"),
                "tell the pupil how the work was judged",
                Retention.SCHOOLING,
            ),
        ),
        erasure=Erasure.DELETE,
        technical=("id", "version"),
    )

    id: Mapped[pk]
    answer_id: Mapped[int] = mapped_column(ForeignKey("answer.id"), unique=True)
    points: Mapped[float]
    comment: Mapped[str] = mapped_column(Text, default="")
    source: Mapped[MarkSource] = mapped_column(short_strings(MarkSource))
    marked_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    marked_at: Mapped[utc]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 -- SQLAlchemy reads it once


class OwnMark(Model):
    """That a pupil got a mark of her own for what her group answered: marking the group leaves it alone."""

    __tablename__ = "own_mark"
    __privacy__ = Personal(
        subjects=("answer_id",),
        uses=(
            Use(("given_by_id", "given_at"), "judge one pupil's share in group work", Retention.SCHOOLING),
        ),
        erasure=Erasure.DELETE,
        technical=(),
    )

    answer_id: Mapped[int] = mapped_column(ForeignKey("answer.id"), primary_key=True)
    given_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    given_at: Mapped[utc]


class PastMark(Model):
    """A mark as it was before it was changed."""

    __tablename__ = "past_mark"
    __privacy__ = Personal(
        subjects=("answer_id",),
        uses=(
            Use(
                ("points", "comment", "source", "marked_by_id", "marked_at"),
                "keep the history of a mark",
                Retention.SCHOOLING,
            ),
        ),
        erasure=Erasure.DELETE,
    )

    id: Mapped[pk]
    answer_id: Mapped[int] = mapped_column(ForeignKey("answer.id"), index=True)
    points: Mapped[float]
    comment: Mapped[str] = mapped_column(Text, default="")
    source: Mapped[MarkSource] = mapped_column(short_strings(MarkSource))
    marked_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    marked_at: Mapped[utc]


class Feedback(Model):
    """What the teacher says about the whole of a submission (评语)."""

    __tablename__ = "feedback"
    __privacy__ = Personal(
        subjects=("submission_id",),
        uses=(Use(("text", "written_by_id", "written_at"), "help the pupil on", Retention.SCHOOLING),),
        erasure=Erasure.DELETE,
        technical=(),
    )

    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"), primary_key=True)
    text: Mapped[str] = mapped_column(Text)
    written_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    written_at: Mapped[utc]
