"""Lists of marks for programs."""

from typing import Self

from pydantic import BaseModel, ConfigDict, Field

from homework.assignments.models import AssignmentItem
from homework.marklists.queries import MarkList, MarkRow


class MarksQuery(BaseModel):
    """Of whom."""

    model_config = ConfigDict(extra="forbid")

    class_id: int | None = Field(default=None, description="One class; all that you teach otherwise.")


class QuestionOut(BaseModel):
    """A question that points are given for."""

    question: int
    number: int
    points: float
    is_dropped: bool = Field(description="Whether it counts no more; then it has no points below.")

    @classmethod
    def of(cls, question: AssignmentItem) -> Self:
        """As the page heads its column."""
        return cls(
            question=question.id,
            number=question.position,
            points=question.points,
            is_dropped=question.is_dropped,
        )


class PointsOut(BaseModel):
    """The points for one answer."""

    question: int
    points: float | None = Field(description="Null while nobody has marked the answer.")


class MarkRowOut(BaseModel):
    """One pupil's marks."""

    student: int | None = Field(description="Null while the work is marked blind.")
    name: str = Field(description="A number in its place while the work is marked blind.")
    seat_number: int | None
    class_id: int | None = Field(
        description="Null for who has left the class or group after handing in, and while the name is hidden."
    )
    submission: int | None = Field(description="Null where nothing was handed in.")
    is_late: bool
    is_excused: bool = Field(description="Whether the pupil handed in nothing and need not.")
    marks: list[PointsOut] = Field(description="What was answered.")
    total: float | None = Field(description="Null until everything is marked.")
    feedback: str

    @classmethod
    def of(cls, row: MarkRow) -> Self:
        """As the page shows it."""
        return cls(
            student=row.student_id,
            name=row.name,
            seat_number=row.seat_number,
            class_id=row.class_id,
            submission=row.submission.id if row.submission else None,
            is_late=row.submission is not None and row.submission.is_late,
            is_excused=row.is_excused,
            marks=[PointsOut(question=question, points=points) for question, points in row.points.items()],
            total=row.total,
            feedback=row.feedback,
        )


class MarkListOut(BaseModel):
    """The marks for a piece of work, pupil by pupil."""

    assignment: int
    questions: list[QuestionOut]
    pupils: list[MarkRowOut]

    @classmethod
    def of(cls, assignment_id: int, marks: MarkList) -> Self:
        """As the page shows it."""
        return cls(
            assignment=assignment_id,
            questions=[QuestionOut.of(one) for one in marks.questions],
            pupils=[MarkRowOut.of(one) for one in marks.rows],
        )
