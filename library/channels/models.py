"""Channels that were taken in, what came of their parts, and the collections that their topics are."""

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.organisations.models import Organisation
from core.database import Model, pk, sha256, short_strings, utc
from core.privacy import Impersonal
from library.channels.findings import NodeKind, Note
from library.interchange.models import OrderState
from library.packages.findings import Outcome
from library.resources.models import Tier


class ChannelImport(Model):
    """A channel that an administrator takes in: looked at first, then carried out."""

    __tablename__ = "channel_import"
    __table_args__ = (
        Index(None, "channel_key", "ordered_for_id"),
        CheckConstraint("tier = 'public' OR organisation_id IS NOT NULL", name="owner"),
        CheckConstraint("grade_from BETWEEN 1 AND 12 AND grade_to BETWEEN grade_from AND 12", name="grades"),
    )
    __privacy__ = Impersonal("describes a file of teaching material", authors=("ordered_by_id",))

    id: Mapped[pk]
    ordered_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    ordered_for_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    """The organisation whose administrators see it."""
    tier: Mapped[Tier] = mapped_column(short_strings(Tier))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    """Whose resources they become; None for public ones."""
    subject_id: Mapped[int | None] = mapped_column(ForeignKey("subject.id"))
    grade_from: Mapped[int]
    grade_to: Mapped[int]
    """Where what tells no place in the curriculum belongs."""
    name: Mapped[str] = mapped_column(String(300))
    """The file's name as the person knows it; never used as a path."""
    content_sha256: Mapped[sha256]
    language: Mapped[str] = mapped_column(String(8))
    """In which sentences are written that stand in the report."""
    state: Mapped[OrderState] = mapped_column(short_strings(OrderState))
    is_stop_asked: Mapped[bool] = mapped_column(default=False)
    channel_key: Mapped[str] = mapped_column(String(32), default="")
    """The channel's id at Kolibri; known when it was read."""
    title: Mapped[str] = mapped_column(String(300), default="")
    channel_version: Mapped[int] = mapped_column(default=0)
    schema: Mapped[str] = mapped_column(String(20), default="")
    """The version of its tables."""
    parts_total: Mapped[int] = mapped_column(default=0)
    parts_done: Mapped[int] = mapped_column(default=0)
    added: Mapped[int] = mapped_column(default=0)
    changed: Mapped[int] = mapped_column(default=0)
    unchanged: Mapped[int] = mapped_column(default=0)
    refused: Mapped[int] = mapped_column(default=0)
    files_taken: Mapped[int] = mapped_column(default=0)
    failure: Mapped[str] = mapped_column(Text, default="")
    """Why nothing could be taken, in one sentence."""
    ordered_at: Mapped[utc]
    finished_at: Mapped[utc | None]

    organisation: Mapped[Organisation | None] = relationship(foreign_keys=[organisation_id], lazy="raise")

    @property
    def is_running(self) -> bool:
        """Whether a job works on it, or soon will."""
        return self.state in {OrderState.CHECKING, OrderState.IMPORTING}


class ChannelPart(Model):
    """A line of an import's report, in the order of the channel's tree."""

    __tablename__ = "channel_part"
    __privacy__ = Impersonal("describes teaching material")

    import_id: Mapped[int] = mapped_column(ForeignKey("channel_import.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    depth: Mapped[int] = mapped_column(default=0)
    kind: Mapped[NodeKind] = mapped_column(short_strings(NodeKind))
    title: Mapped[str] = mapped_column(String(300))
    outcome: Mapped[Outcome] = mapped_column(short_strings(Outcome))
    note: Mapped[Note] = mapped_column(short_strings(Note))
    detail: Mapped[str] = mapped_column(String(200), default="")
    resource_id: Mapped[int | None] = mapped_column(ForeignKey("resource.id"), index=True)
    """What it became."""


class ChannelList(Model):
    """That a channel, or a topic of it, is a collection here: its next version finds it again."""

    __tablename__ = "channel_list"
    __privacy__ = Impersonal("links teaching material")

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), primary_key=True)
    tier: Mapped[Tier] = mapped_column(short_strings(Tier), primary_key=True)
    topic_key: Mapped[str] = mapped_column(String(48), primary_key=True)
    """The topic's id at Kolibri, with a number where its resources fill several collections."""
    collection_id: Mapped[int] = mapped_column(ForeignKey("collection.id"), index=True)
