"""Take work in."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from accounts.people.models import Hat
from core.database import db
from homework.assignments import queries as assignments
from homework.assignments.models import Assignment
from homework.assignments.release import may_hand_in_again
from homework.assignments.schedule import is_late, is_taken
from homework.assignments.turns import hold_to_answer
from homework.submissions import queries
from homework.submissions.drafts import drop_draft
from homework.submissions.entries import Entry, Given, given_in, write
from homework.submissions.errors import (
    Closed,
    DifferentWork,
    NoMoreHandIns,
    NothingAnswered,
    UnknownQuestion,
)
from homework.submissions.models import Submission
from homework.submissions.questions import Question
from homework.submissions.turns import check_known, take_turn, take_turns
from homework.teams import services as teams
from library.items.kinds.kind import Files
from library.items.kinds.table import KINDS
from library.items.marking import is_answered
from library.media.receiving import Photo
from library.media.sounds import Sound


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What a pupil hands in: responses, photos and recordings by the id of the assignment's question.

    Photos and recordings are stored already; nothing is read from the network once the transaction is open.
    """

    client_key: UUID
    responses: Mapping[int, Mapping[str, Any]]
    pictures: Mapping[int, tuple[Photo, ...]] = field(default_factory=dict)
    recordings: Mapping[int, tuple[Sound, ...]] = field(default_factory=dict)
    note: str = ""
    """In group work: who did what."""
    seconds: Mapping[int, float] = field(default_factory=dict)
    """How long the pupil took over each question, as the device tells; not a part of what is handed in."""
    device_time: datetime | None = None
    known: int | None = None
    """How many hand-ins the page knew that sends this one; None from programs, which take what comes."""
    draft_version: int | None = None
    """The draft that the page knew: a later one, of another device, stays."""
    points: Mapping[int, float] = field(default_factory=dict)
    """Of answers that stand on paper: what the teacher who read them gives."""

    @property
    def hashes(self) -> set[str]:
        """Of all files in it, as they were sent."""
        pictures = {one.upload_sha256 for part in self.pictures.values() for one in part}
        return pictures | {one.upload_sha256 for part in self.recordings.values() for one in part}

    @property
    def sha256(self) -> str:
        """A hash over responses and uploaded photos, which the device can compute too."""
        content: dict[str, Any] = {
            "answers": {str(key): self.responses[key] for key in sorted(self.responses)},
            "photos": {
                str(key): [one.upload_sha256 for one in self.pictures[key]]
                for key in sorted(self.pictures)
                if self.pictures[key]
            },
        }
        if self.recordings:
            content["recordings"] = {
                str(key): [one.upload_sha256 for one in self.recordings[key]]
                for key in sorted(self.recordings)
            }
        if self.note:
            content["note"] = self.note
        if self.points:
            content["points"] = {str(key): self.points[key] for key in sorted(self.points)}
        text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Recorded:
    """What a hand-in made: the submission of who handed in, and in a group those of the other members."""

    own: Submission
    others: tuple[Submission, ...] = ()
    is_new: bool = True


def record_work(assignment: Assignment, hat: Hat, work: Work, *, now: datetime) -> Recorded:
    """Record the pupil's next hand-in, and in group work with it that of every member of her group.

    *now* is when the request began, so that a slow line costs nobody the deadline. The same key with
    the same content gives the submission that stands already.

    Raises:
        Closed: the assignment takes no more work.
        HandedInElsewhere, HandedInMeanwhile: the page that sends this did not know of the last hand-in.
        NoMoreHandIns: the pupil has handed in as often as the assignment allows.
        DifferentWork: the key was used for other content.
        NothingAnswered: there is no answer at all.
        UnknownQuestion: an answer belongs to no question of the assignment.
        BadResponse: an answer does not fit its question.
    """
    team, members = take_turns(assignment, hat.person_id)
    if earlier := db.session.scalar(queries.by_client_key(work.client_key)):
        return Recorded(_same_work(earlier, assignment, hat.person_id, work), is_new=False)
    times = assignments.times_for(assignment, hat.person_id)
    if assignment.withdrawn_at is not None or not is_taken(times.cut_off_at, now):
        raise Closed(title=assignment.title)
    done = check_known(assignment.id, hat.person_id, work.known)
    if not may_hand_in_again(
        assignment.hand_ins, assignment.most_hand_ins, done, due_at=times.due_at, now=now
    ):
        raise NoMoreHandIns
    given = _answered(assignment.id, hat.person_id, work)
    due = {hat.person_id: times.due_at}
    due |= {one: assignments.times_for(assignment, one).due_at for one in members}
    shared = teams.hand_in_for(team, hat.person_id, work.note, now=now) if team else None
    made = [
        write(
            Entry(
                assignment_id=assignment.id,
                student_id=one,
                client_key=work.client_key if one == hat.person_id else member_key(work.client_key, one),
                sha256=work.sha256,
                given=given,
                received_at=now,
                is_late=is_late(due[one], now),
                device_time=work.device_time,
                seconds=work.seconds if one == hat.person_id else {},
                team_hand_in_id=shared.id if shared else None,
            ),
            now=now,
        )
        for one in due
    ]
    drop_draft(assignment.id, hat.person_id, work.draft_version)
    return Recorded(made[0], tuple(made[1:]))


def record_paper(
    assignment: Assignment, student_id: int, work: Work, teacher: Hat, *, is_late: bool, now: datetime
) -> tuple[Submission, bool]:
    """Record what a pupil did on paper, as her teacher enters it; tell whether it is new.

    When it was collected is the teacher's to say, and so is whether it takes the place of earlier work.

    Raises:
        Closed: the assignment is withdrawn.
        DifferentWork: the key was used for other content.
        NothingAnswered, UnknownQuestion, BadResponse: as for ``record_work``.
    """
    take_turn(assignment, student_id)
    if earlier := db.session.scalar(queries.by_client_key(work.client_key)):
        return _same_work(earlier, assignment, student_id, work), False
    if assignment.withdrawn_at is not None:
        raise Closed(title=assignment.title)
    entry = Entry(
        assignment_id=assignment.id,
        student_id=student_id,
        client_key=work.client_key,
        sha256=work.sha256,
        given=_answered(assignment.id, student_id, work),
        received_at=now,
        is_late=is_late,
        seconds={},
        entered_by_id=teacher.person_id,
    )
    return write(entry, now=now), True


def share_with(submission: Submission, student_id: int, *, now: datetime) -> Submission | None:
    """Give a pupil who comes into a group what it handed in; None for who has handed in something herself."""
    if db.session.scalar(queries.number_of(submission.assignment_id, student_id)):
        return None
    hold_to_answer(submission.assignment_id)
    return write(
        Entry(
            assignment_id=submission.assignment_id,
            student_id=student_id,
            client_key=member_key(submission.client_key, student_id),
            sha256=submission.content_sha256,
            given=given_in(submission),
            received_at=submission.received_at,
            is_late=submission.is_late,
            seconds={},
            team_hand_in_id=submission.team_hand_in_id,
        ),
        now=now,
    )


def member_key(client_key: UUID, student_id: int) -> UUID:
    """The key of what one hand-in writes for another member of the group."""
    return uuid5(client_key, f"member {student_id}")


def _same_work(earlier: Submission, assignment: Assignment, student_id: int, work: Work) -> Submission:
    if (earlier.student_id, earlier.assignment_id, earlier.content_sha256) != (
        student_id,
        assignment.id,
        work.sha256,
    ):
        raise DifferentWork
    return earlier


def _answered(assignment_id: int, student_id: int, work: Work) -> list[Given]:
    questions = list(db.session.scalars(assignments.questions_of(assignment_id)))
    _check_questions(
        {one.id for one in questions}, work.responses, work.pictures, work.recordings, work.points
    )
    given = []
    for question in questions:
        kind = question.item_version.kind
        if question.id in work.points:
            asked = Question.of(question, student_id).asked
            given.append(Given(question=question, asked=asked, response={}, points=work.points[question.id]))
            continue
        response = dict(work.responses.get(question.id, {}))
        pictures, recordings = work.pictures.get(question.id, ()), work.recordings.get(question.id, ())
        match KINDS[kind].files:
            case Files.PHOTOS:
                response = {"photos": [one.upload_sha256 for one in pictures]}
            case Files.RECORDINGS:
                response = {"recordings": [one.sha256 for one in recordings]}
        if is_answered(kind, response):
            asked = Question.of(question, student_id).asked
            given.append(
                Given(
                    question=question,
                    asked=asked,
                    response=response,
                    pictures=pictures,
                    recordings=recordings,
                )
            )
    if not given:
        raise NothingAnswered
    return given


def _check_questions(known: set[int], *parts: Iterable[int]) -> None:
    if any(set(one) - known for one in parts):
        raise UnknownQuestion
