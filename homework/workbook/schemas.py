"""Hand-ins as programs send and read them."""

from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field


class KeyHeader(BaseModel):
    """The header that makes a hand-in safe to send again."""

    model_config = ConfigDict(extra="ignore", populate_by_name=True)

    idempotency_key: UUID = Field(
        alias="Idempotency-Key",
        description="A UUID made by the device; the same for every try of one hand-in.",
    )


class HandIn(BaseModel):
    """The parts of a hand-in.

    Photos come as files named ``photos-<question id>``, repeated, in order; spoken answers as files named
    ``recordings-<question id>``.
    """

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "patternProperties": {
                f"^{name}-[0-9]+$": {"type": "array", "items": {"type": "string", "format": "binary"}}
                for name in ("photos", "recordings")
            }
        },
    )

    answers: str = Field(
        default="{}",
        description='JSON by question id, e.g. `{"12": {"choices": ["A"]}, "13": {"value": "3.5"}}`.',
        max_length=1_000_000,
    )
    seconds: str = Field(
        default="{}",
        description="JSON by question id: for how many seconds the pupil worked on it, for estimates.",
        max_length=20_000,
    )
    device_time: str = Field(
        default="", max_length=40, description="When the pupil pressed the button, by the device's clock."
    )


class Receipt(BaseModel):
    """That the work is stored."""

    id: int
    sha256: str = Field(description="SHA-256 over the answers and the photos as they were sent.")
    received_at: datetime


class PageOut(BaseModel):
    """One photographed page."""

    upload_sha256: str
    width: int
    height: int
    picture: str
    thumbnail: str


class RecordingOut(BaseModel):
    """One spoken answer."""

    upload_sha256: str
    seconds: float
    sound: str


class AnswerOut(BaseModel):
    """One question with its answer; points, comment and explanation once the work is returned."""

    question: int
    prompt: str
    kind: str
    response: dict[str, Any] | None
    pages: list[PageOut]
    recordings: list[RecordingOut]
    most_points: float
    points: float | None = None
    comment: str | None = None
    explanation: str | None = None
    rubric: list[dict[str, Any]] | None = Field(
        default=None, description="By what it is judged: criteria with their levels, the best first."
    )
    levels: dict[str, str] | None = Field(
        default=None, description="Criterion to the level that was chosen, once the work is returned."
    )


class SubmissionOut(BaseModel):
    """A hand-in as the person may see it."""

    id: int
    assignment: int
    number: int
    sha256: str
    received_at: datetime
    is_late: bool
    is_on_paper: bool = Field(description="Whether it was done on paper and entered by a teacher.")
    returned_at: datetime | None
    points: float | None
    most_points: float
    feedback: str | None
    answers: list[AnswerOut]
