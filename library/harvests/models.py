"""Where resources are harvested, how far that has come, and what two libraries disagree about."""

from enum import StrEnum
from typing import Annotated, Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.organisations.models import Organisation
from core.database import Model, pk, sha256, short_strings, text200, utc
from core.privacy import Impersonal
from library.interchange.identifiers import LONGEST
from library.resources.models import Resource, Tier, resource_fk

source_fk = Annotated[int, mapped_column(ForeignKey("harvest_source.id"), index=True)]
run_fk = Annotated[int, mapped_column(ForeignKey("harvest_run.id"), index=True)]
TIMESTAMP = 32


class Prefix(StrEnum):
    """In which form records come; the best that a source offers is taken."""

    WEIKE = "weike"
    LOM = "lom"
    DUBLIN_CORE = "oai_dc"


class HarvestSource(Model):
    """A library whose resources come in here."""

    __tablename__ = "harvest_source"
    __table_args__ = (
        UniqueConstraint("url", "set_spec", "organisation_id"),
        CheckConstraint("every_hours >= 0", name="every_hours"),
    )
    __privacy__ = Impersonal("is the address of a library", authors=("created_by_id",))

    id: Mapped[pk]
    name: Mapped[text200]
    url: Mapped[str] = mapped_column(String(500))
    """The provider's base address."""
    set_spec: Mapped[str] = mapped_column(String(200), default="")
    """Only this set; all where it is empty."""
    key: Mapped[str] = mapped_column(String(200), default="")
    """What the other library gave us to prove who asks; sent to it, and never shown again."""
    tier: Mapped[Tier] = mapped_column(short_strings(Tier))
    """Into which collection it comes: public, or local to the organisation."""
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    """Who looks after it: a city or a district."""
    every_hours: Mapped[int] = mapped_column(default=24)
    """How often it is asked; 0 only when someone says so."""
    is_paused: Mapped[bool] = mapped_column(default=False)
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[utc]
    started_at: Mapped[utc | None]
    """When it was last begun to be asked."""
    harvested_until: Mapped[str] = mapped_column(String(TIMESTAMP), default="")
    """Up to which moment of the provider's clock everything is in; empty before the first whole harvest."""
    next_until: Mapped[str] = mapped_column(String(TIMESTAMP), default="")
    """What that will be once the list that is being read has come to its end."""
    prefix: Mapped[str] = mapped_column(String(32), default="")
    """In which form the list that is being read comes."""
    token: Mapped[str] = mapped_column(Text, default="")
    """Where the list goes on; empty where none is being read."""

    organisation: Mapped[Organisation] = relationship(lazy="joined")


class HarvestRun(Model):
    """One time that a source was asked, and what came of it."""

    __tablename__ = "harvest_run"
    __privacy__ = Impersonal("counts records of a library")

    id: Mapped[pk]
    source_id: Mapped[source_fk]
    started_at: Mapped[utc]
    finished_at: Mapped[utc | None]
    """None while it goes on, or if it was cut off: the next one goes on where it stopped."""
    is_whole: Mapped[bool] = mapped_column(default=False)
    """Whether the list came to its end."""
    expected: Mapped[int] = mapped_column(default=0)
    """How many records the source announced; 0 if it did not."""
    records: Mapped[int] = mapped_column(default=0)
    added: Mapped[int] = mapped_column(default=0)
    changed: Mapped[int] = mapped_column(default=0)
    unchanged: Mapped[int] = mapped_column(default=0)
    withdrawn: Mapped[int] = mapped_column(default=0)
    ours: Mapped[int] = mapped_column(default=0)
    """Records that were ours before, or that another source brings."""
    refused: Mapped[int] = mapped_column(default=0)
    conflicts: Mapped[int] = mapped_column(default=0)
    problem: Mapped[dict[str, Any]]
    """Why it stopped before the end: code and details of a refusal; {} if it did not."""


class HarvestNote(Model):
    """What was refused of a record, or left out, and why."""

    __tablename__ = "harvest_note"
    __privacy__ = Impersonal("describes a record of a library")

    id: Mapped[pk]
    run_id: Mapped[run_fk]
    identifier: Mapped[str] = mapped_column(String(LONGEST))
    is_refused: Mapped[bool]
    """Whether the record was not taken; else something of it was left out."""
    problem: Mapped[dict[str, Any]]


class HarvestedResource(Model):
    """That a resource came from a source, and what it said then."""

    __tablename__ = "harvested_resource"
    __privacy__ = Impersonal("says where teaching material comes from")

    resource_id: Mapped[int] = mapped_column(ForeignKey("resource.id"), primary_key=True)
    source_id: Mapped[source_fk]
    identifier: Mapped[str] = mapped_column(String(LONGEST), unique=True)
    """What it is called between libraries."""
    datestamp: Mapped[str] = mapped_column(String(TIMESTAMP), default="")
    """As the provider wrote it; shown, never reckoned with."""
    received_sha256: Mapped[sha256]
    """The hash of the record that came last: the same again changes nothing."""
    taken_sha256: Mapped[sha256]
    """The hash of what it said here after that: if it says something else, it was changed here."""
    taken_at: Mapped[utc]
    is_withdrawn_there: Mapped[bool] = mapped_column(default=False)

    source: Mapped[HarvestSource] = relationship(lazy="raise")


class Decision(StrEnum):
    """Which of two versions stays."""

    OURS = "ours"
    THEIRS = "theirs"


class HarvestConflict(Model):
    """A record that says something else than the resource here, which was kept."""

    __tablename__ = "harvest_conflict"
    __table_args__ = (
        UniqueConstraint("source_id", "resource_id"),
        Index(None, "decision", "source_id"),
    )
    __privacy__ = Impersonal("compares two versions of teaching material", authors=("decided_by_id",))

    id: Mapped[pk]
    source_id: Mapped[source_fk]
    resource_id: Mapped[resource_fk]
    identifier: Mapped[str] = mapped_column(String(LONGEST))
    record: Mapped[dict[str, Any]]
    """The other version; {} where it was withdrawn there."""
    received_sha256: Mapped[sha256]
    found_at: Mapped[utc]
    decision: Mapped[Decision | None] = mapped_column(short_strings(Decision))
    decided_at: Mapped[utc | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    resource: Mapped[Resource] = relationship(lazy="raise")
    source: Mapped[HarvestSource] = relationship(lazy="raise")
