"""Assignments as programs read them."""

from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from homework.overview.state import WorkState


class Cursor(BaseModel):
    """Where the list goes on."""

    model_config = ConfigDict(extra="forbid")

    cursor: str = Field(default="", max_length=200, description="`next` of the page before.")


class QuestionOut(BaseModel):
    """A question without its key."""

    id: int = Field(description="What `answers` and `photos-…` of a hand-in name.")
    points: float
    question: dict[str, Any]


class AssignmentOut(BaseModel):
    """An assignment; the state is a pupil's own, the counts are the teacher's."""

    id: int
    title: str
    instructions: str
    subject: str = Field(description="The subject's code.")
    lesson: int | None
    estimated_minutes: float
    opens_at: datetime
    due_at: datetime
    cut_off_at: datetime
    questions: list[QuestionOut]
    state: WorkState | None = None
    submission: int | None = None
    points: float | None = None
    pupils: int | None = None
    handed_in: int | None = None
    returned: int | None = None


class AssignmentsOut(BaseModel):
    """One page of assignments, the newest first."""

    items: list[AssignmentOut]
    next: str | None
