"""Ask for a second reading: draw the work, and tell who may read it."""

import math
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from itertools import chain
from random import Random

from accounts.people.models import Hat, Person
from core.audit.services import record
from core.database import db
from homework.marking.history import held_marks
from homework.marking.models import SecondReading
from homework.notices.models import NewsKind
from homework.notices.services import tell_of_work
from homework.readings import queries
from homework.readings.errors import NobodyElseMarks, NobodyToRead, NothingToRead
from homework.submissions.models import Submission


def ask_for_second_reading(
    ready: Sequence[Submission],
    hat: Hat,
    *,
    percent: int,
    reader: Person | None,
    random: Random,
    now: datetime,
) -> list[SecondReading]:
    """Hold back *percent* (1 to 100) of the *ready* work for a second reader: at least one, by lot.

    Who is asked by name is told, and may read this work until it is settled, which stands in the log; else
    it is drawn from what colleagues mark as well, and they are told. What was read once is not drawn again.

    Raises:
        NothingToRead: none is ready that was not read already.
        NobodyToRead: a reader cannot be who asks.
        NobodyElseMarks: nobody is named, and no colleague marks any of it.
    """
    if reader is not None and reader.id == hat.person_id:
        raise NobodyToRead
    unread = _held_and_unread(ready)
    if not unread:
        raise NothingToRead
    readers = {one.id: {reader.id} for one in unread} if reader else queries.colleagues_of(unread, hat)
    lots = [one for one in unread if readers.get(one.id)]
    if not lots:
        raise NobodyElseMarks
    drawn = random.sample(lots, _number_of(percent, len(lots)))
    asked = _keep(drawn, hat, reader, now)
    assignment_id = lots[0].assignment_id
    _tell_readers(assignment_id, [readers[one.id] for one in drawn], now)
    _log(assignment_id, drawn, hat, reader, now)
    return asked


def _keep(drawn: Sequence[Submission], hat: Hat, reader: Person | None, now: datetime) -> list[SecondReading]:
    reader_id = reader.id if reader else None
    asked = [
        SecondReading(submission_id=one.id, asked_by_id=hat.person_id, asked_at=now, reader_id=reader_id)
        for one in drawn
    ]
    db.session.add_all(asked)
    db.session.flush()
    return asked


def _log(
    assignment_id: int, drawn: Sequence[Submission], hat: Hat, reader: Person | None, now: datetime
) -> None:
    """Keep in the log who may read whose work from now on, and by whom."""
    record(
        "ask_for_second_reading",
        "assignment",
        assignment_id,
        actor_id=hat.person_id,
        role=hat.role,
        now=now,
        details={
            "reader": reader.id if reader else None,
            "submissions": sorted(one.id for one in drawn),
        },
    )


def _held_and_unread(ready: Sequence[Submission]) -> list[Submission]:
    """Those of the *ready* work that nobody was asked to read yet; nobody else asks until this is kept."""
    ids = [one.id for one in ready]
    held_marks(sorted(db.session.scalars(queries.answer_ids_of(ids))))
    # Read now that it is held: a colleague may have asked, or taken a mark back, while this waited.
    unread = set(db.session.scalars(queries.unread_among(ids)))
    return [one for one in ready if one.id in unread]


def _number_of(percent: int, lots: int) -> int:
    """How many of the *lots* are drawn: at least one."""
    return min(max(math.ceil(lots * percent / 100), 1), lots)


def _tell_readers(assignment_id: int, readers: Iterable[Collection[int]], now: datetime) -> None:
    """Tell who may read each piece of work, once each person."""
    about, pieces = f"reading:{assignment_id}:{now.timestamp():.0f}", Counter(chain.from_iterable(readers))
    for person_id, count in sorted(pieces.items()):
        details = {"pieces": count}
        tell_of_work(person_id, assignment_id, NewsKind.SECOND_READING, about, details=details, now=now)
