"""What is offered to other libraries, and what no longer is; and who may ask for more than what is public."""

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Model, pk, sha256, short_strings, text64, text200, utc
from core.privacy import Impersonal
from library.interchange.identifiers import LONGEST
from library.resources.models import Tier


class OaiRecord(Model):
    """The header of a record: it stays when the resource is withdrawn, so that others learn of it.

    Its datestamp is the moment when the change was seen, not when it was made: a change that is committed
    late never falls behind somebody who asked in between.
    """

    __tablename__ = "oai_record"
    __table_args__ = (Index(None, "datestamp", "id"),)
    __privacy__ = Impersonal("says when teaching material was offered to others")

    id: Mapped[pk]
    resource_id: Mapped[int | None] = mapped_column(
        ForeignKey("resource.id", ondelete="SET NULL"), unique=True
    )
    identifier: Mapped[str] = mapped_column(String(LONGEST), unique=True)
    datestamp: Mapped[utc]
    """Whole seconds."""
    tier: Mapped[Tier] = mapped_column(short_strings(Tier))
    """The collection that it stands in, or stood in last."""
    was_public: Mapped[bool]
    """Whether it was ever offered to everybody: who asks without a key hears of its end, too."""
    was_local: Mapped[bool]
    subject: Mapped[text64]
    """The subject's code, empty without one."""
    is_deleted: Mapped[bool]
    version: Mapped[int]
    """The version of the resource that this tells of."""
    changed_at: Mapped[utc]
    """The resource's last change that this tells of."""


class OaiPartner(Model):
    """Another library that may ask for local collections and for the keys of questions."""

    __tablename__ = "oai_partner"
    __privacy__ = Impersonal("names an institution", authors=("created_by_id",))

    id: Mapped[pk]
    name: Mapped[text200]
    key_sha256: Mapped[sha256] = mapped_column(unique=True)
    """The key itself is shown once and not kept."""
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[utc]
    ended_at: Mapped[utc | None]
