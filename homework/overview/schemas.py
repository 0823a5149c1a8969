"""Assignments as programs read them."""

from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from homework.assignments.layers import Layer
from homework.assignments.release import AnswersShown, Counting, HandIns
from homework.overview.state import WorkState


class Wanted(BaseModel):
    """Whose list, and where it goes on."""

    model_config = ConfigDict(extra="forbid")

    child: int | None = Field(
        default=None, description="For guardians: one of `children`; the first one where it is left out."
    )
    cursor: str = Field(default="", max_length=200, description="`next` of the page before.")


class QuestionOut(BaseModel):
    """A question without its key."""

    id: int = Field(description="What `answers` and `photos-…` of a hand-in name.")
    points: float
    layer: Layer = Field(description="What of layered work it is; `is_required` says what a pupil must do.")
    is_required: bool | None = Field(default=None, description="For pupils: whether it must be answered.")
    question: dict[str, Any]
    rubric: list[dict[str, Any]] | None = Field(
        default=None, description="By what a person judges it: criteria with their levels, the best first."
    )


class AssignmentOut(BaseModel):
    """An assignment; the state is a pupil's own, the counts are the teacher's and the school's."""

    id: int
    title: str
    instructions: str
    subject: str = Field(description="The subject's code.")
    lesson: int | None
    estimated_minutes: float
    opens_at: datetime
    due_at: datetime
    cut_off_at: datetime
    is_written: bool
    hand_ins: HandIns
    most_hand_ins: int | None
    counting: Counting
    answers_shown: AnswersShown
    exception: str | None = Field(
        default=None, description="Why the pupil has times of her own, or is excused; the times are hers."
    )
    questions: list[QuestionOut]
    state: WorkState | None = None
    submission: int | None = None
    points: float | None = None
    pupils: int | None = None
    handed_in: int | None = None
    returned: int | None = None


class ChildOut(BaseModel):
    """A pupil whose guardian is signed in."""

    id: int
    name: str


class AssignmentsOut(BaseModel):
    """One page of assignments, the newest first."""

    student: int | None = Field(
        description="Whose work it is: the pupil's, or the guardian's child's; null for staff."
    )
    children: list[ChildOut] = Field(description="Of whom a guardian may read; empty for others.")
    items: list[AssignmentOut]
    next: str | None
