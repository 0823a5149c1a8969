"""One line of the interchange format: a resource with its text and questions (IEEE LOM; QTI 3 for items)."""

from typing import Annotated, Any, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from library.interchange.errors import BadField
from library.items.models import ItemKind
from library.resources.accessibility import FEATURES
from library.resources.models import EndUser, ResourceKind, Tier

LONGEST_TEXT = 200_000
FEWEST_CHOICES = 2
Share = Annotated[float, Field(ge=0, le=1)]
Minutes = Annotated[float, Field(gt=0, le=600)]
Code = Annotated[str, Field(min_length=1, max_length=64)]
Identifier = Annotated[str, Field(min_length=1, max_length=200)]


def _readable(text: str) -> str:
    if any(ord(letter) < ord(" ") and letter not in "\n\t" for letter in text):
        message = "it holds control characters"
        raise ValueError(message)
    return text


def _known_feature(code: str) -> str:
    if code not in FEATURES:
        message = f"there is no accessibility feature {code[:40]!r}"
        raise ValueError(message)
    return code


Line = Annotated[str, AfterValidator(_readable)]
Feature = Annotated[str, AfterValidator(_known_feature)]
Prose = Annotated[str, Field(max_length=LONGEST_TEXT), AfterValidator(_readable)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Choice(_Part):
    """One choice of a question."""

    id: Annotated[str, Field(min_length=1, max_length=16)]
    text: Annotated[Prose, Field(min_length=1)]


class Interaction(_Part):
    """What the pupil may do: choose, fill in blanks, write a number with a unit, take photos."""

    choices: Annotated[list[Choice], Field(max_length=26)] = []
    blanks: Annotated[int, Field(ge=1, le=20)] | None = None
    unit: Annotated[Line, Field(max_length=32)] = ""
    photos: Annotated[int, Field(ge=1, le=20)] | None = None


class NumericKey(_Part):
    """A number and how far off an answer may be."""

    value: float | str
    tolerance: Annotated[float, Field(ge=0)] = 0.0


class Slip(_Part):
    """A typical error (典型错误) and what is said to it; the response is a choice's id, a text or number."""

    response: str
    feedback: Prose


class ItemRecord(_Part):
    """A question."""

    identifier: Identifier
    kind: ItemKind
    prompt: Annotated[Prose, Field(min_length=1)]
    interaction: Interaction = Interaction()
    correct: list[str] | list[list[str]] | NumericKey = []
    """The right choices' ids; for each blank the accepted texts; or the number. Empty for photos."""
    explanation: Prose = ""
    hints: Annotated[list[Prose], Field(max_length=10)] = []
    misconceptions: Annotated[list[Slip], Field(max_length=26)] = []
    difficulty: Share = 0.5
    minutes: Minutes = 1.0
    knowledge_points: Annotated[list[Code], Field(max_length=20)] = []

    @model_validator(mode="after")
    def _key_fits(self) -> Self:
        ids = [one.id for one in self.interaction.choices]
        match self.kind:
            case ItemKind.CHOICE | ItemKind.MULTIPLE_CHOICE:
                most = 1 if self.kind is ItemKind.CHOICE else len(ids)
                named = self.correct if isinstance(self.correct, list) else []
                fits = (
                    len(ids) == len(set(ids)) >= FEWEST_CHOICES
                    and 1 <= len(named) <= most
                    and set(map(str, named)) <= set(ids)
                )
            case ItemKind.TEXT_ENTRY:
                blanks = self.correct if isinstance(self.correct, list) else []
                fits = bool(blanks) and all(isinstance(one, list) and any(one) for one in blanks)
            case ItemKind.NUMERIC:
                fits = isinstance(self.correct, NumericKey)
            case _:
                fits = self.correct == []
        if not fits:
            message = f"the key does not fit a question of kind {self.kind.value}"
            raise ValueError(message)
        return self

    def stored_interaction(self) -> dict[str, Any]:
        """The interaction as an item version keeps it."""
        return self.interaction.model_dump(exclude_defaults=True)

    def stored_key(self) -> dict[str, Any]:
        """The key as an item version keeps it."""
        if isinstance(self.correct, NumericKey):
            return self.correct.model_dump()
        match self.kind:
            case ItemKind.CHOICE | ItemKind.MULTIPLE_CHOICE:
                return {"choices": self.correct}
            case ItemKind.TEXT_ENTRY:
                return {"blanks": self.correct}
            case _:
                return {}

    def stored_misconceptions(self) -> list[dict[str, Any]]:
        """The typical errors with their responses in the shape that a pupil's has."""
        return [
            {"response": self._stored_response(one.response), "feedback": one.feedback}
            for one in self.misconceptions
        ]

    def _stored_response(self, response: str) -> dict[str, Any]:
        match self.kind:
            case ItemKind.CHOICE | ItemKind.MULTIPLE_CHOICE:
                return {"choices": [response]}
            case ItemKind.TEXT_ENTRY:
                return {"blanks": [response]}
            case ItemKind.NUMERIC:
                return {"value": response}
            case ItemKind.PHOTO:
                return {}


class ResourceRecord(_Part):
    """A resource."""

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
