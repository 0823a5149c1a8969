"""Correct what came back, and judge corrections."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from accounts.people.models import Hat, Person
from core.database import db, hold_rows, publish
from homework.assignments.models import AssignmentItem
from homework.assignments.queries import questions_of
from homework.assignments.turns import hold_to_answer, take_turn_of
from homework.corrections import queries
from homework.corrections.counts import Count, counts_of
from homework.corrections.errors import (
    CommentMissing,
    DifferentCorrection,
    JudgedMeanwhile,
    NoneChosen,
    NothingCorrected,
    NothingToCorrect,
    NotReturned,
    SameAsBefore,
    WaitsForTeacher,
)
from homework.corrections.events import Corrected, CorrectionAccepted, CorrectionAsked
from homework.corrections.lines import Line, lines_of
from homework.corrections.models import Correction, CorrectionPage, CorrectionRecording
from homework.corrections.stages import Stage, Verdict, verdict_of
from homework.notices.models import NewsKind
from homework.notices.services import tell_of_work
from homework.refusals.blanks import points_for
from homework.refusals.queries import accepted_in
from homework.regrades.services import follow_correction
from homework.sending import services as sending
from homework.submissions.columns import picture_columns, sound_columns
from homework.submissions.models import Submission
from learning.attempts.models import Attempt, AttemptContext
from learning.attempts.services import NewAttempt, record_attempt
from learning.records.services import count_activity
from library.items.kinds.kind import Files
from library.items.kinds.table import kind_of
from library.items.marking import is_answered, mark
from library.media.pictures import Picture
from library.media.sounds import Sound


@dataclass(frozen=True, slots=True, kw_only=True)
class Fix:
    """What a pupil sends as a correction; photos and recordings are stored already."""

    client_key: UUID
    response: Mapping[str, Any]
    pictures: tuple[Picture, ...] = field(default_factory=tuple)
    recordings: tuple[Sound, ...] = field(default_factory=tuple)

    @property
    def hashes(self) -> set[str]:
        """Of all files in it, as they were sent."""
        sounds = {one.upload_sha256 for one in self.recordings}
        return {one.upload_sha256 for one in self.pictures} | sounds

    @property
    def sha256(self) -> str:
        """A hash over what is sent."""
        content = [dict(self.response), [one.upload_sha256 for one in self.pictures]]
        if self.recordings:
            content.append([one.upload_sha256 for one in self.recordings])
        return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def correct(
    submission: Submission, question: AssignmentItem, hat: Hat, fix: Fix, *, now: datetime
) -> Correction:
    """Keep the next version of the pupil's correction; a key judges it at once, else a teacher will.

    The same client key with the same content gives the correction that stands already.

    Raises:
        NotReturned: the teacher has the work.
        NothingToCorrect: the question got all points or counts no more, or its correction is accepted.
        WaitsForTeacher: the last version is not judged yet.
        NothingCorrected: there is no answer.
        SameAsBefore: it is the answer that was not right.
        DifferentCorrection: the client key was used for other content.
    """
    take_turn_of(hat.person_id)
    if earlier := db.session.scalar(queries.by_client_key(fix.client_key)):
        return _same(earlier, submission, question, fix)
    line = _open_line(submission, _held(submission, question))
    response = _response_to(line, fix)
    item_id = line.question.item_version.item_id
    counts_by_word = _counts_by_word(line.question, response)
    attempt = _attempt(line, response, hat, fix, now)
    verdict = Verdict.ACCEPTED if counts_by_word else verdict_of(attempt.score, is_correct=attempt.is_correct)
    correction = _next_version(line, fix, attempt, verdict, now)
    _keep_files(correction, fix)
    sending.handed_in(submission.assignment_id, hat.person_id, fix.hashes)
    publish(Corrected(correction.id, hat.person_id, item_id))
    if verdict is not Verdict.WAITING:
        _announce(correction, hat.person_id, item_id)
    return correction


def judge(
    versions: Mapping[int, int], hat: Hat, *, accept: bool, comment: str, now: datetime
) -> list[Correction]:
    """Accept several corrections, or ask for them once more, all or none.

    *versions* maps ids to the versions that the teacher saw; saying again what stands changes nothing.

    Raises:
        NoneChosen: there are none.
        CommentMissing: the pupil would not know what to do differently.
        JudgedMeanwhile: somebody else said something else about one of them.
    """
    if not versions:
        raise NoneChosen
    if not accept and not comment.strip():
        raise CommentMissing
    found = held_to_judge(sorted(versions))
    wanted = Verdict.ACCEPTED if accept else Verdict.AGAIN
    changing = [one for one in found if not _says(one, hat, wanted, comment.strip())]
    for one in changing:
        if one.version != versions[one.id] or one.state is not Verdict.WAITING:
            raise judged_meanwhile(one)
    for one in changing:
        one.state = wanted
        one.comment = comment.strip()
        one.judged_by_id = hat.person_id
        one.judged_at = now
    db.session.flush()
    if changing:
        count_activity(hat.person_id, now, marked=len(changing))
    for one in changing:
        _announce(one, one.submission.student_id, one.assignment_item.item_version.item_id)
    _tell(changing, now)
    return found


def held_to_judge(correction_ids: Sequence[int]) -> list[Correction]:
    """The corrections as they stand now; nobody else judges them until the transaction ends."""
    hold_rows(queries.held(correction_ids))
    anew = (
        select(Correction)
        .where(Correction.id.in_(correction_ids))
        .order_by(Correction.id)
        .options(
            joinedload(Correction.submission).joinedload(Submission.student),
            joinedload(Correction.assignment_item).joinedload(AssignmentItem.item_version),
        )
        .execution_options(populate_existing=True)
    )
    return list(db.session.scalars(anew))


def judged_meanwhile(found: Correction) -> JudgedMeanwhile:
    """The refusal that says who has looked at the correction."""
    by = db.session.get(Person, found.judged_by_id) if found.judged_by_id else None
    return JudgedMeanwhile(
        by=by.name if by else "–", name=found.submission.student.name, state=found.state.value
    )


def _held(submission: Submission, question: AssignmentItem) -> AssignmentItem:
    """The question with its present key, which nobody puts right until this is kept."""
    if hold_to_answer(question.assignment_id):
        db.session.refresh(submission, ["returned_at"])  # it may have been taken back before it was her turn
    anew = questions_of(question.assignment_id).where(AssignmentItem.id == question.id)
    return db.session.scalars(anew.execution_options(populate_existing=True)).one()


def _open_line(submission: Submission, question: AssignmentItem) -> Line:
    """What the pupil corrects now."""
    if submission.returned_at is None:
        raise NotReturned
    line = next((one for one in lines_of(submission) if one.question.id == question.id), None)
    if line is None or line.stage in {Stage.ACCEPTED, Stage.NOT_OWED}:
        raise NothingToCorrect
    if line.stage is Stage.WAITING:
        raise WaitsForTeacher
    return line


def _response_to(line: Line, fix: Fix) -> dict[str, Any]:
    """What *fix* answers, which is not what was wrong already."""
    response = dict(fix.response)
    match kind_of(line.asked).files:
        case Files.PHOTOS:
            response = {"photos": [one.sha256 for one in fix.pictures]}
        case Files.RECORDINGS:
            response = {"recordings": [one.sha256 for one in fix.recordings]}
    if not is_answered(line.asked.kind, response):
        raise NothingCorrected
    # What was wrong by a key that has been put right since may be said again.
    if response == line.last_response and not mark(line.asked, response).is_correct:
        raise SameAsBefore
    return response


def _attempt(line: Line, response: Mapping[str, Any], hat: Hat, fix: Fix, now: datetime) -> Attempt:
    """What the pupil answers, judged by the key and by what was decided about it."""
    assignment_id = line.submission.assignment_id
    new = NewAttempt(
        question=line.asked,
        response=response,
        context=AttemptContext.CORRECTION,
        context_id=assignment_id,
        client_key=uuid5(fix.client_key, "correction"),
    )
    attempt = record_attempt(hat.person_id, new, now=now)
    follow_correction(attempt.id, assignment_id, now=now)
    return attempt


def _next_version(line: Line, fix: Fix, attempt: Attempt, verdict: Verdict, now: datetime) -> Correction:
    correction = Correction(
        client_key=fix.client_key,
        submission_id=line.submission.id,
        assignment_item_id=line.question.id,
        number=len(line.versions) + 1,
        content_sha256=fix.sha256,
        attempt_id=attempt.id,
        state=verdict,
        corrected_at=now,
        judged_at=None if verdict is Verdict.WAITING else now,
    )
    db.session.add(correction)
    db.session.flush()
    return correction


def _counts_by_word(question: AssignmentItem, response: Mapping[str, Any]) -> bool:
    """Whether the answer is right with what a teacher let count in this work beside the key."""
    texts = accepted_in([question.id]).get(question.id, set())
    return bool(texts) and points_for(question.item_version, response, 1.0, texts) == 1.0


def _keep_files(correction: Correction, fix: Fix) -> None:
    db.session.add_all(
        CorrectionPage(
            correction_id=correction.id,
            position=position,
            **picture_columns(picture),
        )
        for position, picture in enumerate(fix.pictures, start=1)
    )
    db.session.add_all(
        CorrectionRecording(
            correction_id=correction.id,
            position=position,
            **sound_columns(sound),
        )
        for position, sound in enumerate(fix.recordings, start=1)
    )
    db.session.flush()


def _same(earlier: Correction, submission: Submission, question: AssignmentItem, fix: Fix) -> Correction:
    if (earlier.submission_id, earlier.assignment_item_id, earlier.content_sha256) != (
        submission.id,
        question.id,
        fix.sha256,
    ):
        raise DifferentCorrection
    return earlier


def _announce(correction: Correction, student_id: int, item_id: int) -> None:
    happened = CorrectionAccepted if correction.state is Verdict.ACCEPTED else CorrectionAsked
    publish(happened(correction.id, student_id, item_id))


def _tell(changed: Sequence[Correction], now: datetime) -> None:
    """Tell pupils who are asked again, and those whose corrections are all accepted."""
    counts = counts_of([one.submission_id for one in changed])
    for one in changed:
        submission, count = one.submission, counts.get(one.submission_id, Count())
        if one.state is Verdict.AGAIN:
            tell_of_work(
                submission.student_id,
                submission.assignment_id,
                NewsKind.CORRECTION_AGAIN,
                f"correction:{one.id}",
                details={
                    "reason": one.comment,
                    "question": one.assignment_item.position,
                    "submission": submission.id,
                },
                now=now,
            )
        elif count.accepted == count.all:
            tell_of_work(
                submission.student_id,
                submission.assignment_id,
                NewsKind.CORRECTIONS_ACCEPTED,
                f"corrections:{submission.id}:{one.id}",
                details={"submission": submission.id},
                now=now,
            )


def _says(found: Correction, hat: Hat, wanted: Verdict, comment: str) -> bool:
    """Whether a repeated click asks for what stands already."""
    return (found.state, found.judged_by_id, found.comment) == (wanted, hat.person_id, comment)
