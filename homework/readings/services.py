"""Ask for a second reading, read, be done with it, and settle what two readers see otherwise."""

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from random import Random

from sqlalchemy import delete

from accounts.people.models import Hat, Person
from core.audit.services import record
from core.database import db, upsert
from homework.marking import queries as marking
from homework.marking.errors import PointsOutOfRange
from homework.marking.history import held_marks
from homework.marking.models import SecondReading
from homework.marking.services import DECIMALS, check_versions, mark
from homework.notices.models import NewsKind
from homework.notices.services import tell_of_work
from homework.readings import queries
from homework.readings.errors import (
    NobodyElseMarks,
    NobodyToRead,
    NothingToRead,
    NothingToSettle,
    NotSettledCompletely,
    NotYourReading,
    ReadAlready,
)
from homework.readings.models import ReadingMark
from homework.submissions import queries as submissions
from homework.submissions.models import Submission

LONGEST_NOTE = 300


@dataclass(frozen=True, slots=True)
class Otherwise:
    """What the second reader would give for an answer, and why."""

    points: float
    comment: str = ""


def ask_for_second_reading(  # noqa: PLR0913 -- whose work, how much of it, by whom: each is named at the call
    ready: Sequence[Submission],
    hat: Hat,
    *,
    percent: int,
    reader: Person | None,
    colleagues: Collection[int],
    random: Random,
    now: datetime,
) -> list[SecondReading]:
    """Hold back *percent* (1 to 100) of the *ready* work for a second reader: at least one, by lot.

    Who is asked by name is told, and may read this work until it is settled, which stands in the log; else
    *colleagues* are told, who mark it anyway.

    Raises:
        NothingToRead: none is ready.
        NobodyToRead: a reader cannot be who asks.
        NobodyElseMarks: nobody is named, and there are no colleagues.
    """
    if not ready:
        raise NothingToRead
    if reader is not None and reader.id == hat.person_id:
        raise NobodyToRead
    told = {reader.id} if reader else set(colleagues) - {hat.person_id}
    if not told:
        raise NobodyElseMarks
    number = min(max(math.ceil(len(ready) * percent / 100), 1), len(ready))
    asked = [
        _asked_anew(submission, hat, reader.id if reader else None, now)
        for submission in random.sample(list(ready), number)
    ]
    db.session.flush()
    assignment_id = ready[0].assignment_id
    about, pieces = f"reading:{assignment_id}:{now.timestamp():.0f}", {"pieces": len(asked)}
    for person_id in sorted(told):
        tell_of_work(person_id, assignment_id, NewsKind.SECOND_READING, about, details=pieces, now=now)
    ids = sorted(one.submission_id for one in asked)
    details = {"reader": reader.id if reader else None, "submissions": ids}
    _log("ask_for_second_reading", "assignment", assignment_id, hat, details, now)
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


def read(
    reading: SecondReading,
    hat: Hat,
    versions: Mapping[int, int],
    otherwise: Mapping[int, Otherwise],
    *,
    now: datetime,
) -> None:
    """Keep what the reader would give *otherwise* for some answers; where she says nothing, she agrees.

    *versions* maps the answers to the versions of the first marks that she saw.

    Raises:
        NotYourReading: somebody else is asked, or reads.
        ReadAlready: the reading is done.
        MarkedMeanwhile: a first mark is another one by now.
        PointsOutOfRange: fewer than none, or more than a question is worth.
    """
    begin_reading(reading, hat, now=now)
    if reading.done_at is not None:
        raise ReadAlready
    answers = {one.id: one for one in db.session.scalars(submissions.answers_of([reading.submission_id]))}
    # What is not of this work is not hers to judge.
    otherwise = {answer_id: one for answer_id, one in otherwise.items() if answer_id in answers}
    check_versions({answer_id: seen for answer_id, seen in versions.items() if answer_id in answers})
    for answer_id, given in otherwise.items():
        most = answers[answer_id].assignment_item.points
        if not 0 <= given.points <= most:
            raise PointsOutOfRange(most=f"{most:g}")
    db.session.execute(delete(ReadingMark).where(ReadingMark.answer_id.in_(set(answers) - set(otherwise))))
    rows = [
        {
            "answer_id": answer_id,
            "points": round(given.points, DECIMALS),
            "comment": given.comment,
            "given_by_id": hat.person_id,
            "given_at": now,
        }
        for answer_id, given in otherwise.items()
    ]
    upsert(ReadingMark, rows, keys=["answer_id"], update=["points", "comment", "given_by_id", "given_at"])


def finish_reading(reading: SecondReading, hat: Hat, note: str, *, now: datetime) -> None:
    """The reader is done. Where both give the same, the work may go back; else who asked settles it first.

    Who asked is told.

    Raises:
        NotYourReading: somebody else is asked, or reads.
    """
    begin_reading(reading, hat, now=now)
    if reading.done_at is not None:
        return
    differing = len(queries.differences(reading.submission_id))
    reading.done_at, reading.note = now, note.strip()[:LONGEST_NOTE]
    reading.settled_at = None if differing else now
    db.session.flush()
    submission = db.session.get_one(Submission, reading.submission_id)
    tell_of_work(
        reading.asked_by_id,
        submission.assignment_id,
        NewsKind.SECOND_READING_DONE,
        f"read:{submission.id}:{now.timestamp():.0f}",
        details={"work": submission.id, "differing": differing},
        now=now,
    )


def settle(
    reading: SecondReading,
    hat: Hat,
    takes_reader: Mapping[int, bool],
    versions: Mapping[int, int],
    *,
    now: datetime,
) -> int:
    """Decide answer by answer whether the first mark or the reader's points count; the work may go back then.

    Returns how many marks changed; their history keeps what the first reader gave.

    Raises:
        NotYourReading: the reader cannot settle her own reading.
        NothingToSettle: the readers agree, or it is settled.
        NotSettledCompletely: nothing is said about one of the differences.
        MarkedMeanwhile: a first mark is another one by now.
    """
    answers = {one.id: one for one in db.session.scalars(submissions.answers_of([reading.submission_id]))}
    held_marks(sorted(answers))
    db.session.refresh(reading)
    if reading.done_at is None or reading.settled_at is not None:
        raise NothingToSettle
    if reading.reader_id == hat.person_id:
        raise NotYourReading
    differing = queries.differences(reading.submission_id)
    if set(differing) - set(takes_reader):
        raise NotSettledCompletely
    check_versions({answer_id: versions.get(answer_id, 0) for answer_id in differing})
    taken = {one: pair for one, pair in differing.items() if takes_reader[one]}
    for answer_id, (first, other) in taken.items():
        mark(
            answers[answer_id],
            hat,
            points=other.points,
            comment=first.comment,
            version=first.version,
            now=now,
        )
    reading.settled_by_id, reading.settled_at = hat.person_id, now
    db.session.flush()
    details = {"answers": sorted(taken), "kept": sorted(set(differing) - set(taken))}
    _log("settle_second_reading", "submission", reading.submission_id, hat, details, now)
    return len(taken)


def call_off_reading(reading: SecondReading, hat: Hat) -> None:
    """Who asked does without it.

    Raises:
        NotYourReading: somebody else asked.
    """
    if reading.asked_by_id != hat.person_id:
        raise NotYourReading
    if reading.done_at is None:
        _forget_marks(reading.submission_id)
        db.session.delete(reading)
        db.session.flush()


def is_for(reading: SecondReading, hat: Hat) -> bool:
    """Whether the teacher is the second reader, or may become so: if nobody is named, all but who asked."""
    if reading.reader_id is None:
        return reading.asked_by_id != hat.person_id
    return reading.reader_id == hat.person_id


def _asked_anew(submission: Submission, hat: Hat, reader_id: int | None, now: datetime) -> SecondReading:
    reading = db.session.scalar(marking.reading_of(submission.id))
    if reading is None:
        reading = SecondReading(submission_id=submission.id)
        db.session.add(reading)
    else:
        _forget_marks(submission.id)
    reading.asked_by_id, reading.asked_at, reading.reader_id = hat.person_id, now, reader_id
    reading.begun_at = reading.done_at = reading.settled_at = reading.settled_by_id = None
    reading.note = ""
    return reading


def _forget_marks(submission_id: int) -> None:
    ids = queries.answer_ids_of([submission_id])
    db.session.execute(delete(ReadingMark).where(ReadingMark.answer_id.in_(ids)))


def _check_reader(reading: SecondReading, hat: Hat) -> None:
    if not is_for(reading, hat):
        raise NotYourReading


def _log(verb: str, what: str, what_id: int, hat: Hat, details: Mapping[str, object], now: datetime) -> None:
    record(verb, what, what_id, actor_id=hat.person_id, role=hat.role, now=now, details=dict(details))
