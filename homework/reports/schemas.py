"""Reports for programs."""

from datetime import datetime
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, Field

from homework.reports.classes import ClassReport, ClassRow
from homework.reports.pupils import PupilRow
from homework.reports.tables import figure
from homework.reports.work import ItemRow, WorkReport


class WorkQuery(BaseModel):
    """Of whom."""

    model_config = ConfigDict(extra="forbid")

    class_id: int | None = Field(default=None, description="One class; all that you teach otherwise.")


class WrongAnswerOut(BaseModel):
    """A wrong answer, equal ones counted together."""

    response: dict[str, Any]
    pupils: int


class QuestionReportOut(BaseModel):
    """One question in figures."""

    question: int
    number: int
    points: float
    is_dropped: bool
    pupils: int
    answered: int
    right: int = Field(description="How many got all points.")
    difficulty: float | None = Field(description="Mean share of points, 0 to 1; higher is easier.")
    discrimination: float | None = Field(
        description="Corrected item-total correlation (Lord and Novick 1968, section 15.2): of the points "
        "for the question with those for the rest of the work, -1 to 1; null with fewer than ten pupils."
    )
    wrong_answers: list[WrongAnswerOut]

    @classmethod
    def of(cls, row: ItemRow) -> Self:
        """As the page shows it."""
        return cls(
            question=row.question.id,
            number=row.question.position,
            points=row.question.points,
            is_dropped=row.question.is_dropped,
            pupils=row.pupils,
            answered=row.answered,
            right=row.right,
            difficulty=figure(row.difficulty),
            discrimination=figure(row.discrimination),
            wrong_answers=[
                WrongAnswerOut(response=dict(one.response), pupils=one.pupils) for one in row.commonest
            ],
        )


class WorkReportOut(BaseModel):
    """A piece of work, question by question."""

    assignment: int
    title: str
    handed_in: int
    unmarked: int = Field(description="Hand-ins that are left out because they are not marked completely.")
    questions: list[QuestionReportOut]

    @classmethod
    def of(cls, report: WorkReport) -> Self:
        """As the page shows it."""
        return cls(
            assignment=report.assignment.id,
            title=report.assignment.title,
            handed_in=report.handed_in,
            unmarked=report.unmarked,
            questions=[QuestionReportOut.of(one) for one in report.rows],
        )


class PupilQuery(BaseModel):
    """Which part of the pupil's work."""

    model_config = ConfigDict(extra="forbid")

    subject: int | None = Field(default=None, description="The id of one subject.")
    cursor: str | None = Field(default=None, description="From ``next`` of the page before.")


class PupilWorkOut(BaseModel):
    """A returned piece of work."""

    assignment: int
    submission: int | None
    title: str
    subject: str
    due_at: datetime
    returned_at: datetime | None
    points: float | None
    most_points: float
    share: float | None
    to_correct: int
    corrections_waiting: int
    corrections_accepted: int

    @classmethod
    def of(cls, row: PupilRow) -> Self:
        """As the page shows it."""
        task = row.task
        return cls(
            assignment=task.assignment.id,
            submission=task.submission.id if task.submission else None,
            title=task.assignment.title,
            subject=task.assignment.subject.code,
            due_at=task.times.due_at,
            returned_at=task.submission.returned_at if task.submission else None,
            points=task.points,
            most_points=task.most_points,
            share=figure(row.share),
            to_correct=row.corrections.open,
            corrections_waiting=row.corrections.waiting,
            corrections_accepted=row.corrections.accepted,
        )


class PupilReportOut(BaseModel):
    """One pupil's returned work, the newest first. Nobody else's figures stand beside it."""

    student: int
    items: list[PupilWorkOut]
    next: str | None


class ClassQuery(BaseModel):
    """Where to go on."""

    model_config = ConfigDict(extra="forbid")

    cursor: str | None = Field(default=None, description="From ``next`` of the page before.")


class ClassWorkOut(BaseModel):
    """A piece of work in one class."""

    assignment: int
    title: str
    subject: str
    due_at: datetime
    pupils: int
    handed_in: int
    late: int
    unmarked: int
    returned: int
    share: float | None = Field(description="Mean share of points of the work that is returned, 0 to 1.")

    @classmethod
    def of(cls, row: ClassRow) -> Self:
        """As the page shows it."""
        return cls(
            assignment=row.assignment.id,
            title=row.assignment.title,
            subject=row.assignment.subject.code,
            due_at=row.assignment.due_at,
            pupils=row.progress.pupils,
            handed_in=row.progress.handed_in,
            late=row.progress.late,
            unmarked=row.progress.unmarked,
            returned=row.progress.returned,
            share=figure(row.share),
        )


class ClassReportOut(BaseModel):
    """A class's work, the newest first."""

    class_id: int
    items: list[ClassWorkOut]
    next: str | None

    @classmethod
    def of(cls, report: ClassReport, following: str | None) -> Self:
        """As the page shows it."""
        return cls(
            class_id=report.school_class.id,
            items=[ClassWorkOut.of(one) for one in report.rows],
            next=following,
        )
