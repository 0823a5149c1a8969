"""Guardian links and consents."""

from enum import StrEnum

from sqlalchemy import Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from accounts.people.models import person_fk
from core.database import Model, pk, short_strings, utc
from core.privacy import Erasure, Personal, Retention, Use


class GuardianLink(Model):
    """That a guardian looks after a pupil (监护关系); it ends, it is not deleted."""

    __tablename__ = "guardian_link"
    __table_args__ = (UniqueConstraint("guardian_id", "student_id"),)
    __privacy__ = Personal(
        subjects=("guardian_id", "student_id"),
        uses=(
            Use(
                ("relationship", "started_at", "ended_at"),
                "let guardians see their own child's learning, and nobody else's",
                Retention.SCHOOLING,
            ),
        ),
        erasure=Erasure.DELETE,
    )

    id: Mapped[pk]
    guardian_id: Mapped[person_fk]
    student_id: Mapped[person_fk]
    relationship: Mapped[str] = mapped_column(String(32), default="")
    started_at: Mapped[utc]
    ended_at: Mapped[utc | None]


class Purpose(StrEnum):
    """What a consent is for; what the school's task needs is not asked."""

    RECOMMENDATIONS = "recommendations"


class ConsentRecord(Model):
    """A decision on one purpose (同意记录). The latest one stands; none is ever changed."""

    __tablename__ = "consent_record"
    __table_args__ = (Index(None, "student_id", "purpose", "id"),)
    __privacy__ = Personal(
        subjects=("student_id", "decided_by_id"),
        uses=(
            Use(
                ("purpose", "is_granted", "decided_at", "text_version", "channel"),
                "prove consent and its withdrawal (个人信息保护法 §15, §31)",
                Retention.THREE_YEARS,
            ),
        ),
        erasure=Erasure.KEEP,
    )

    id: Mapped[pk]
    student_id: Mapped[person_fk]
    purpose: Mapped[Purpose] = mapped_column(short_strings(Purpose))
    is_granted: Mapped[bool]
    decided_by_id: Mapped[person_fk]
    decided_at: Mapped[utc]
    text_version: Mapped[str] = mapped_column(String(16))
    """Which wording the person had before her eyes."""
    channel: Mapped[str] = mapped_column(String(32))
    """``web``, or ``paper`` when the school recorded a signed form."""
