"""What the API says and takes about lessons and playback."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, field_validator

from learning.playback.intervals import Interval

MOST_INTERVALS = 200


class ChapterOut(BaseModel):
    """A chapter and when it begins."""

    start: float
    title: str
    title_en: str


class CheckpointOut(BaseModel):
    """A question in the video, without its key."""

    id: int
    at: float = Field(description="The second at which it is asked.")
    is_required: bool
    is_answered: bool
    question: dict[str, Any]


class CaptionsOut(BaseModel):
    """Captions in one language, as WebVTT."""

    language: str
    url: str


class MediaOut(BaseModel):
    """Where the video stands, for this viewer and a few minutes; ask the lesson again for new addresses."""

    master: str = Field(description="HLS master playlist.")
    poster: str
    thumbnails: str | None
    sound: str | None = Field(description="HLS playlist of the sound alone.")
    expires_at: datetime


class LessonOut(BaseModel):
    """A lesson, and how far the person has come in it."""

    id: int
    resource_id: int
    title: str
    description: str
    duration: float
    registration: UUID | None = Field(
        description="Under which to report playback; null for who only looks on (guardians, administrators)."
    )
    position: float = Field(description="Where the person stopped, in seconds.")
    seen: list[tuple[float, float]] = Field(description="The union of what was seen, in seconds.")
    seen_seconds: float
    completion_share: float = Field(description="The share that must be seen.")
    completed_at: datetime | None
    chapters: list[ChapterOut]
    checkpoints: list[CheckpointOut]
    captions: list[CaptionsOut]
    media: MediaOut


class IntervalIn(BaseModel):
    """One stretch played without a jump. Wall times are Unix seconds or ISO 8601 with a zone."""

    model_config = ConfigDict(extra="forbid")

    id: UUID
    start: float = Field(ge=0, description="Second of the video at which it began.")
    end: float = Field(ge=0)
    rate: float = Field(default=1.0, gt=0, le=16)
    wall_start: AwareDatetime
    wall_end: AwareDatetime

    @field_validator("wall_start", "wall_end", mode="before")
    @classmethod
    def _from_number(cls, value: object) -> object:
        if isinstance(value, bool) or not isinstance(value, int | float):
            return value
        try:
            return datetime.fromtimestamp(value, UTC)
        except (OverflowError, OSError, ValueError) as error:
            message = "not a moment"
            raise ValueError(message) from error

    def interval(self) -> Interval:
        """As the rules know it."""
        return Interval(self.id, self.start, self.end, self.rate, self.wall_start, self.wall_end)


class PlaybackIn(BaseModel):
    """A batch of what was played."""

    model_config = ConfigDict(extra="forbid")

    registration: UUID = Field(
        description=(
            "As `GET /lessons/{id}` gave it. A client that must begin offline may make its own (of version "
            "4 or 7), and then names the lesson with it."
        )
    )
    lesson_id: int | None = Field(
        default=None,
        description="May be left out, unless the client made the registration itself and begins it.",
    )
    sent_at: AwareDatetime | None = Field(
        default=None, description="The device's own time of sending; corrects a clock that is wrong."
    )
    intervals: list[IntervalIn] = Field(max_length=MOST_INTERVALS)


class OutcomeOut(BaseModel):
    """What became of one interval."""

    id: UUID
    verdict: str = Field(
        description="`accepted`, `duplicate` or `refused`. None of them needs sending again."
    )
    reason: str | None = Field(
        description=(
            "Why it was refused: `malformed`, `too_fast`, `paused`, `future`, `too_old` or `elsewhere`."
        )
    )


class PlaybackOut(BaseModel):
    """What the batch led to."""

    registration: UUID
    results: list[OutcomeOut]
    seen: list[tuple[float, float]]
    seen_seconds: float
    share_seen: float
    completed_at: datetime | None
