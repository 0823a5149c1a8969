"""The search as the API speaks it."""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from library.curriculum.models import Stage
from library.resources.models import EndUser, ResourceKind
from library.resources.schemas import ResourceLinks


class SearchQuery(BaseModel):
    """What is asked; an empty value is as good as none."""

    model_config = ConfigDict(extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def _leave_out_what_is_empty(cls, given: object) -> object:
        """A form sends its empty fields too, and so does who fills a template of the address."""
        if not isinstance(given, Mapping):
            return given
        return {name: value for name, value in given.items() if value != ""}

    q: Annotated[str, Field(max_length=10_000)] = ""
    subject: Annotated[str, Field(max_length=64)] = ""
    grade: Annotated[int, Field(ge=1, le=12)] | None = None
    type: ResourceKind | None = None
    language: Annotated[str, Field(max_length=16)] = ""
    edition: Annotated[str, Field(max_length=64)] = ""
    stage: Stage | None = None
    half: Annotated[int, Field(ge=1, le=2, description="1: first book of the year; 2: second.")] | None = None
    level: Annotated[int, Field(ge=1, le=3, description="1: easy; 2: middling; 3: hard.")] | None = None
    audience: Annotated[EndUser | None, Field(description="For whom it is meant.")] = None
    accessibility: Annotated[
        str,
        Field(
            max_length=40,
            description="A code of schema.org's accessibilityFeature, such as captions or signLanguage.",
        ),
    ] = ""
    sort: Literal["relevance", "newest", "most_used"] = "relevance"
    cursor: Annotated[str, Field(max_length=500)] = ""


class ResourceSummary(BaseModel):
    """A resource in a list."""

    model_config = ConfigDict(extra="forbid")

    id: int
    identifier: str
    type: ResourceKind
    links: ResourceLinks = Field(default_factory=ResourceLinks.of)
    title: str
    description: str
    language: str
    subject: str | None
    grades: tuple[int, int]
    minutes: float | None
    difficulty: float | None


class Facets(BaseModel):
    """How many there are of each value, as if its own filter were not set."""

    model_config = ConfigDict(extra="forbid")

    subject: dict[str, int]
    grade: dict[int, int]
    type: dict[ResourceKind, int]
    language: dict[str, int]
    edition: dict[str, int]
    audience: dict[EndUser, int]
    accessibility: dict[str, int]


class SearchAnswer(BaseModel):
    """A page of results."""

    model_config = ConfigDict(extra="forbid")

    total: int
    items: list[ResourceSummary]
    facets: Facets
    mended: Annotated[
        dict[str, list[str]],
        Field(description="Words that stand nowhere, each with those that were looked for in its place."),
    ]
    relaxed: Annotated[bool, Field(description="Nothing matched all words; these match some.")]
    next: Annotated[str | None, Field(description="The cursor of the next page; null on the last.")]
