"""What tells a resource from others, and pairs that look alike."""

from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.database import Model, pk, sha256, short_strings, utc
from core.privacy import Impersonal
from library.resources.models import Resource


class Fingerprint(Model):
    """The hash of what a resource says, without what makes no difference to a reader."""

    __tablename__ = "resource_fingerprint"
    __privacy__ = Impersonal("is computed from teaching material")

    resource_id: Mapped[int] = mapped_column(ForeignKey("resource.id"), primary_key=True)
    text_sha256: Mapped[sha256] = mapped_column(index=True)
    seen_at: Mapped[utc]
    """The moment of the resource's last change when it was computed."""


class Sameness(StrEnum):
    """In what two resources are alike."""

    FILE = "file"
    TEXT = "text"
    NEAR = "near"


class Verdict(StrEnum):
    """What people said about a pair."""

    KEPT = "kept"
    WITHDRAWN = "withdrawn"


class DuplicatePair(Model):
    """Two resources that look alike; found by a job, judged by people."""

    __tablename__ = "duplicate_pair"
    __table_args__ = (
        UniqueConstraint("first_id", "second_id"),
        CheckConstraint("first_id < second_id", name="order"),
        CheckConstraint("likeness BETWEEN 0 AND 1", name="likeness"),
        Index(None, "verdict", "id"),
    )
    __privacy__ = Impersonal("is about teaching material", authors=("judged_by_id",))

    id: Mapped[pk]
    first_id: Mapped[int] = mapped_column(ForeignKey("resource.id"))
    second_id: Mapped[int] = mapped_column(ForeignKey("resource.id"), index=True)
    sameness: Mapped[Sameness] = mapped_column(short_strings(Sameness))
    likeness: Mapped[float]
    """Share of what they have in common, 0 to 1 (Jaccard's index of their shingles)."""
    found_at: Mapped[utc]
    verdict: Mapped[Verdict | None] = mapped_column(short_strings(Verdict))
    judged_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    judged_at: Mapped[utc | None]
    reason: Mapped[str] = mapped_column(Text, default="")

    first: Mapped[Resource] = relationship(lazy="raise", foreign_keys=[first_id])
    second: Mapped[Resource] = relationship(lazy="raise", foreign_keys=[second_id])
