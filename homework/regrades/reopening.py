"""What a regrade means for second readings of work whose marks by hand it replaces, or brings back."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import insert, select

from core.database import db
from homework.marking.models import MarkSource
from homework.marking.reopening import Ending, open_anew, tell_readers
from homework.notices.services import take_back
from homework.readings.restoring import end_as_before
from homework.regrades import queries
from homework.regrades.changes import Change
from homework.regrades.models import Regrade, RegradeReading


def open_readings(regrade: Regrade) -> None:
    """Before marks by hand are replaced: open the readings that agreed to them, and keep how those ended."""
    rows = [
        {
            "regrade_id": regrade.id,
            "submission_id": one.submission_id,
            "done_at": one.done_at,
            "settled_by_id": one.settled_by_id,
            "settled_at": one.settled_at,
        }
        for one in open_anew(regrade.overwritten)
    ]
    if rows:
        db.session.execute(insert(RegradeReading), rows)


def open_readings_done_since(changes: Iterable[Change]) -> None:
    """Before a portion replaces marks by hand: open the readings that ended while the job was at others."""
    replaced = (
        one.standing.answer_id
        for one in changes
        if one.writes_mark and one.standing.source is MarkSource.TEACHER
    )
    open_anew([one for one in replaced if one is not None])


def tell_of_readings(regrade: Regrade, *, now: datetime) -> None:
    """Tell the readers, but who did it herself."""
    opened = [one.submission_id for one in _endings(regrade)]
    tell_readers(opened, about=_about(regrade), by_id=regrade.made_by_id, now=now)


def open_readings_again(regrade: Regrade, *, now: datetime) -> None:
    """Before marks by hand come back: open the readings that agreed to what took their place."""
    opened = open_anew(db.session.scalars(queries.marked_by_hand_before(regrade.id)).all())
    about = f"{_about(regrade)}:undone"
    ids = [one.submission_id for one in opened]
    tell_readers(ids, about=about, by_id=regrade.undone_by_id, now=now)


def close_readings(regrade: Regrade, *, now: datetime) -> None:
    """The marks by hand are back: readings that the regrade opened end as they had, and need not be read."""
    endings = _endings(regrade)
    if end_as_before(endings) >= {one.submission_id for one in endings}:
        take_back(_about(regrade), now=now)


def _about(regrade: Regrade) -> str:
    return f"regrade:{regrade.id}:reading"


def _endings(regrade: Regrade) -> list[Ending]:
    kept = select(RegradeReading).where(RegradeReading.regrade_id == regrade.id)
    return [
        Ending(one.submission_id, one.done_at, one.settled_by_id, one.settled_at)
        for one in db.session.scalars(kept.order_by(RegradeReading.submission_id))
    ]
