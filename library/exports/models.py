"""Exports that people ordered, and what came of them."""

from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Model, pk, sha256, short_strings, utc
from core.privacy import Impersonal


class ExportForm(StrEnum):
    """How the file is written."""

    LINES = "lines"
    """JSON Lines, packed: what another Weike reads."""
    CARTRIDGE = "cartridge"
    """Common Cartridge 1.3: what other learning platforms read."""


class ExportState(StrEnum):
    """How far an export is."""

    WAITING = "waiting"
    DONE = "done"
    FAILED = "failed"
    FORGOTTEN = "forgotten"
    """Its file is not kept any more; what came of it still stands here."""


class LibraryExport(Model):
    """A file that a person ordered: of parts of the library, or of one collection."""

    __tablename__ = "library_export"
    __privacy__ = Impersonal("describes a file of teaching material", authors=("ordered_by_id",))

    id: Mapped[pk]
    ordered_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    ordered_for_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    """The organisation for which the person worked."""
    form: Mapped[ExportForm] = mapped_column(short_strings(ExportForm))
    collection_id: Mapped[int | None] = mapped_column(ForeignKey("collection.id"), index=True)
    title: Mapped[str] = mapped_column(String(200), default="")
    """Of the collection."""
    tiers: Mapped[list[str]]
    """Whose resources were asked for, where it is no collection."""
    language: Mapped[str] = mapped_column(String(8))
    """In which its reasons are written."""
    state: Mapped[ExportState] = mapped_column(short_strings(ExportState), default=ExportState.WAITING)
    written: Mapped[int] = mapped_column(default=0)
    without_files: Mapped[int] = mapped_column(default=0)
    """Of those, how many have files that the format does not carry."""
    reasons: Mapped[dict[str, Any]]
    """How many resources stay, by reason."""
    left_out: Mapped[list[Any]]
    """The first of those that stay: title and reason."""
    file_sha256: Mapped[sha256 | None]
    report_sha256: Mapped[sha256 | None]
    """A file with a line for each resource that stays."""
    size_bytes: Mapped[int] = mapped_column(default=0)
    failure: Mapped[str] = mapped_column(Text, default="")
    ordered_at: Mapped[utc]
    finished_at: Mapped[utc | None]
