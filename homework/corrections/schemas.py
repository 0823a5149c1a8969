"""Corrections for programs."""

from datetime import datetime
from typing import Any, Self

from flask import url_for
from pydantic import BaseModel, ConfigDict, Field

from homework.corrections.lines import Line, Version
from homework.corrections.stages import Stage, Verdict


class FixIn(BaseModel):
    """The parts of a correction of one question; files may also come as in a hand-in."""

    model_config = ConfigDict(extra="ignore")

    answers: str = Field(
        default="{}", description="JSON: the question's id to its response.", max_length=100_000
    )
    sent: str = Field(
        default="{}",
        description="JSON: the question's id to the SHA-256 of each file that was sent ahead, in order.",
        max_length=20_000,
    )


class CorrectedOut(BaseModel):
    """That the correction is stored."""

    number: int
    state: Verdict
    received_at: datetime


class CorrectionOut(BaseModel):
    """One version of a correction."""

    number: int
    response: dict[str, Any]
    pictures: list[str] = Field(description="Addresses of the photographed pages, in order.")
    recordings: list[str] = Field(description="Addresses of what was said, in order.")
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
            recordings=[
                url_for("corrections.recording", recording_id=said.id) for said in version.recordings
            ],
            state=version.verdict,
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
