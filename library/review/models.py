"""Requests for review, who reviews, and the change log that everybody may read."""

from enum import StrEnum

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.organisations.models import Organisation, OrganisationKind
from accounts.people.models import Person, Role
from core.database import Model, pk, short_strings, utc
from core.privacy import Erasure, Impersonal, Personal, Retention, Use
from library.resources.models import Resource, Tier, resource_fk


class Decision(StrEnum):
    """How a review ended."""

    ACCEPTED = "accepted"
    RETURNED = "returned"
    TAKEN_BACK = "taken_back"


class ReviewRequest(Model):
    """That somebody asks a school, a district or the city to take a resource into its collection (送审)."""

    __tablename__ = "review_request"
    __table_args__ = (
        Index(None, "organisation_id", "decision", "id"),
        # One at a time: the open request of a resource holds its key, a decided one lets go of it.
        Index(None, "open_for_id", unique=True),
    )
    __privacy__ = Impersonal("is about teaching material", authors=("submitted_by_id", "decided_by_id"))

    id: Mapped[pk]
    resource_id: Mapped[resource_fk]
    open_for_id: Mapped[int | None]
    """The resource's id while the request is open."""
    level: Mapped[OrganisationKind] = mapped_column(short_strings(OrganisationKind))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    """Whose collection it would join."""
    submitted_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    submitted_at: Mapped[utc]
    note: Mapped[str] = mapped_column(Text, default="")
    """What the author wants the reviewers to know."""
    decision: Mapped[Decision | None] = mapped_column(short_strings(Decision))
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[utc | None]
    reason: Mapped[str] = mapped_column(Text, default="")

    resource: Mapped[Resource] = relationship(lazy="raise")
    organisation: Mapped[Organisation] = relationship(lazy="raise")
    submitted_by: Mapped[Person] = relationship(lazy="raise", foreign_keys=[submitted_by_id])


class Reviewer(Model):
    """That a school lets one of its teachers review beside its administrators."""

    __tablename__ = "reviewer"
    __privacy__ = Personal(
        subjects=("person_id",),
        uses=(Use(("organisation_id", "named_at"), "know who may review", Retention.SCHOOLING),),
        erasure=Erasure.DELETE,
        technical=(),
    )

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True, index=True)
    named_at: Mapped[utc]


class Act(StrEnum):
    """What was done to a resource, as the public change log tells it."""

    SUBMITTED = "submitted"
    TAKEN_BACK = "taken_back"
    ACCEPTED = "accepted"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"
    REPLACED = "replaced"
    RESTORED = "restored"


class LogEntry(Model):
    """One line of a resource's public change log: by role and organisation, never by name."""

    __tablename__ = "resource_log"
    __privacy__ = Impersonal("is about teaching material, and names no person", authors=("actor_id",))

    id: Mapped[pk]
    resource_id: Mapped[resource_fk]
    act: Mapped[Act] = mapped_column(short_strings(Act))
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    role: Mapped[Role] = mapped_column(short_strings(Role))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    """Where the actor works."""
    tier: Mapped[Tier] = mapped_column(short_strings(Tier))
    """The collection in which it stood afterwards."""
    version: Mapped[int]
    reason: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[utc]

    organisation: Mapped[Organisation] = relationship(lazy="raise")
