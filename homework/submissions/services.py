"""Keep drafts, and take work in."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import delete, update

from accounts.people.models import Hat
from core.database import db, publish
from homework.assignments import queries as assignments
from homework.assignments.models import Assignment, AssignmentItem
from homework.assignments.release import may_hand_in_again
from homework.assignments.schedule import is_late, is_taken
from homework.submissions import queries
from homework.submissions.errors import (
    Closed,
    DifferentWork,
    DraftIsNewer,
    NoMoreHandIns,
    NothingAnswered,
    UnknownQuestion,
)
from homework.submissions.events import HandedIn
from homework.submissions.models import Answer, Draft, Page, Recording, Submission
from homework.submissions.questions import Question
from learning.attempts.models import AttemptContext
from learning.attempts.services import record_attempt
from learning.records.services import Record, count_activity, record_statement
from learning.records.verbs import EXTENSION, ObjectType, Verb
from library.items.kinds.kind import NOT_MARKED, Files, Judgement
from library.items.kinds.table import KINDS
from library.items.marking import is_answered
from library.media.pictures import Picture
from library.media.sounds import Sound


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What a pupil hands in: responses, photos and recordings by the id of the assignment's question.

    Photos and recordings are stored already; nothing is read from the network once the transaction is open.
    """

    client_key: UUID
    responses: Mapping[int, Mapping[str, Any]]
    pictures: Mapping[int, tuple[Picture, ...]] = field(default_factory=dict)
    recordings: Mapping[int, tuple[Sound, ...]] = field(default_factory=dict)
    seconds: Mapping[int, float] = field(default_factory=dict)
    """How long the pupil took over each question, as the device tells; not a part of what is handed in."""
    device_time: datetime | None = None
    points: Mapping[int, float] = field(default_factory=dict)
    """Of answers that stand on paper: what the teacher who read them gives."""

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
        if self.points:
            content["points"] = {str(key): self.points[key] for key in sorted(self.points)}
        text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()


def record_work(assignment: Assignment, hat: Hat, work: Work, *, now: datetime) -> tuple[Submission, bool]:
    """Record the pupil's next hand-in; tell whether it is new.

    *now* is when the request began, so that a slow line costs nobody the deadline. The same key with
    the same content gives the submission that stands already.

    Raises:
        Closed: the assignment takes no more work.
        NoMoreHandIns: the pupil has handed in as often as the assignment allows.
        DifferentWork: the key was used for other content.
        NothingAnswered: there is no answer at all.
        UnknownQuestion: an answer belongs to no question of the assignment.
        BadResponse: an answer does not fit its question.
    """
    db.session.execute(assignments.turn_of(hat.person_id))
    if earlier := db.session.scalar(queries.by_client_key(work.client_key)):
        return _same_work(earlier, assignment, hat.person_id, work), False
    times = assignments.times_for(assignment, hat.person_id)
    if assignment.withdrawn_at is not None or not is_taken(times.cut_off_at, now):
        raise Closed(title=assignment.title)
    done = db.session.scalar(queries.number_of(assignment.id, hat.person_id)) or 0
    if not may_hand_in_again(
        assignment.hand_ins, assignment.most_hand_ins, done, due_at=times.due_at, now=now
    ):
        raise NoMoreHandIns
    submission = _record(
        assignment, hat.person_id, work, number=done + 1, is_late=is_late(times.due_at, now), now=now
    )
    return submission, True


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
    db.session.execute(assignments.turn_of(student_id))
    if earlier := db.session.scalar(queries.by_client_key(work.client_key)):
        return _same_work(earlier, assignment, student_id, work), False
    if assignment.withdrawn_at is not None:
        raise Closed(title=assignment.title)
    number = (db.session.scalar(queries.number_of(assignment.id, student_id)) or 0) + 1
    submission = _record(
        assignment, student_id, work, number=number, is_late=is_late, entered_by=teacher, now=now
    )
    return submission, True


def _record(  # noqa: PLR0913 -- what a row says, and who entered it
    assignment: Assignment,
    student_id: int,
    work: Work,
    *,
    number: int,
    is_late: bool,
    entered_by: Hat | None = None,
    now: datetime,
) -> Submission:
    """Write the pupil's next hand-in, which counts from now on."""
    questions = {one.id: one for one in db.session.scalars(assignments.questions_of(assignment.id))}
    responses = _answered(questions, work)
    db.session.execute(
        update(Submission)
        .where(Submission.assignment_id == assignment.id, Submission.student_id == student_id)
        .values(is_counted=False)
    )
    submission = Submission(
        client_key=work.client_key,
        assignment_id=assignment.id,
        student_id=student_id,
        number=number,
        content_sha256=work.sha256,
        received_at=now,
        is_late=is_late,
        device_time=work.device_time,
        entered_by_id=entered_by.person_id if entered_by else None,
    )
    db.session.add(submission)
    db.session.flush()
    for question, response in responses:
        answer = _record_answer(submission, question, response, work, now)
        _keep_files(answer, work.pictures.get(question.id, ()), work.recordings.get(question.id, ()))
    if entered_by is None:
        db.session.execute(
            delete(Draft).where(Draft.assignment_id == assignment.id, Draft.student_id == student_id)
        )
    extensions: dict[str, Any] = {
        f"{EXTENSION}number": submission.number,
        f"{EXTENSION}is-late": submission.is_late,
    }
    if entered_by is not None:
        extensions[f"{EXTENSION}on-paper"] = True
    record_statement(
        Record(
            uuid=work.client_key,
            actor_id=student_id,
            verb=Verb.SUBMITTED,
            object_type=ObjectType.ASSIGNMENT,
            object_id=assignment.id,
            timestamp=now,
            result={"extensions": extensions},
        ),
        now=now,
    )
    count_activity(student_id, now, handed_in=1)
    publish(HandedIn(submission.id, student_id, assignment.id))
    return submission


def save_draft(
    assignment: Assignment, hat: Hat, content: Mapping[str, Any], *, version: int, now: datetime
) -> Draft:
    """Keep what the pupil has typed; *version* is the one that the page knows, 0 for none.

    Raises:
        Closed: the assignment takes no more work.
        DraftIsNewer: another page or device saved meanwhile; its content stands in the details.
    """
    times = assignments.times_for(assignment, hat.person_id)
    if assignment.withdrawn_at is not None or not is_taken(times.cut_off_at, now):
        raise Closed(title=assignment.title)
    db.session.execute(assignments.turn_of(hat.person_id))
    draft = db.session.scalar(queries.draft_of(assignment.id, hat.person_id))
    if draft is None:
        draft = Draft(
            assignment_id=assignment.id,
            student_id=hat.person_id,
            content=dict(content),
            version=1,
            saved_at=now,
        )
        db.session.add(draft)
    elif draft.content != dict(content):
        if draft.version != version:
            raise DraftIsNewer(version=draft.version, content=draft.content)
        draft.content = dict(content)
        draft.version += 1
        draft.saved_at = now
    db.session.flush()
    return draft


def _same_work(earlier: Submission, assignment: Assignment, student_id: int, work: Work) -> Submission:
    if (earlier.student_id, earlier.assignment_id, earlier.content_sha256) != (
        student_id,
        assignment.id,
        work.sha256,
    ):
        raise DifferentWork
    return earlier


def _answered(
    questions: Mapping[int, AssignmentItem], work: Work
) -> list[tuple[AssignmentItem, dict[str, Any]]]:
    told = work.responses.keys() | work.pictures.keys() | work.recordings.keys() | work.points.keys()
    if told - questions.keys():
        raise UnknownQuestion
    given: list[tuple[AssignmentItem, dict[str, Any]]] = []
    for question in questions.values():
        kind = question.item_version.kind
        if question.id in work.points:
            given.append((question, {}))
            continue
        response = dict(work.responses.get(question.id, {}))
        match KINDS[kind].files:
            case Files.PHOTOS:
                response = {"photos": [one.sha256 for one in work.pictures.get(question.id, ())]}
            case Files.RECORDINGS:
                response = {"recordings": [one.sha256 for one in work.recordings.get(question.id, ())]}
        if is_answered(kind, response):
            given.append((question, response))
    if not given:
        raise NothingAnswered
    return given


def _record_answer(
    submission: Submission,
    question: AssignmentItem,
    response: dict[str, Any],
    work: Work,
    now: datetime,
) -> Answer:
    attempt = record_attempt(
        submission.student_id,
        Question.of(question, submission.student_id).asked,
        response,
        context=AttemptContext.HOMEWORK,
        context_id=submission.assignment_id,
        client_key=uuid5(submission.client_key, str(question.id)),
        seconds=work.seconds.get(question.id),
        judgement=_judged_on_paper(question, work),
        now=now,
    )
    answer = Answer(submission_id=submission.id, assignment_item_id=question.id, attempt_id=attempt.id)
    db.session.add(answer)
    db.session.flush()
    return answer


def _judged_on_paper(question: AssignmentItem, work: Work) -> Judgement | None:
    """What the teacher who read the paper says of an answer that a key would judge elsewhere."""
    points = work.points.get(question.id)
    if points is None:
        return None
    if KINDS[question.item_version.kind].is_marked_by_person:
        return NOT_MARKED
    share = points / question.points
    return Judgement(share, share == 1)


def _keep_files(answer: Answer, pictures: tuple[Picture, ...], recordings: tuple[Sound, ...]) -> None:
    db.session.add_all(
        Recording(
            answer_id=answer.id,
            position=position,
            upload_sha256=sound.upload_sha256,
            sound_sha256=sound.sha256,
            seconds=sound.seconds,
        )
        for position, sound in enumerate(recordings, start=1)
    )
    db.session.add_all(
        Page(
            answer_id=answer.id,
            position=position,
            upload_sha256=picture.upload_sha256,
            picture_sha256=picture.sha256,
            thumbnail_sha256=picture.thumbnail_sha256,
            width=picture.width,
            height=picture.height,
        )
        for position, picture in enumerate(pictures, start=1)
    )
