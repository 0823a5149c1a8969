"""Marks that two readers agreed on and that change before the work goes back: they have to agree anew."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select, update

from core.database import db
from homework.marking.models import SecondReading
from homework.notices.models import NewsKind
from homework.notices.services import tell_of_work
from homework.submissions.models import Answer, Submission


def read_anew(answer_ids: Sequence[int], *, by_id: int | None, now: datetime) -> None:
    """Open the settled readings of these answers, whose marks change; tell readers who did not do it."""
    if not answer_ids:
        return
    still_here = (
        select(Answer.submission_id)
        .join(Submission, Submission.id == Answer.submission_id)
        .where(Answer.id.in_(answer_ids), Submission.returned_at.is_(None))
    )
    opened = db.session.execute(
        update(SecondReading)
        .where(SecondReading.settled_at.is_not(None), SecondReading.submission_id.in_(still_here))
        .values(done_at=None, settled_at=None, settled_by_id=None)
        .returning(SecondReading.submission_id, SecondReading.reader_id)
    ).all()
    readers = {
        submission_id: reader_id
        for submission_id, reader_id in opened
        if reader_id is not None and reader_id != by_id
    }
    if not readers:
        return
    works = db.session.execute(
        select(Submission.id, Submission.assignment_id).where(Submission.id.in_(readers))
    )
    pieces = Counter((readers[submission_id], assignment_id) for submission_id, assignment_id in works)
    for (reader_id, assignment_id), count in sorted(pieces.items()):
        about = f"reading-anew:{assignment_id}:{now.timestamp():.0f}"
        kind, details = NewsKind.SECOND_READING_ANEW, {"pieces": count}
        tell_of_work(reader_id, assignment_id, kind, about, details=details, now=now)
