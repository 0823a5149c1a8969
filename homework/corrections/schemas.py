"""Corrections for programs."""

from datetime import datetime
from typing import Any, Self

from flask import url_for
from pydantic import BaseModel, Field

from homework.corrections.queries import Line, Version
from homework.corrections.stages import Stage, Verdict


class CorrectionOut(BaseModel):
    """One version of a correction."""

    number: int
    response: dict[str, Any]
    pictures: list[str] = Field(description="Addresses of the photographed pages, in order.")
    state: Verdict
    comment: str
    corrected_at: datetime
    judged_at: datetime | None

    @classmethod
    def of(cls, version: Version) -> Self:
        """As the page shows it."""
        one = version.correction
        return cls(
            number=one.number,
            response=one.attempt.response,
            pictures=[url_for("corrections.picture", page_id=page.id) for page in version.pages],
            state=one.state,
            comment=one.comment,
            corrected_at=one.corrected_at,
            judged_at=one.judged_at,
        )


class QuestionToCorrectOut(BaseModel):
    """A question that did not get all points; these stay, whatever is corrected."""

    question: int
    number: int
    stage: Stage
    points: float
    most_points: float
    response: dict[str, Any] = Field(description="What came back; empty where nothing was answered.")
    versions: list[CorrectionOut]

    @classmethod
    def of(cls, line: Line) -> Self:
        """As the page shows it."""
        return cls(
            question=line.question.id,
            number=line.question.position,
            stage=line.stage,
            points=line.mark.points if line.mark else 0.0,
            most_points=line.question.points,
            response=line.response,
            versions=[CorrectionOut.of(one) for one in line.versions],
        )


class CorrectionsOut(BaseModel):
    """What is to be corrected in a returned hand-in, and what was."""

    submission: int
    questions: list[QuestionToCorrectOut]
