"""Readings that were opened anew for nothing: they end again as they had ended."""

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import func, select

from core.database import db
from homework.marking.models import SecondReading
from homework.marking.reopening import Ending
from homework.readings.models import ReadingMark
from homework.submissions.models import Answer


def end_as_before(endings: Iterable[Ending]) -> set[int]:
    """Let readings that are open anew end as they had ended; which those are, by the work's id.

    Where the reader has written something since, or is another one, that stays.
    """
    ended = {one.submission_id: one for one in endings}
    open_ones = (
        select(SecondReading)
        .where(SecondReading.submission_id.in_(ended), SecondReading.done_at.is_(None))
        .order_by(SecondReading.submission_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    last_words = _last_words(ended)
    restored = set()
    for reading in db.session.scalars(open_ones):
        ending, last_word = ended[reading.submission_id], last_words.get(reading.submission_id)
        if reading.asked_at <= ending.done_at and last_word is not None and last_word <= ending.done_at:
            reading.done_at = ending.done_at
            reading.settled_by_id, reading.settled_at = ending.settled_by_id, ending.settled_at
            restored.add(reading.submission_id)
    db.session.flush()
    return restored


def _last_words(submission_ids: Collection[int]) -> dict[int, datetime]:
    """When the readers last wrote something; not of work where they have not come to an end yet.

    Who is done has points for every answer, and who writes anew begins by taking those away.
    """
    rows = db.session.execute(
        select(Answer.submission_id, func.max(ReadingMark.given_at))
        .outerjoin(ReadingMark, ReadingMark.answer_id == Answer.id)
        .where(Answer.submission_id.in_(submission_ids))
        .group_by(Answer.submission_id)
        .having(func.count(Answer.id) == func.count(ReadingMark.answer_id))
    )
    return dict(rows.all())
