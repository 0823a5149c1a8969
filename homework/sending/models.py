"""What has arrived of work that is not handed in yet."""

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Model, pk, sha256, utc
from core.privacy import Erasure, Personal, Retention, Use
from homework.assignments.models import assignment_fk


class SentFile(Model):
    """A photograph or recording that arrived ahead of the work that it belongs to; gone when handed in."""

    __tablename__ = "sent_file"
    __table_args__ = (
        UniqueConstraint("student_id", "assignment_id", "upload_sha256", "is_sound"),
        Index(None, "sent_at"),
        CheckConstraint(
            "(is_sound AND seconds IS NOT NULL) OR (NOT is_sound AND thumbnail_sha256 IS NOT NULL)",
            name="kind",
        ),
    )
    __privacy__ = Personal(
        subjects=("student_id",),
        uses=(
            Use(
                (
                    "assignment_id",
                    "is_sound",
                    "kept_sha256",
                    "thumbnail_sha256",
                    "width",
                    "height",
                    "seconds",
                    "sent_at",
                ),
                "take large work in part by part over a thin line",
                Retention.UNTIL_SUPERSEDED,
            ),
        ),
        erasure=Erasure.DELETE,
        technical=("id", "upload_sha256"),
    )

    id: Mapped[pk]
    student_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    assignment_id: Mapped[assignment_fk]
    upload_sha256: Mapped[sha256]
    """The hash of what the device sent: by this the hand-in names it."""
    is_sound: Mapped[bool]
    kept_sha256: Mapped[sha256]
    """Of the picture or sound as it was written anew."""
    thumbnail_sha256: Mapped[sha256 | None]
    width: Mapped[int] = mapped_column(default=0)
    height: Mapped[int] = mapped_column(default=0)
    seconds: Mapped[float | None]
    sent_at: Mapped[utc]
