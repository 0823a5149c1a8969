"""Corrections, each version kept."""

from uuid import UUID

from sqlalchemy import ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.people.models import Person
from core.database import Model, pk, sha256, short_strings, utc
from core.privacy import Erasure, Personal, Retention, Use
from homework.annotations.models import NOTE_PRIVACY, Note
from homework.assignments.models import AssignmentItem
from homework.corrections.stages import Verdict
from homework.submissions.models import Submission
from learning.attempts.models import Attempt


class Correction(Model):
    """One version of a pupil's correction of one question (订正). The original answer and score stay."""

    __tablename__ = "correction"
    __table_args__ = (
        UniqueConstraint("submission_id", "assignment_item_id", "number"),
        Index(None, "assignment_item_id", "state"),
    )
    __privacy__ = Personal(
        subjects=("submission_id",),
        uses=(
            Use(
                (
                    "assignment_item_id",
                    "number",
                    "attempt_id",
                    "state",
                    "comment",
                    "corrected_at",
                    "judged_by_id",
                    "judged_at",
                ),
                "put mistakes right, and show how",
                Retention.SCHOOLING,
            ),
        ),
        erasure=Erasure.DELETE,
        technical=("id", "client_key", "content_sha256", "version"),
    )

    id: Mapped[pk]
    client_key: Mapped[UUID] = mapped_column(unique=True)
    """Made with the form, so that a retry is recognised."""
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"))
    assignment_item_id: Mapped[int] = mapped_column(ForeignKey("assignment_item.id"))
    number: Mapped[int]
    content_sha256: Mapped[sha256]
    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempt.id"), unique=True)
    """What was answered, and what the key says of it."""
    state: Mapped[Verdict] = mapped_column(short_strings(Verdict))
    comment: Mapped[str] = mapped_column(Text, default="")
    corrected_at: Mapped[utc]
    judged_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    """None for the key."""
    judged_at: Mapped[utc | None]
    version: Mapped[int] = mapped_column(default=1)

    submission: Mapped[Submission] = relationship(lazy="raise")
    assignment_item: Mapped[AssignmentItem] = relationship(lazy="raise")
    attempt: Mapped[Attempt] = relationship(lazy="raise")
    judged_by: Mapped[Person | None] = relationship(lazy="raise")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 -- SQLAlchemy reads it once


class CorrectionRecording(Model):
    """A spoken correction: re-encoded, without what the device says of itself."""

    __tablename__ = "correction_recording"
    __table_args__ = (UniqueConstraint("correction_id", "position"),)
    __privacy__ = Personal(
        subjects=("correction_id",),
        uses=(
            Use(
                ("position", "sound_sha256", "seconds"),
                "let its teacher hear the correction",
                Retention.SCHOOLING,
            ),
        ),
        erasure=Erasure.DELETE,
        technical=("id", "upload_sha256"),
    )

    id: Mapped[pk]
    correction_id: Mapped[int] = mapped_column(ForeignKey("correction.id"))
    position: Mapped[int]
    upload_sha256: Mapped[sha256]
    sound_sha256: Mapped[sha256]
    seconds: Mapped[float]


class CorrectionPage(Model):
    """One photographed page of a correction: re-encoded, without its camera's data."""

    __tablename__ = "correction_page"
    __table_args__ = (UniqueConstraint("correction_id", "position"),)
    __privacy__ = Personal(
        subjects=("correction_id",),
        uses=(
            Use(
                ("position", "picture_sha256", "thumbnail_sha256", "width", "height"),
                "show the correction to its teacher",
                Retention.SCHOOLING,
            ),
        ),
        erasure=Erasure.DELETE,
        technical=("id", "upload_sha256"),
    )

    id: Mapped[pk]
    correction_id: Mapped[int] = mapped_column(ForeignKey("correction.id"))
    position: Mapped[int]
    upload_sha256: Mapped[sha256]
    picture_sha256: Mapped[sha256]
    thumbnail_sha256: Mapped[sha256]
    width: Mapped[int]
    height: Mapped[int]


class CorrectionNote(Note):
    """A note on a photograph of a correction; it stays with the version that it was drawn on."""

    __tablename__ = "correction_note"
    __privacy__ = NOTE_PRIVACY

    page_id: Mapped[int] = mapped_column(ForeignKey("correction_page.id"), index=True)
