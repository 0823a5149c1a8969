"""Imports of packages, and what came of every part."""

from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Model, pk, sha256, short_strings, utc
from core.privacy import Impersonal
from library.packages.findings import Note, Outcome, PartKind


class ImportState(StrEnum):
    """How far an import is."""

    WAITING = "waiting"
    DONE = "done"
    REFUSED = "refused"


class PackageImport(Model):
    """A package that was handed to a school's library. The same file a second time is the same import."""

    __tablename__ = "package_import"
    __table_args__ = (
        UniqueConstraint("organisation_id", "source_sha256"),
        CheckConstraint("grade_from BETWEEN 1 AND 12 AND grade_to BETWEEN grade_from AND 12", name="grades"),
    )
    __privacy__ = Impersonal("describes a file of teaching material", authors=("made_by_id",))

    id: Mapped[pk]
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    source_sha256: Mapped[sha256]
    size_bytes: Mapped[int]
    name: Mapped[str] = mapped_column(String(300))
    """The file's name as the person knows it; never used as a path."""
    title: Mapped[str] = mapped_column(String(300), default="")
    """What the package calls itself."""
    subject_id: Mapped[int] = mapped_column(ForeignKey("subject.id"))
    grade_from: Mapped[int]
    grade_to: Mapped[int]
    state: Mapped[ImportState] = mapped_column(short_strings(ImportState), default=ImportState.WAITING)
    problem: Mapped[str] = mapped_column(String(64), default="")
    """Why it was refused: the code of a refusal, which the page puts into words."""
    problem_details: Mapped[dict[str, Any]]
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    created_at: Mapped[utc]
    finished_at: Mapped[utc | None]


class PackagePart(Model):
    """A line of an import's report, in the order of the package's table of contents."""

    __tablename__ = "package_part"
    __privacy__ = Impersonal("describes teaching material")

    import_id: Mapped[int] = mapped_column(ForeignKey("package_import.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    depth: Mapped[int] = mapped_column(default=0)
    kind: Mapped[PartKind] = mapped_column(short_strings(PartKind))
    title: Mapped[str] = mapped_column(String(300))
    outcome: Mapped[Outcome] = mapped_column(short_strings(Outcome))
    note: Mapped[Note] = mapped_column(short_strings(Note))
    detail: Mapped[str] = mapped_column(String(200), default="")
    resource_id: Mapped[int | None] = mapped_column(ForeignKey("resource.id"), index=True)
    """The draft that it became."""
