"""How the marks of answers became what they are: for the teachers of the pupil, nobody else."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from accounts.people.models import Person
from core.database import db
from homework.marking.models import Mark, MarkSource, PastMark
from homework.rubrics.models import RecalculatedMark, RubricChange


@dataclass(frozen=True, slots=True)
class Step:
    """One mark that an answer had, or has."""

    points: float
    comment: str
    source: MarkSource
    by: Person | None
    """None for a key."""
    at: datetime
    was_taken_back: bool = False
    """Whether the answer had no mark after it."""
    reason: str = ""
    """Why the rubric was changed that gave it, where one did."""


def histories_of(answer_ids: Collection[int]) -> dict[int, list[Step]]:
    """The marks of the answers, the latest first, in three statements; one mark alone is no history."""
    reasons = _reasons(answer_ids)
    found: dict[int, list[Step]] = defaultdict(list)
    past = (
        select(PastMark, Person)
        .outerjoin(Person, Person.id == PastMark.marked_by_id)
        .where(PastMark.answer_id.in_(answer_ids))
        .order_by(PastMark.id.desc())
    )
    for earlier, by in db.session.execute(past):
        found[earlier.answer_id].append(_step(earlier, by, reasons, was_taken_back=earlier.was_taken_back))
    present = (
        select(Mark, Person)
        .outerjoin(Person, Person.id == Mark.marked_by_id)
        .where(Mark.answer_id.in_(found))
    )
    for mark, by in db.session.execute(present):
        found[mark.answer_id].insert(0, _step(mark, by, reasons))
    return dict(found)


def _step(
    mark: Mark | PastMark,
    by: Person | None,
    reasons: Mapping[tuple[int, datetime], str],
    *,
    was_taken_back: bool = False,
) -> Step:
    reason = reasons.get((mark.answer_id, mark.marked_at), "")
    return Step(mark.points, mark.comment, mark.source, by, mark.marked_at, was_taken_back, reason)


def _reasons(answer_ids: Collection[int]) -> dict[tuple[int, datetime], str]:
    """Why rubrics were changed, by answer and by the moment of the marks that this, or its undo, gave."""
    rows = db.session.execute(
        select(RecalculatedMark.answer_id, RubricChange)
        .join(RubricChange, RubricChange.id == RecalculatedMark.rubric_change_id)
        .where(RecalculatedMark.answer_id.in_(answer_ids))
    )
    found = {}
    for answer_id, change in rows:
        for moment in (change.made_at, change.undone_at):
            if moment is not None:
                found[answer_id, moment] = change.reason
    return found
