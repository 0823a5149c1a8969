"""Write marks, and keep each as it was: the one place that does."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert

from core.database import db, hold_rows
from homework.marking import queries
from homework.marking.models import Mark, MarkSource, PastMark


@dataclass(frozen=True, slots=True)
class Given:
    """What a mark says, who gave it and when."""

    points: float
    comment: str
    source: MarkSource
    by_id: int | None
    at: datetime

    @classmethod
    def of(cls, mark_of: Mark | PastMark) -> "Given":
        """What *mark_of* says."""
        return cls(mark_of.points, mark_of.comment, mark_of.source, mark_of.marked_by_id, mark_of.marked_at)

    def columns(self) -> dict[str, object]:
        """As it is stored."""
        return {
            "points": self.points,
            "comment": self.comment,
            "source": self.source,
            "marked_by_id": self.by_id,
            "marked_at": self.at,
        }


def held_marks(answer_ids: Sequence[int]) -> dict[int, Mark]:
    """The present marks by answer; nobody else marks these answers until the transaction ends."""
    hold_rows(queries.held(answer_ids))
    marks = db.session.scalars(queries.marks_of(answer_ids).execution_options(populate_existing=True))
    return {one.answer_id: one for one in marks}


def begin(answer_ids: Sequence[int], given: Given) -> None:
    """Give a first mark, or one anew where it was taken back: with a version that no earlier one had."""
    before = dict(db.session.execute(queries.past_marks(answer_ids)).all())
    rows = [
        {"answer_id": one, "version": before.get(one, 0) + 1, **given.columns()} for one in sorted(answer_ids)
    ]
    if rows:
        # Past the mapper, which would let every new row begin with version 1.
        db.session.connection().execute(insert(Mark), rows)


def change(found: Mark, given: Given) -> None:
    """Let a mark say something else from now on."""
    db.session.add(_as_past(found))
    for column, value in given.columns().items():
        setattr(found, column, value)


def end(found: Mark) -> None:
    """Take a mark away; the answer has none then."""
    db.session.add(_as_past(found, was_taken_back=True))
    db.session.delete(found)


def _as_past(found: Mark, *, was_taken_back: bool = False) -> PastMark:
    return PastMark(
        was_taken_back=was_taken_back,
        answer_id=found.answer_id,
        points=found.points,
        comment=found.comment,
        source=found.source,
        marked_by_id=found.marked_by_id,
        marked_at=found.marked_at,
    )
