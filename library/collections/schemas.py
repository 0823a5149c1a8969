"""Collections as the API speaks them."""

from datetime import datetime
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, Field

from library.collections.models import CollectionKind
from library.resources.models import Tier
from library.search.schemas import ResourceSummary


class CollectionsQuery(BaseModel):
    """Which page."""

    model_config = ConfigDict(extra="forbid")

    cursor: str = Field("", max_length=500)
    tier: Tier | None = None


class CollectionLinks(BaseModel):
    """Where to go on from a collection in this API."""

    model_config = ConfigDict(extra="forbid")

    collection: str = Field(description="The collection with its resources.")

    @classmethod
    def of(cls, collection: dict[str, Any]) -> Self:
        """The links of a collection whose ``id`` is known."""
        return cls(collection=f"/api/v1/library/collections/{collection['id']}")


class CollectionSummary(BaseModel):
    """A collection in a list."""

    model_config = ConfigDict(extra="forbid")

    id: int
    type: CollectionKind = Field(description="Chosen by people, or a kept search.")
    links: CollectionLinks = Field(default_factory=CollectionLinks.of)
    title: str
    description: str
    tier: Tier
    subject: str | None = Field(description="The subject's code.")
    grades: tuple[int, int]
    updated_at: datetime


class CollectionsAnswer(BaseModel):
    """A page of collections."""

    model_config = ConfigDict(extra="forbid")

    items: list[CollectionSummary]
    next: str | None = Field(description="The cursor of the next page; null on the last.")


class EntryOut(BaseModel):
    """A resource in a collection, and what its curators say about it."""

    model_config = ConfigDict(extra="forbid")

    note: str
    resource: ResourceSummary


class CollectionOut(CollectionSummary):
    """A collection with those of its resources that the signed-in person may open."""

    search: dict[str, str] = Field(description="Of a kept search: its words and filters.")
    entries: list[EntryOut] = Field(description="In order; of a kept search, the first page.")
