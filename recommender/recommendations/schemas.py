"""The shape of suggestions in the API."""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from library.resources.models import ResourceKind
from library.resources.schemas import ResourceLinks
from recommender.recommendations.reasons import sentence
from recommender.recommendations.services import Suggestion


class SuggestedResource(BaseModel):
    """What is suggested."""

    model_config = ConfigDict(extra="forbid")

    id: int
    type: ResourceKind
    links: ResourceLinks = Field(default_factory=ResourceLinks.of)
    title: str
    minutes: float | None


class SuggestionOut(BaseModel):
    """One suggestion with its reason."""

    model_config = ConfigDict(extra="forbid")

    id: int | None = Field(description="None when it is made for the whole class, without the pupil's data.")
    resource: SuggestedResource
    reason_code: str
    reason: str = Field(description="One sentence in the language of the request.")
    evidence: dict[str, Any] = Field(description="The numbers and ids that the sentence stands on.")

    @classmethod
    def of(cls, one: Suggestion) -> "SuggestionOut":
        """A suggestion as the API shows it."""
        resource = one.resource
        return cls(
            id=one.recommendation_id,
            resource=SuggestedResource(
                id=resource.id, type=resource.kind, title=resource.title, minutes=resource.minutes
            ),
            reason_code=one.reason.value,
            reason=sentence(one.reason, one.evidence),
            evidence=one.evidence,
        )


class SuggestionsOut(BaseModel):
    """The pupil's list, the best first; empty where there is too little evidence."""

    model_config = ConfigDict(extra="forbid")

    items: list[SuggestionOut]
    is_personal: bool = Field(description="False where personalisation is off: the same for the whole class.")
