"""A resource as the API speaks it."""

from datetime import datetime
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, Field

from library.resources.links import lesson_link, resource_link
from library.resources.models import ResourceKind, ReviewState, Tier


class ResourceLinks(BaseModel):
    """Where to go on from a resource in this API."""

    model_config = ConfigDict(extra="forbid")

    resource: str = Field(description="The resource with its text and questions.")
    lesson: str | None = Field(description="What to play, where the resource is a micro-lesson; else null.")

    @classmethod
    def of(cls, resource: dict[str, Any]) -> Self:
        """The links of a resource whose ``id`` and ``type`` are known."""
        return cls(
            resource=resource_link(resource["id"]), lesson=lesson_link(resource["id"], resource["type"])
        )


class PointOut(BaseModel):
    """A knowledge point."""

    model_config = ConfigDict(extra="forbid")

    id: int
    code: str
    name: str
    name_en: str


class ResourceOut(BaseModel):
    """A resource with its text and its questions."""

    model_config = ConfigDict(extra="forbid")

    id: int
    identifier: str
    type: ResourceKind
    links: ResourceLinks = Field(default_factory=ResourceLinks.of)
    title: str
    description: str
    keywords: list[str]
    language: str
    subject: str | None = Field(description="The subject's code.")
    grades: tuple[int, int]
    knowledge_points: list[PointOut]
    difficulty: float | None = Field(description="From 0 (easy) to 1 (hard).")
    minutes: float | None
    licence: str
    author: str
    source: str
    tier: Tier
    review_state: ReviewState
    version: int
    updated_at: datetime
    text: str = Field(
        description="Markdown; formulas in LaTeX between dollar signs. A worksheet's key is left out."
    )
    url: str
    questions: list[dict[str, Any]] = Field(description="What it asks, without keys and explanations.")
