"""What the weekly round found at the address of a link."""

from datetime import date
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.database import Model, short_strings, utc
from core.privacy import Impersonal
from library.resources.models import Resource


class LinkState(StrEnum):
    """Whether a link still leads somewhere."""

    ALIVE = "alive"
    SUSPECT = "suspect"
    DEAD = "dead"


class LinkCheck(Model):
    """The state of a resource's address: dead after failures on several days."""

    __tablename__ = "link_check"
    __table_args__ = (Index(None, "state", "resource_id"), Index(None, "checked_at"))
    __privacy__ = Impersonal("is about the address of a page")

    resource_id: Mapped[int] = mapped_column(ForeignKey("resource.id"), primary_key=True)
    url: Mapped[str] = mapped_column(String(1000))
    """The address that was asked; another one starts anew."""
    state: Mapped[LinkState] = mapped_column(short_strings(LinkState))
    problem: Mapped[str] = mapped_column(String(64), default="")
    """A code of ``library/links/outcome.py``; empty for an answer."""
    failures: Mapped[int] = mapped_column(default=0)
    """Days with a failure since the last answer."""
    failed_on: Mapped[date | None]
    """The latest of these days, at school."""
    checked_at: Mapped[utc]

    resource: Mapped[Resource] = relationship(lazy="raise")
