"""Read a second time, be done with it, and settle what two readers see otherwise."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete

from accounts.people.models import Hat
from core.audit.services import record
from core.database import db, insert_if_absent, upsert
from homework.marking.errors import NotCompletelyMarked, PointsOutOfRange
from homework.marking.history import held_marks
from homework.marking.models import Mark, MarkSource, SecondReading
from homework.marking.services import DECIMALS, check_versions
from homework.notices.models import NewsKind
from homework.notices.services import tell_of_work
from homework.readings import queries
from homework.readings.errors import (
    NothingToSettle,
    NotSettledCompletely,
    NotYourReading,
    ReadAlready,
)
from homework.readings.models import ReadingMark, SettledMark
from homework.rubrics.choices import give_marks
from homework.submissions import queries as submissions
from homework.submissions.models import Submission

LONGEST_NOTE = 300


@dataclass(frozen=True, slots=True)
class Otherwise:
    """What the second reader would give for an answer, and why."""

    points: float | None
    """None where she agrees, and has a word to say about it."""
    comment: str = ""


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
    note: str,
    now: datetime,
) -> None:
    """Keep what the reader would give or say *otherwise* for some answers; else she agrees.

    *versions* maps the answers to the versions of the first marks that she saw. The *note* is for the first
    reader.

    Raises:
        NotYourReading: somebody else is asked, or reads.
        ReadAlready: the reading is done.
        NotCompletelyMarked: a first mark was taken back.
        MarkedMeanwhile: a first mark is another one by now.
        PointsOutOfRange: fewer than none, or more than a question is worth.
    """
    begin_reading(reading, hat, now=now)
    if reading.done_at is not None:
        raise ReadAlready
    reading.note = note.strip()[:LONGEST_NOTE]
    answers = {one.id: one for one in db.session.scalars(submissions.answers_of([reading.submission_id]))}
    # What is not of this work is not hers to judge.
    otherwise = {answer_id: one for answer_id, one in otherwise.items() if answer_id in answers}
    first = _marks_of_all(list(answers))
    check_versions({answer_id: seen for answer_id, seen in versions.items() if answer_id in answers})
    points = {
        answer_id: first[answer_id].points if given.points is None else given.points
        for answer_id, given in otherwise.items()
    }
    for answer_id, wanted in points.items():
        most = answers[answer_id].assignment_item.points
        if not 0 <= wanted <= most:
            raise PointsOutOfRange(most=f"{most:g}")
    db.session.execute(delete(ReadingMark).where(ReadingMark.answer_id.in_(set(answers) - set(otherwise))))
    rows = [
        {
            "answer_id": answer_id,
            "points": round(points[answer_id], DECIMALS),
            "comment": given.comment,
            "is_left_to_key": _is_left_to_key(first[answer_id], points[answer_id]),
            "given_by_id": hat.person_id,
            "given_at": now,
        }
        for answer_id, given in otherwise.items()
    ]
    upsert(
        ReadingMark,
        rows,
        keys=["answer_id"],
        update=["points", "comment", "is_left_to_key", "given_by_id", "given_at"],
    )


def finish_reading(reading: SecondReading, hat: Hat, *, now: datetime) -> None:
    """The reader is done. Where both give the same, the work may go back; else who asked settles it first.

    Who asked is told. What the reader agrees to is hers from now on: if it changes, the two differ.

    Raises:
        NotYourReading: somebody else is asked, or reads.
        NotCompletelyMarked: a first mark was taken back.
    """
    begin_reading(reading, hat, now=now)
    if reading.done_at is not None:
        return
    first = _marks_of_all(list(db.session.scalars(queries.answer_ids_of([reading.submission_id]))))
    agreed = [
        {
            "answer_id": answer_id,
            "points": one.points,
            "is_left_to_key": _is_left_to_key(one, one.points),
            "given_by_id": hat.person_id,
            "given_at": now,
        }
        for answer_id, one in first.items()
    ]
    insert_if_absent(ReadingMark, agreed)
    differing = len(queries.differences(reading.submission_id))
    reading.done_at = now
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

    Returns how many answers have another mark; their history keeps what the first reader gave. In group work
    the mark is that of the group, but for members who have one of their own.

    Raises:
        NotYourReading: the reader cannot settle her own reading.
        NothingToSettle: the readers agree, or it is settled.
        NotSettledCompletely: nothing is said about one of the differences.
        NotCompletelyMarked: a first mark was taken back.
        MarkedMeanwhile: a first mark is another one by now.
    """
    if reading.done_at is None or reading.settled_at is not None:
        raise NothingToSettle
    if reading.reader_id == hat.person_id:
        raise NotYourReading
    _marks_of_all(list(db.session.scalars(queries.answer_ids_of([reading.submission_id]))))
    differing = queries.differences(reading.submission_id)
    if set(differing) - set(takes_reader):
        raise NotSettledCompletely
    check_versions({answer_id: versions.get(answer_id, 0) for answer_id in differing})
    taken = {one: pair for one, pair in differing.items() if takes_reader[one]}
    for answer_id, (first, other) in taken.items():
        alike = held_marks([answer_id, *db.session.scalars(queries.same_for_the_group(answer_id))])
        present = {one: found.version for one, found in alike.items()}
        marks = give_marks(present, hat, points=other.points, comment=first.comment, now=now)
        db.session.add_all(
            SettledMark(answer_id=one.answer_id, given_at=now, reader_id=other.given_by_id)
            for one in marks
            if one.marked_at == now
        )
    reading.settled_by_id, reading.settled_at = hat.person_id, now
    db.session.flush()
    details = {"answers": sorted(taken), "kept": sorted(set(differing) - set(taken))}
    _log("settle_second_reading", "submission", reading.submission_id, hat, details, now)
    return len(taken)


def call_off_reading(reading: SecondReading, hat: Hat, *, now: datetime) -> None:
    """Do without it: whoever marks the work may decide so, as who asked may be gone.

    Raises:
        NotYourReading: the reader cannot.
    """
    if not may_call_off(reading, hat):
        raise NotYourReading
    if reading.done_at is None:
        ids = queries.answer_ids_of([reading.submission_id])
        db.session.execute(delete(ReadingMark).where(ReadingMark.answer_id.in_(ids)))
        db.session.delete(reading)
        db.session.flush()
        asked = {"asked_by": reading.asked_by_id, "reader": reading.reader_id}
        _log("call_off_second_reading", "submission", reading.submission_id, hat, asked, now)


def may_call_off(reading: SecondReading, hat: Hat) -> bool:
    """Whether a teacher who may open the work can do without its second reading."""
    return reading.asked_by_id == hat.person_id or reading.reader_id != hat.person_id


def is_for(reading: SecondReading, hat: Hat) -> bool:
    """Whether the teacher is the second reader, or may become so: if nobody is named, all but who asked."""
    if reading.reader_id is None:
        return reading.asked_by_id != hat.person_id
    return reading.reader_id == hat.person_id


def _marks_of_all(answer_ids: Sequence[int]) -> dict[int, Mark]:
    """The first marks, which nobody else changes meanwhile.

    Raises:
        NotCompletelyMarked: there is none of one of the answers.
    """
    marks = held_marks(sorted(answer_ids))
    if set(answer_ids) - set(marks):
        raise NotCompletelyMarked
    return marks


def _is_left_to_key(first: Mark, points: float) -> bool:
    """Whether who gives the *points* too leaves the answer to the key that gave the *first* mark."""
    return first.source is not MarkSource.TEACHER and first.points == points


def _check_reader(reading: SecondReading, hat: Hat) -> None:
    if not is_for(reading, hat):
        raise NotYourReading


def _log(verb: str, what: str, what_id: int, hat: Hat, details: Mapping[str, object], now: datetime) -> None:
    record(verb, what, what_id, actor_id=hat.person_id, role=hat.role, now=now, details=dict(details))
