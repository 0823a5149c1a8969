"""A question of an assignment, as one pupil meets it."""

from dataclasses import dataclass

from homework.assignments.layers import Layer
from homework.assignments.models import AssignmentItem
from homework.submissions.models import Answer
from learning.attempts.asking import asked_of
from learning.attempts.models import Attempt, AttemptContext
from library.items.marking import is_answered
from library.items.variants import Posed, pose


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its place and points."""

    id: int
    position: int
    points: float
    layer: Layer
    is_dropped: bool
    asked: Posed

    @classmethod
    def of(cls, item: AssignmentItem, student_id: int) -> "Question":
        """As it is put to a pupil."""
        context, place = AttemptContext.HOMEWORK, item.assignment_id
        return cls._as(item, asked_of(item.item_version, student_id, context, place))

    @classmethod
    def answered(cls, item: AssignmentItem, attempt: Attempt) -> "Question":
        """As it was answered."""
        return cls._as(item, pose(item.item_version, attempt.seed))

    @classmethod
    def _as(cls, item: AssignmentItem, asked: Posed) -> "Question":
        return cls(item.id, item.position, item.points, item.layer, item.is_dropped, asked)


def is_on_paper(answer: Answer) -> bool:
    """Whether the answer itself stands on paper, and only what it is worth was entered."""
    return not is_answered(answer.assignment_item.item_version.kind, answer.attempt.response)
