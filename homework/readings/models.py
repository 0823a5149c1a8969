"""What second readers would give, and which marks say it now."""

from sqlalchemy import CheckConstraint, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Model, utc
from core.privacy import Erasure, Personal, Retention, Use


class ReadingMark(Model):
    """The points that the second reader would give for an answer; the first mark stands beside them.

    Once she is done every answer has some: where she agreed, those of the first mark as it was then.
    """

    __tablename__ = "reading_mark"
    __table_args__ = (CheckConstraint("points >= 0", name="points"),)
    __privacy__ = Personal(
        subjects=("answer_id",),
        uses=(
            Use(
                ("points", "comment", "is_left_to_key", "given_by_id", "given_at"),
                "compare two readers before work goes back",
                Retention.SCHOOLING,
            ),
        ),
        erasure=Erasure.DELETE,
        technical=(),
    )

    answer_id: Mapped[int] = mapped_column(ForeignKey("answer.id"), primary_key=True)
    points: Mapped[float]
    comment: Mapped[str] = mapped_column(Text, default="")
    """Why, for the first reader."""
    is_left_to_key: Mapped[bool] = mapped_column(default=False)
    """Whether she agreed to what a key had given: then she agrees to what it gives when it is put right."""
    given_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    given_at: Mapped[utc]


class SettledMark(Model):
    """That a mark says what the second reader would give: whoever settled it took her points.

    A mark is known by its answer and its moment, also once it is past, and whatever becomes of the reading.
    """

    __tablename__ = "settled_mark"
    __privacy__ = Personal(
        subjects=("answer_id",),
        uses=(Use(("given_at", "reader_id"), "say where a mark came from", Retention.SCHOOLING),),
        erasure=Erasure.DELETE,
        technical=(),
    )

    answer_id: Mapped[int] = mapped_column(ForeignKey("answer.id"), primary_key=True)
    given_at: Mapped[utc] = mapped_column(primary_key=True)
    reader_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
