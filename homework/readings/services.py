"""Ask for a second reading, read, and be done with it."""

import math
from collections.abc import Sequence
from datetime import datetime
from random import Random

from accounts.people.models import Hat
from core.database import db
from homework.marking import queries
from homework.marking.models import SecondReading
from homework.notices.models import NewsKind
from homework.notices.services import tell_of_work
from homework.readings.errors import NobodyToRead, NothingToRead, NotYourReading
from homework.submissions.models import Submission

LONGEST_NOTE = 300


def ask_for_second_reading(
    ready: Sequence[Submission],
    hat: Hat,
    *,
    percent: int,
    reader_id: int | None,
    random: Random,
    now: datetime,
) -> list[SecondReading]:
    """Hold back *percent* (1 to 100) of the *ready* work for a second reader: at least one, by lot.

    Who is asked by name is told.

    Raises:
        NothingToRead: none is ready.
        NobodyToRead: a reader cannot be who asks.
    """
    if not ready:
        raise NothingToRead
    if reader_id == hat.person_id:
        raise NobodyToRead
    number = min(max(math.ceil(len(ready) * percent / 100), 1), len(ready))
    asked = []
    for submission in random.sample(list(ready), number):
        reading = db.session.scalar(queries.reading_of(submission.id))
        if reading is None:
            reading = SecondReading(submission_id=submission.id)
            db.session.add(reading)
        reading.asked_by_id, reading.asked_at, reading.reader_id = hat.person_id, now, reader_id
        reading.begun_at = reading.done_at = None
        reading.note = ""
        asked.append(reading)
    db.session.flush()
    if reader_id is not None:
        assignment_id = ready[0].assignment_id
        about = f"reading:{assignment_id}:{now.timestamp():.0f}"
        details = {"pieces": len(asked)}
        tell_of_work(reader_id, assignment_id, NewsKind.SECOND_READING, about, details=details, now=now)
    return asked


def begin_reading(reading: SecondReading, hat: Hat, *, now: datetime) -> None:
    """Read as the second: from now on it is this teacher's.

    Raises:
        NotYourReading: somebody else is asked, or reads already.
    """
    _check_reader(reading, hat)
    if reading.begun_at is None:
        reading.reader_id, reading.begun_at = hat.person_id, now
        db.session.flush()


def finish_reading(reading: SecondReading, hat: Hat, note: str, *, now: datetime) -> None:
    """The marks stand as they are now; the work may go back.

    Raises:
        NotYourReading: somebody else is asked, or reads.
    """
    begin_reading(reading, hat, now=now)
    if reading.done_at is None:
        reading.done_at, reading.note = now, note.strip()[:LONGEST_NOTE]
        db.session.flush()


def call_off_reading(reading: SecondReading, hat: Hat) -> None:
    """Who asked does without it.

    Raises:
        NotYourReading: somebody else asked.
    """
    if reading.asked_by_id != hat.person_id:
        raise NotYourReading
    if reading.done_at is None:
        db.session.delete(reading)
        db.session.flush()


def is_for(reading: SecondReading, hat: Hat) -> bool:
    """Whether the teacher is the second reader, or may become so: if nobody is named, all but who asked."""
    if reading.reader_id is None:
        return reading.asked_by_id != hat.person_id
    return reading.reader_id == hat.person_id


def _check_reader(reading: SecondReading, hat: Hat) -> None:
    if not is_for(reading, hat):
        raise NotYourReading
