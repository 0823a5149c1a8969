"""A second reading as the page of the work shows it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from accounts.people.models import Hat, Person
from core.database import db
from homework.marking.models import SecondReading
from homework.marking.queries import reading_of
from homework.readings import queries
from homework.readings.models import ReadingMark
from homework.readings.services import is_for, may_call_off
from homework.submissions import queries as submissions
from homework.submissions.models import Submission


@dataclass(frozen=True, slots=True)
class Second:
    """What a teacher who opens the work sees of its second reading."""

    reading: SecondReading
    is_guest: bool
    """Whether the teacher reads it for this alone, and has no other part in the class."""
    may_read: bool
    """Whether it is hers to read, now."""
    may_settle: bool
    may_call_off: bool
    reader: Person | None
    marks: Mapping[int, ReadingMark] = field(default_factory=dict)
    """What the reader would give, by answer: hers alone until she is done."""
    differing: Collection[int] = ()
    """The answers that somebody has to settle: none where one of the two has come round meanwhile."""


def second_reading_of(submission: Submission, hat: Hat) -> Second | None:
    """The second reading of the work, if one was asked for; in two to five statements."""
    reading = db.session.scalar(reading_of(submission.id))
    if reading is None:
        return None
    is_reader = reading.reader_id == hat.person_id
    own = submissions.visible_to(hat).where(Submission.id == submission.id).with_only_columns(Submission.id)
    is_done = reading.done_at is not None
    is_guest = is_reader and db.session.scalar(own) is None
    may_settle = is_done and reading.settled_at is None and not is_reader
    return Second(
        reading,
        is_guest=is_guest,
        may_read=not is_done and is_for(reading, hat),
        may_settle=may_settle,
        may_call_off=not is_done and not is_guest and may_call_off(reading, hat),
        reader=db.session.get(Person, reading.reader_id) if reading.reader_id else None,
        marks=queries.marks_by_reader(submission.id) if is_done or is_reader else {},
        differing=frozenset(queries.differences(submission.id)) if may_settle else (),
    )
