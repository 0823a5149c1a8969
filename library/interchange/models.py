"""What is remembered of an import, so that it can go on where it stopped."""

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Model, pk, sha256, utc
from core.privacy import Impersonal


class ResourceImport(Model):
    """One import of one file: how far it has come, and what came of its lines."""

    __tablename__ = "resource_import"
    __table_args__ = (UniqueConstraint("source_sha256", "mapping"),)
    __privacy__ = Impersonal("counts lines of a file")

    id: Mapped[pk]
    source_sha256: Mapped[sha256]
    name: Mapped[str] = mapped_column(String(300))
    """The file's name as the person knows it; never used as a path."""
    mapping: Mapped[str] = mapped_column(String(32), default="")
    lines_done: Mapped[int] = mapped_column(default=0)
    added: Mapped[int] = mapped_column(default=0)
    changed: Mapped[int] = mapped_column(default=0)
    unchanged: Mapped[int] = mapped_column(default=0)
    refused: Mapped[int] = mapped_column(default=0)
    started_at: Mapped[utc]
    finished_at: Mapped[utc | None]


class ImportProblem(Model):
    """A line that was not taken, and why."""

    __tablename__ = "import_problem"
    __privacy__ = Impersonal("describes a line of a file")

    import_id: Mapped[int] = mapped_column(ForeignKey("resource_import.id"), primary_key=True)
    line: Mapped[int] = mapped_column(primary_key=True)
    """Counted from 1."""
    sentence: Mapped[str] = mapped_column(Text)
