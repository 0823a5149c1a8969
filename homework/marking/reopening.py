"""Marks that two readers agreed on and that change before the work goes back: they have to agree anew."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from core.database import db
from homework.marking.models import SecondReading
from homework.notices.models import NewsKind
from homework.notices.services import tell_of_work
from homework.submissions.models import Answer, Submission


@dataclass(frozen=True, slots=True)
class Ending:
    """How a second reading had ended that is open anew."""

    submission_id: int
    done_at: datetime
    settled_by_id: int | None
    settled_at: datetime


def read_anew(answer_ids: Sequence[int], *, by_id: int | None, now: datetime) -> None:
    """Open the settled readings of these answers, whose marks change; tell readers who did not do it."""
    opened = [one.submission_id for one in open_anew(answer_ids)]
    tell_readers(opened, about=f"reading-anew:{now.timestamp():.0f}", by_id=by_id, now=now)


def open_anew(answer_ids: Collection[int]) -> list[Ending]:
    """Open the settled readings of the work that these answers belong to and that is still here."""
    if not answer_ids:
        return []
    still_here = (
        select(Answer.submission_id)
        .join(Submission, Submission.id == Answer.submission_id)
        .where(Answer.id.in_(answer_ids), Submission.returned_at.is_(None))
    )
    # In one order, so that two whose marks open the same readings never wait for each other.
    settled = (
        select(SecondReading)
        .where(SecondReading.settled_at.is_not(None), SecondReading.submission_id.in_(still_here))
        .order_by(SecondReading.submission_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    endings = []
    for one in db.session.scalars(settled):
        if one.done_at is not None and one.settled_at is not None:
            endings.append(Ending(one.submission_id, one.done_at, one.settled_by_id, one.settled_at))
            one.done_at = one.settled_by_id = one.settled_at = None
    db.session.flush()
    return endings


def tell_readers(submission_ids: Collection[int], *, about: str, by_id: int | None, now: datetime) -> None:
    """Tell the readers of the work, but who did it herself, that they are to read it again: once each."""
    if not submission_ids:
        return
    rows = db.session.execute(
        select(SecondReading.reader_id, Submission.assignment_id)
        .join(Submission, Submission.id == SecondReading.submission_id)
        .where(SecondReading.submission_id.in_(submission_ids))
    )
    pieces = Counter(
        (reader_id, assignment_id)
        for reader_id, assignment_id in rows
        if reader_id is not None and reader_id != by_id
    )
    for (reader_id, assignment_id), count in sorted(pieces.items()):
        kind, details = NewsKind.SECOND_READING_ANEW, {"pieces": count}
        tell_of_work(reader_id, assignment_id, kind, about, details=details, now=now)
