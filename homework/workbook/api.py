"""Hand in and look back, for programs: ``/api/v1/assignments/…/submissions`` and ``/api/v1/submissions``."""

from typing import Any

from apiflask import APIBlueprint
from flask import request, url_for

from accounts.sign_in.current import current_hat
from core import clock
from core.access import allow, find
from core.database import db, transaction
from core.i18n import localized
from homework.assignments import queries as assignments
from homework.assignments.models import Assignment
from homework.sending import services as sending
from homework.submissions.questions import Question
from homework.submissions.services import Work
from homework.workbook import forms, policy, queries, services
from homework.workbook.queries import Line, TeamWork
from homework.workbook.queries import Work as WorkDone
from homework.workbook.schemas import (
    AnswerOut,
    HandIn,
    KeyHeader,
    PageOut,
    Receipt,
    RecordingOut,
    SubmissionOut,
    TeamOut,
)

bp = APIBlueprint("submissions_api", __name__, url_prefix="/api/v1", tag="Homework")

SENT_AGAIN: dict[int | str, dict[str, str | dict[str, dict[str, Any]]]] = {
    200: {
        "description": "The same hand-in arrived before; this is its receipt.",
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Receipt"}}},
    }
}


@bp.post("/assignments/<int:assignment_id>/submissions")
@bp.input(KeyHeader, location="headers", arg_name="header")
@bp.input(HandIn, location="form_and_files", arg_name="parts")
@bp.output(Receipt, status_code=201)
@bp.doc(
    summary="Hand in",
    responses=SENT_AGAIN,
)
@allow(policy.may_hand_in)
def hand_in(assignment_id: int, header: KeyHeader, parts: HandIn) -> tuple[Receipt, int]:
    """Hand work in. Sent again with the same key and content, it gives the same receipt and changes nothing.

    Answered only when work and photos are on the disk. At most 30 photos and 50 MB.
    """
    received_at = clock.now()
    forms.check_size(request.content_length)
    hat = current_hat()
    # What was withdrawn meanwhile says so, instead of not being found.
    assignment = find(
        assignments.once_given_to([hat.person_id], received_at).where(Assignment.id == assignment_id)
    )
    asked = db.session.scalars(assignments.questions_of(assignment.id))
    questions = [Question.of(one, hat.person_id) for one in asked]
    sent = forms.sent_in_json(questions, parts.sent)
    forms.check_number(sent.photos, sent.recordings, dict(enumerate(request.files.listvalues())))
    pictures = forms.receive_pictures(questions, request.files)
    recordings = forms.take_recordings(questions, request.files)
    work = Work(
        client_key=header.idempotency_key,
        responses=forms.responses_in_json(questions, parts.answers),
        pictures=sending.pictures_with(assignment.id, hat.person_id, sent.photos, pictures),
        recordings=sending.sounds_with(assignment.id, hat.person_id, sent.recordings, recordings),
        note=parts.note.strip(),
        device_time=forms.device_time(parts.device_time),
        seconds=forms.seconds_taken(questions, parts.seconds),
        known=forms.number_known(parts.known),
        draft_version=forms.number_known(parts.draft_version),
    )
    with transaction():
        submission, is_new = services.hand_in(assignment, hat, work, now=received_at)
        receipt = Receipt(
            id=submission.id, sha256=submission.content_sha256, received_at=submission.received_at
        )
    return receipt, 201 if is_new else 200


@bp.get("/submissions/<int:submission_id>")
@bp.output(SubmissionOut)
@bp.doc(summary="Read a hand-in")
@allow(policy.may_read)
def show(submission_id: int) -> SubmissionOut:
    """A hand-in; points and comments once it is returned, explanations as the work's rule says.

    Teachers see them before.
    """
    hat = current_hat()
    work = queries.work_of(find(queries.readable(hat, submission_id)), shows_peers=not hat.is_guardian)
    return _shown(
        work,
        tells=work.is_returned or hat.is_teacher,
        shows_key=work.are_answers_shown_at(clock.now()) or hat.is_teacher,
    )


def _shown(work: WorkDone, *, tells: bool, shows_key: bool) -> SubmissionOut:
    submission = work.submission
    return SubmissionOut(
        id=submission.id,
        assignment=submission.assignment_id,
        number=submission.number,
        sha256=submission.content_sha256,
        received_at=submission.received_at,
        is_late=submission.is_late,
        is_on_paper=submission.entered_by_id is not None,
        returned_at=submission.returned_at,
        points=work.points if tells else None,
        most_points=work.most_points,
        feedback=work.feedback if tells else None,
        team=_team(work.team) if work.team else None,
        answers=[_line(one, tells=tells, shows_key=shows_key) for one in work.lines],
    )


def _team(team: TeamWork) -> TeamOut:
    return TeamOut(
        number=team.number,
        handed_in_by=team.handed_in_by,
        members=[localized(one) for one in team.members],
        note=team.note,
    )


def _line(line: Line, *, tells: bool, shows_key: bool) -> AnswerOut:
    version = line.question.asked
    return AnswerOut(
        question=line.question.id,
        prompt=version.prompt,
        kind=version.kind.value,
        response=line.answer.attempt.response if line.answer else None,
        pages=[
            PageOut(
                upload_sha256=page.upload_sha256,
                width=page.width,
                height=page.height,
                picture=url_for("submissions.picture", page_id=page.id),
                thumbnail=url_for("submissions.thumbnail", page_id=page.id),
            )
            for page in line.pages
        ],
        recordings=[
            RecordingOut(
                upload_sha256=one.upload_sha256,
                seconds=one.seconds,
                sound=url_for("submissions.recording", recording_id=one.id),
            )
            for one in line.recordings
        ],
        most_points=line.question.points,
        points=line.mark.points if tells and line.mark else None,
        comment=line.mark.comment if tells and line.mark else None,
        is_own_mark=tells and line.is_own_mark,
        explanation=version.explanation if shows_key else None,
        rubric=line.rubric.as_data() if line.rubric else None,
        levels=dict(line.choice) if tells and line.choice else None,
    )
