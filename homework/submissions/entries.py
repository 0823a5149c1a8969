"""What a hand-in writes for one pupil: her submission with answers, photographs and recordings.

Who hands in alone has one entry; a hand-in of a group has one for each member, all with the same answers.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import insert, update

from core.database import db, hold_rows, publish
from homework.assignments.models import AssignmentItem
from homework.submissions import queries
from homework.submissions.columns import photo_columns, sound_columns
from homework.submissions.events import HandedIn, PhotosReceived
from homework.submissions.models import Answer, Page, Recording, Submission
from homework.submissions.questions import Question
from learning.attempts.models import AttemptContext
from learning.attempts.services import NewAttempt, record_attempts
from learning.records.services import Record, count_activity, record_statement
from learning.records.verbs import EXTENSION, ObjectType, Verb
from library.items.kinds.kind import NOT_MARKED, Judgement
from library.items.kinds.table import kind_of
from library.items.variants import Posed
from library.media.receiving import Photo, Received
from library.media.sounds import Sound


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """The answer to one question."""

    question: AssignmentItem
    asked: Posed
    """What was met: of a question with variants, that of who answered it for her group."""
    response: Mapping[str, Any]
    pictures: tuple[Photo, ...] = ()
    recordings: tuple[Sound, ...] = ()
    points: float | None = None
    """Of an answer that stands on paper: what the teacher who read it gives."""

    @property
    def judgement(self) -> Judgement | None:
        """What the teacher who read the paper says of an answer that a key would judge elsewhere."""
        if self.points is None:
            return None
        if kind_of(self.asked).is_marked_by_person:
            return NOT_MARKED
        share = self.points / self.question.points
        return Judgement(share, share == 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One pupil's part of a hand-in."""

    assignment_id: int
    student_id: int
    client_key: UUID
    sha256: str
    given: Sequence[Given]
    received_at: datetime
    is_late: bool
    device_time: datetime | None = None
    seconds: Mapping[int, float]
    """By question, of who worked on it herself: what took a group long says little of one member."""
    team_hand_in_id: int | None = None
    entered_by_id: int | None = None
    """The teacher who entered it, for work that was done on paper."""


def write(entry: Entry, *, now: datetime) -> Submission:
    """Add *entry* as the pupil's next hand-in, which is the one that counts from now on."""
    number = db.session.scalar(queries.number_of(entry.assignment_id, entry.student_id)) or 0
    if number:
        # Who marks or gives back the earlier work comes first, or finds that this one counts.
        hold_rows(queries.answers_held(entry.assignment_id, entry.student_id))
        db.session.execute(
            update(Submission)
            .where(Submission.assignment_id == entry.assignment_id, Submission.student_id == entry.student_id)
            .values(is_counted=False)
        )
    submission = Submission(
        client_key=entry.client_key,
        assignment_id=entry.assignment_id,
        student_id=entry.student_id,
        number=number + 1,
        content_sha256=entry.sha256,
        received_at=entry.received_at,
        is_late=entry.is_late,
        device_time=entry.device_time,
        team_hand_in_id=entry.team_hand_in_id,
        entered_by_id=entry.entered_by_id,
    )
    db.session.add(submission)
    db.session.flush()
    _write_answers(submission, entry, now)
    _record(submission, now)
    if any(isinstance(one, Received) for given in entry.given for one in given.pictures):
        publish(PhotosReceived())
    return submission


def given_in(submission: Submission) -> list[Given]:
    """What stands in a submission, to be written for another member of its group."""
    answers = list(db.session.scalars(queries.answers_of([submission.id])))
    pictures: dict[int, list[Photo]] = defaultdict(list)
    # Held, so that what was received is not forgotten before it is named once more.
    pages = queries.pages_of([one.id for one in answers]).with_for_update()
    for page in db.session.scalars(pages):
        pictures[page.answer_id].append(queries.photo_of(page))
    recordings: dict[int, list[Sound]] = defaultdict(list)
    for recording in db.session.scalars(queries.recordings_of([one.id for one in answers])):
        recordings[recording.answer_id].append(queries.sound_of(recording))
    return [
        Given(
            question=one.assignment_item,
            asked=Question.answered(one.assignment_item, one.attempt).asked,
            response=one.attempt.response,
            pictures=tuple(pictures[one.id]),
            recordings=tuple(recordings[one.id]),
        )
        for one in answers
    ]


def _write_answers(submission: Submission, entry: Entry, now: datetime) -> None:
    attempts = record_attempts(
        submission.student_id, [_attempt(submission, one, entry.seconds) for one in entry.given], now=now
    )
    rows = [
        {
            "submission_id": submission.id,
            "assignment_item_id": given.question.id,
            "attempt_id": attempt.id,
        }
        for given, attempt in zip(entry.given, attempts, strict=True)
    ]
    answers = db.session.scalars(insert(Answer).returning(Answer), rows)
    ids = {one.assignment_item_id: one.id for one in answers}
    _write_files([(ids[given.question.id], given) for given in entry.given])


def _attempt(submission: Submission, given: Given, seconds: Mapping[int, float]) -> NewAttempt:
    return NewAttempt(
        question=given.asked,
        response=given.response,
        context=AttemptContext.HOMEWORK,
        context_id=submission.assignment_id,
        client_key=uuid5(submission.client_key, str(given.question.id)),
        seconds=seconds.get(given.question.id),
        judgement=given.judgement,
    )


def _write_files(answers: Sequence[tuple[int, Given]]) -> None:
    recordings = [
        {"answer_id": answer_id, "position": position, **sound_columns(sound)}
        for answer_id, given in answers
        for position, sound in enumerate(given.recordings, start=1)
    ]
    pages = [
        {"answer_id": answer_id, "position": position, **photo_columns(picture)}
        for answer_id, given in answers
        for position, picture in enumerate(given.pictures, start=1)
    ]
    for model, rows in ((Recording, recordings), (Page, pages)):
        if rows:
            db.session.execute(insert(model), rows)


def _record(submission: Submission, now: datetime) -> None:
    """Keep the statement, count the day's work, and tell who listens."""
    extensions: dict[str, Any] = {
        f"{EXTENSION}number": submission.number,
        f"{EXTENSION}is-late": submission.is_late,
    }
    if submission.entered_by_id is not None:
        extensions[f"{EXTENSION}on-paper"] = True
    record_statement(
        Record(
            uuid=submission.client_key,
            actor_id=submission.student_id,
            verb=Verb.SUBMITTED,
            object_type=ObjectType.ASSIGNMENT,
            object_id=submission.assignment_id,
            timestamp=now,
            result={"extensions": extensions},
        ),
        now=now,
    )
    count_activity(submission.student_id, now, handed_in=1)
    publish(HandedIn(submission.id, submission.student_id, submission.assignment_id))
