"""Submissions, their answers and pages, and drafts."""

from typing import Annotated, Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.people.models import Person, person_fk
from core.database import Model, pk, sha256, utc
from core.privacy import Erasure, Personal, Retention, Use
from homework.assignments.models import Assignment, AssignmentItem, assignment_fk
from homework.teams.models import TeamHandIn
from learning.attempts.models import Attempt

submission_fk = Annotated[int, mapped_column(ForeignKey("submission.id"), index=True)]


class Submission(Model):
    """One hand-in of an assignment (提交). Hand-ins are added, never edited."""

    __tablename__ = "submission"
    __table_args__ = (
        UniqueConstraint("assignment_id", "student_id", "number"),
        Index(None, "student_id", "received_at"),
    )
    __privacy__ = Personal(
        subjects=("student_id",),
        uses=(
            Use(
                (
                    "assignment_id",
                    "number",
                    "received_at",
                    "is_late",
                    "is_counted",
                    "device_time",
                    "returned_at",
                    "returned_by_id",
                    "entered_by_id",
                    "team_hand_in_id",
                ),
                "take the work in, and give it back marked",
                Retention.SCHOOLING,
            ),
        ),
        erasure=Erasure.DELETE,
        technical=("id", "client_key", "content_sha256", "version"),
    )

    id: Mapped[pk]
    client_key: Mapped[UUID] = mapped_column(unique=True)
    """Made by the device, so that a retry is recognised."""
    assignment_id: Mapped[assignment_fk]
    student_id: Mapped[person_fk]
    number: Mapped[int]
    content_sha256: Mapped[sha256]
    """Over the answers and the pages, as the receipt shows it."""
    received_at: Mapped[utc]
    is_late: Mapped[bool]
    is_counted: Mapped[bool] = mapped_column(default=True)
    """Whether it is the one of the pupil's hand-ins that counts: the last, or the best, as the work says."""
    device_time: Mapped[utc | None]
    """When the device says it was handed in; the deadline is judged by ``received_at``."""
    returned_at: Mapped[utc | None]
    returned_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    """The teacher who entered it, for work that was done on paper."""
    team_hand_in_id: Mapped[int | None] = mapped_column(ForeignKey("team_hand_in.id"), index=True)
    """The hand-in of a group that this is one member's part of; None for work done alone."""
    version: Mapped[int] = mapped_column(default=1)

    team_hand_in: Mapped[TeamHandIn | None] = relationship(lazy="raise")
    assignment: Mapped[Assignment] = relationship(lazy="raise")
    student: Mapped[Person] = relationship(lazy="raise", foreign_keys="Submission.student_id")
    entered_by: Mapped[Person | None] = relationship(lazy="raise", foreign_keys="Submission.entered_by_id")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 -- SQLAlchemy reads it once


class Answer(Model):
    """The answer to one question within a submission; what was answered stands in its attempt."""

    __tablename__ = "answer"
    __table_args__ = (UniqueConstraint("submission_id", "assignment_item_id"),)
    __privacy__ = Personal(
        subjects=("submission_id",),
        uses=(Use(("assignment_item_id", "attempt_id"), "mark the work", Retention.SCHOOLING),),
        erasure=Erasure.DELETE,
    )

    id: Mapped[pk]
    submission_id: Mapped[submission_fk]
    assignment_item_id: Mapped[int] = mapped_column(ForeignKey("assignment_item.id"), index=True)
    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempt.id"), unique=True)

    assignment_item: Mapped[AssignmentItem] = relationship(lazy="raise")
    attempt: Mapped[Attempt] = relationship(lazy="raise")


_IS_RECEIVED = text("received IS NOT NULL")


class Page(Model):
    """One photographed page of an answer: re-encoded, without its camera's data.

    Until that is done, which takes seconds, it names what was received; nobody is shown that.
    """

    __tablename__ = "page"
    __table_args__ = (
        UniqueConstraint("answer_id", "position"),
        CheckConstraint(
            "(received IS NULL) = (picture_sha256 IS NOT NULL AND thumbnail_sha256 IS NOT NULL)",
            name="kept",
        ),
        Index(None, "received", sqlite_where=_IS_RECEIVED, postgresql_where=_IS_RECEIVED),
    )
    __privacy__ = Personal(
        subjects=("answer_id",),
        uses=(
            Use(
                ("position", "picture_sha256", "thumbnail_sha256", "width", "height"),
                "show the work to its teacher",
                Retention.SCHOOLING,
            ),
        ),
        erasure=Erasure.DELETE,
        technical=("id", "upload_sha256", "received"),
    )

    id: Mapped[pk]
    answer_id: Mapped[int] = mapped_column(ForeignKey("answer.id"), index=True)
    position: Mapped[int]
    upload_sha256: Mapped[sha256]
    """The hash of what the device sent, which the device can check; that file itself is not kept."""
    received: Mapped[str | None] = mapped_column(String(32))
    """The name of what the device sent, until it is written anew."""
    picture_sha256: Mapped[sha256 | None]
    thumbnail_sha256: Mapped[sha256 | None]
    width: Mapped[int]
    height: Mapped[int]


class Recording(Model):
    """One spoken answer: re-encoded, without what the device says of itself."""

    __tablename__ = "recording"
    __table_args__ = (UniqueConstraint("answer_id", "position"),)
    __privacy__ = Personal(
        subjects=("answer_id",),
        uses=(
            Use(
                ("position", "sound_sha256", "seconds"),
                "let its teacher hear the work",
                Retention.SCHOOLING,
            ),
        ),
        erasure=Erasure.DELETE,
        technical=("id", "upload_sha256"),
    )

    id: Mapped[pk]
    answer_id: Mapped[int] = mapped_column(ForeignKey("answer.id"), index=True)
    position: Mapped[int]
    upload_sha256: Mapped[sha256]
    """The hash of what the device sent, which the device can check; that file itself is not kept."""
    sound_sha256: Mapped[sha256]
    seconds: Mapped[float]


class Draft(Model):
    """What a pupil has typed so far; replaced at each save, gone when handed in."""

    __tablename__ = "draft"
    __table_args__ = (UniqueConstraint("assignment_id", "student_id"),)
    __privacy__ = Personal(
        subjects=("student_id",),
        uses=(
            Use(
                ("assignment_id", "content", "saved_at"),
                "lose nothing that was typed",
                Retention.UNTIL_SUPERSEDED,
            ),
        ),
        erasure=Erasure.DELETE,
        technical=("id", "version"),
    )

    id: Mapped[pk]
    assignment_id: Mapped[assignment_fk]
    student_id: Mapped[person_fk]
    content: Mapped[dict[str, Any]]
    """Assignment item id (as text) to response."""
    version: Mapped[int] = mapped_column(default=1)
    saved_at: Mapped[utc]
