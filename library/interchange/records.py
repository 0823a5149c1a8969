"""One line of the interchange format: a resource with its text and questions (IEEE LOM; QTI 3 for items)."""

from typing import Annotated, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from library.interchange.errors import BadField
from library.items.kinds.shapes import Line, Prose
from library.items.records import Code, Identifier, ItemRecord, Minutes, Share, StimulusRecord
from library.resources.accessibility import FEATURES
from library.resources.models import EndUser, ResourceKind, Tier


def _known_feature(code: str) -> str:
    if code not in FEATURES:
        message = f"there is no accessibility feature {code[:40]!r}"
        raise ValueError(message)
    return code


Feature = Annotated[str, AfterValidator(_known_feature)]


class ResourceRecord(BaseModel):
    """A resource."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    identifier: Identifier
    kind: ResourceKind
    title: Annotated[Line, Field(min_length=1, max_length=300)]
    description: Prose = ""
    keywords: Annotated[list[Annotated[Line, Field(max_length=100)]], Field(max_length=50)] = []
    language: Annotated[str, Field(pattern=r"^[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8})*$", max_length=16)] = "zh-CN"
    subject: Code | None = None
    grades: tuple[Annotated[int, Field(ge=1, le=12)], Annotated[int, Field(ge=1, le=12)]] = (1, 12)
    edition: Code | None = None
    volume: Code | None = None
    unit: Code | None = None
    knowledge_points: Annotated[list[Code], Field(max_length=50)] = []
    difficulty: Share | None = None
    minutes: Minutes | None = None
    pages: Annotated[int, Field(ge=1, le=10_000)] | None = None
    end_user: EndUser = EndUser.LEARNER
    accessibility: Annotated[list[Feature], Field(max_length=20)] = []
    licence: Annotated[str, Field(max_length=64)] = ""
    author: Annotated[Line, Field(max_length=200)] = ""
    source: Annotated[Line, Field(max_length=300)] = ""
    tier: Tier = Tier.PUBLIC
    organisation: Code | None = None
    body: Prose = ""
    url: Annotated[str, Field(max_length=1000, pattern=r"^(https?://\S+)?$")] = ""
    items: Annotated[list[ItemRecord], Field(max_length=200)] = []
    stimuli: Annotated[list[StimulusRecord], Field(max_length=50)] = []

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if self.grades[0] > self.grades[1]:
            message = "grades run from the lower to the higher"
            raise ValueError(message)
        if (self.tier in (Tier.LOCAL, Tier.SCHOOL)) != (self.organisation is not None):
            message = "an organisation belongs to the tiers local and school, and only there"
            raise ValueError(message)
        if self.kind is ResourceKind.LINK and not self.url:
            message = "a link needs its url"
            raise ValueError(message)
        if self.kind is ResourceKind.PRACTICE and not self.items:
            message = "a practice needs questions"
            raise ValueError(message)
        names = [one.identifier for one in self.items]
        if len(names) != len(set(names)):
            message = "two questions have the same identifier"
            raise ValueError(message)
        known = {one.identifier for one in self.stimuli}
        if len(known) != len(self.stimuli) or {one.stimulus for one in self.items} - known - {""}:
            message = "a question is about a stimulus that is not there once"
            raise ValueError(message)
        return self


def read_record(value: object) -> ResourceRecord:
    """Check one line's object.

    Raises:
        BadField: a field does not fit; the first one is named.
    """
    try:
        return ResourceRecord.model_validate(value)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False)[0]
        field = (
            ".".join(str(part) for part in first["loc"] if not str(part).startswith("function-")) or "line"
        )
        reason = first["msg"].removeprefix("Value error, ")
        raise BadField(field=field, reason=reason[:200]) from error
