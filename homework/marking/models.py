"""Marks and their history."""

from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Model, pk, short_strings, utc
from core.privacy import Erasure, Personal, Retention, Use
from homework.marking.states import ReadingState


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
                ("points", "comment", "source", "marked_by_id", "marked_at", "was_taken_back"),
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
    was_taken_back: Mapped[bool] = mapped_column(default=False)
    """Whether the answer had no mark after it."""


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


class SetApart(Model):
    """That a teacher took an answer out of those that are equal or alike, to mark it by itself."""

    __tablename__ = "set_apart"
    __privacy__ = Personal(
        subjects=("answer_id",),
        uses=(Use(("set_by_id", "set_at"), "mark an answer by itself", Retention.SCHOOLING),),
        erasure=Erasure.DELETE,
        technical=(),
    )

    answer_id: Mapped[int] = mapped_column(ForeignKey("answer.id"), primary_key=True)
    set_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    set_at: Mapped[utc]


class SecondReading(Model):
    """That a second teacher is asked to read marked work before it goes back (复核)."""

    __tablename__ = "second_reading"
    __privacy__ = Personal(
        subjects=("submission_id",),
        uses=(
            Use(
                (
                    "asked_by_id",
                    "asked_at",
                    "reader_id",
                    "begun_at",
                    "done_at",
                    "note",
                    "settled_by_id",
                    "settled_at",
                ),
                "have marks read by a second teacher",
                Retention.SCHOOLING,
            ),
        ),
        erasure=Erasure.DELETE,
        technical=(),
    )

    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"), primary_key=True)
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    asked_at: Mapped[utc]
    reader_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    """Who is asked, and then who reads; None while anybody else may."""
    begun_at: Mapped[utc | None]
    done_at: Mapped[utc | None]
    note: Mapped[str] = mapped_column(String(300), default="")
    """For the first reader."""
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    """Who decided between two readers; None where they agreed."""
    settled_at: Mapped[utc | None]
    """When the work was free to go back."""

    @property
    def state(self) -> ReadingState:
        """What became of it."""
        if self.settled_at:
            return ReadingState.DONE
        if self.done_at:
            return ReadingState.DIFFERS
        return ReadingState.BEGUN if self.begun_at else ReadingState.ASKED
