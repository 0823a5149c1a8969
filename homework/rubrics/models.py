"""Rubrics of questions, the levels that were chosen, and how rubrics changed."""

from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Model, pk, short_strings, utc
from core.privacy import Erasure, Impersonal, Personal, Retention, Use
from homework.rubrics.rubric import Criteria, Rounding


class Rubric(Model):
    """By what the answers to one question of an assignment are judged (评分量规)."""

    __tablename__ = "rubric"
    __privacy__ = Impersonal("is teaching material", authors=("written_by_id",))

    id: Mapped[pk]
    assignment_item_id: Mapped[int] = mapped_column(ForeignKey("assignment_item.id"), unique=True)
    criteria: Mapped[list[Any]]
    """[{id, title, levels: [{id, points, words}]}]"""
    rounding: Mapped[Rounding] = mapped_column(short_strings(Rounding), default=Rounding.NONE)
    written_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    written_at: Mapped[utc]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 -- SQLAlchemy reads it once

    @property
    def judged_by(self) -> Criteria:
        """Its criteria."""
        return Criteria.of_data(self.criteria, self.rounding)


class RubricChoice(Model):
    """The levels that a teacher chose for one answer."""

    __tablename__ = "rubric_choice"
    __table_args__ = (CheckConstraint("points >= 0", name="points"),)
    __privacy__ = Personal(
        subjects=("answer_id",),
        uses=(
            Use(
                ("levels", "points", "chosen_by_id", "chosen_at"),
                "tell the pupil how the work was judged",
                Retention.SCHOOLING,
            ),
        ),
        erasure=Erasure.DELETE,
        technical=(),
    )

    answer_id: Mapped[int] = mapped_column(ForeignKey("answer.id"), primary_key=True)
    levels: Mapped[dict[str, Any]]
    """Criterion id to level id."""
    points: Mapped[float]
    """What they gave; the mark may say something else, where the teacher looked at the whole."""
    chosen_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    chosen_at: Mapped[utc]


class PastChoice(Model):
    """The levels that had given a mark which is another one now."""

    __tablename__ = "past_rubric_choice"
    __privacy__ = Personal(
        subjects=("past_mark_id",),
        uses=(
            Use(
                ("levels", "points", "chosen_by_id", "chosen_at"),
                "take a mark back with the levels that gave it",
                Retention.SCHOOLING,
            ),
        ),
        erasure=Erasure.DELETE,
        technical=(),
    )

    past_mark_id: Mapped[int] = mapped_column(ForeignKey("past_mark.id"), primary_key=True)
    levels: Mapped[dict[str, Any]]
    """Criterion id to level id; empty where the points had been given by hand."""
    points: Mapped[float]
    chosen_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    chosen_at: Mapped[utc | None]


class RubricChange(Model):
    """That a rubric was changed after answers had been marked by it."""

    __tablename__ = "rubric_change"
    __privacy__ = Personal(
        subjects=("made_by_id",),
        uses=(
            Use(
                (
                    "rubric_id",
                    "earlier_criteria",
                    "earlier_rounding",
                    "criteria",
                    "rounding",
                    "reason",
                    "made_at",
                    "undone_at",
                ),
                "say why marks changed, and undo it",
                Retention.SCHOOLING,
            ),
        ),
        erasure=Erasure.ANONYMISE,
    )

    id: Mapped[pk]
    rubric_id: Mapped[int] = mapped_column(ForeignKey("rubric.id"), index=True)
    earlier_criteria: Mapped[list[Any]]
    earlier_rounding: Mapped[Rounding] = mapped_column(short_strings(Rounding))
    criteria: Mapped[list[Any]]
    rounding: Mapped[Rounding] = mapped_column(short_strings(Rounding))
    reason: Mapped[str] = mapped_column(Text)
    made_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    made_at: Mapped[utc]
    undone_at: Mapped[utc | None]


class RecalculatedMark(Model):
    """A mark that the change of a rubric changed."""

    __tablename__ = "recalculated_mark"
    __privacy__ = Personal(
        subjects=("answer_id",),
        uses=(
            Use(
                ("rubric_change_id", "earlier_points", "points"),
                "say why marks changed, and undo it",
                Retention.SCHOOLING,
            ),
        ),
        erasure=Erasure.DELETE,
        technical=("version",),
    )

    rubric_change_id: Mapped[int] = mapped_column(ForeignKey("rubric_change.id"), primary_key=True)
    answer_id: Mapped[int] = mapped_column(ForeignKey("answer.id"), primary_key=True, index=True)
    earlier_points: Mapped[float]
    points: Mapped[float]
    version: Mapped[int]
    """Of the mark afterwards: another one says that somebody marked since."""
