"""What the API says and takes about attempts."""

from typing import Any, Literal, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator

from learning.attempts.models import Attempt, AttemptContext
from library.items.marking import misconception_of
from library.items.variants import Posed


class AttemptIn(BaseModel):
    """An answer. ``id`` is made by the device; the same answer may be sent again under it."""

    model_config = ConfigDict(extra="forbid")

    id: UUID
    item_id: int | None = Field(default=None, description="The item; its present wording is marked.")
    item_version_id: int | None = Field(
        default=None, description="The very wording that was shown; a key put right since counts."
    )
    response: dict[str, Any] = Field(
        description="`choices` [id], `blanks` [text], `value` …: as the kind of the item asks.",
        examples=[{"choices": ["B"]}],
    )
    context: Literal["lesson", "practice"]
    context_id: int = Field(description="The id of the lesson, or of the exercise's resource.")
    hints_used: int = Field(default=0, ge=0, le=100)
    seconds: float | None = Field(default=None, ge=0, description="How long it took; at most an hour counts.")

    @model_validator(mode="after")
    def _names_an_item(self) -> Self:
        if (self.item_id is None) == (self.item_version_id is None):
            message = "exactly one of item_id and item_version_id is needed"
            raise ValueError(message)
        return self

    @property
    def place(self) -> AttemptContext:
        """Where the question was asked."""
        return AttemptContext(self.context)


class AttemptOut(BaseModel):
    """An answer, marked. The explanation opens with it."""

    id: UUID
    item_id: int
    item_version_id: int
    score: float | None
    is_correct: bool | None
    feedback: str = Field(description="What the typical error behind the answer is, if one is known.")
    explanation: str
    hints: int = Field(description="How many hints the item has.")

    @classmethod
    def of(cls, attempt: Attempt, question: Posed) -> Self:
        """As the API shows *attempt* at *question*."""
        return cls(
            id=attempt.client_key,
            item_id=attempt.item_id,
            item_version_id=attempt.item_version_id,
            score=attempt.score,
            is_correct=attempt.is_correct,
            feedback=misconception_of(question, attempt.response),
            explanation=question.explanation,
            hints=len(question.hints),
        )


class HintsQuery(BaseModel):
    """How many hints to open."""

    model_config = ConfigDict(extra="forbid")

    count: int = Field(default=1, ge=1, le=20)


class HintsOut(BaseModel):
    """The hints that are open, the first and lightest one first."""

    hints: list[str]
    left: int = Field(description="How many more there are.")
