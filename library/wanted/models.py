"""Searches that found nothing."""

from sqlalchemy import CheckConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Model, pk, text64, utc
from core.privacy import Impersonal

LONGEST = 60


class Wanted(Model):
    """Words that found nothing, the subject and grade they were looked for in, and how often that was."""

    __tablename__ = "wanted"
    __table_args__ = (
        UniqueConstraint("text", "subject_code", "grade"),
        Index(None, "dismissed_at", "count", "id"),
        CheckConstraint("grade BETWEEN 0 AND 12", name="grade"),
        CheckConstraint("count > 0", name="count"),
    )
    __privacy__ = Impersonal(
        "counts searches without who searched; what looks like data about a person is not kept (wording.py)"
    )

    id: Mapped[pk]
    text: Mapped[str] = mapped_column(String(LONGEST))
    """In lower case and simplified characters, without the words that became filters."""
    subject_code: Mapped[text64] = mapped_column(default="")
    grade: Mapped[int] = mapped_column(default=0)
    """0 for any."""
    count: Mapped[int] = mapped_column(default=1)
    first_asked_at: Mapped[utc]
    last_asked_at: Mapped[utc]
    dismissed_at: Mapped[utc | None]
    """When a teacher said that nothing is to be written; asking again does not bring it back."""
