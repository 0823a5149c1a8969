"""What is remembered of an import, so that it can go on where it stopped."""

from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.organisations.models import Organisation
from core.database import Model, pk, sha256, short_strings, utc
from core.privacy import Impersonal
from library.resources.models import Tier


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


class OrderState(StrEnum):
    """Where an ordered import stands."""

    CHECKING = "checking"
    CHECKED = "checked"
    IMPORTING = "importing"
    DONE = "done"
    STOPPED = "stopped"
    FAILED = "failed"


class ImportOrder(Model):
    """An import that a person ordered on its page: tried first, then carried out."""

    __tablename__ = "import_order"
    __table_args__ = (CheckConstraint("tier = 'public' OR organisation_id IS NOT NULL", name="owner"),)
    __privacy__ = Impersonal("counts lines of a file", authors=("ordered_by_id",))

    id: Mapped[pk]
    ordered_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    ordered_for_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    """The organisation whose administrators see it."""
    tier: Mapped[Tier] = mapped_column(short_strings(Tier))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    """Whose resources they become; None for public ones."""
    name: Mapped[str] = mapped_column(String(300))
    """The file's name as the person knows it; never used as a path."""
    form: Mapped[str] = mapped_column(String(8))
    content_sha256: Mapped[sha256]
    is_strict: Mapped[bool]
    """Take all lines or none."""
    is_draft: Mapped[bool] = mapped_column(default=False)
    """A teacher's: what it brings goes up the review ladder before anybody else finds it."""
    language: Mapped[str] = mapped_column(String(8))
    """In which the sentences about its lines are written."""
    state: Mapped[OrderState] = mapped_column(short_strings(OrderState))
    is_stop_asked: Mapped[bool] = mapped_column(default=False)
    lines_total: Mapped[int] = mapped_column(default=0)
    lines_done: Mapped[int] = mapped_column(default=0)
    """The number of the last line that was looked at."""
    added: Mapped[int] = mapped_column(default=0)
    changed: Mapped[int] = mapped_column(default=0)
    unchanged: Mapped[int] = mapped_column(default=0)
    refused: Mapped[int] = mapped_column(default=0)
    failure: Mapped[str] = mapped_column(Text, default="")
    """Why nothing could be taken, in one sentence."""
    ordered_at: Mapped[utc]
    finished_at: Mapped[utc | None]

    organisation: Mapped[Organisation | None] = relationship(foreign_keys=[organisation_id], lazy="raise")

    @property
    def is_running(self) -> bool:
        """Whether a job works on it, or soon will."""
        return self.state in {OrderState.CHECKING, OrderState.IMPORTING}


class OrderProblem(Model):
    """A line of an ordered import that is not taken, the field, and why."""

    __tablename__ = "import_order_problem"
    __privacy__ = Impersonal("describes a line of a file")

    order_id: Mapped[int] = mapped_column(ForeignKey("import_order.id"), primary_key=True)
    line: Mapped[int] = mapped_column(primary_key=True)
    field: Mapped[str] = mapped_column(String(200), default="")
    """Empty where the whole line is meant."""
    sentence: Mapped[str] = mapped_column(Text)
