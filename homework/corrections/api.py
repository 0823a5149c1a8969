"""Corrections for programs: read them, and send one, under ``/api/v1/submissions/…/corrections``."""

from apiflask import APIBlueprint
from flask import request

from accounts.sign_in.current import current_hat
from core import clock
from core.access import allow, find
from core.database import transaction
from homework.assignments import queries as assignments
from homework.assignments.models import AssignmentItem
from homework.corrections import forms, policy, queries, services
from homework.corrections.lines import lines_of, question_in
from homework.corrections.schemas import CorrectedOut, CorrectionsOut, FixIn, QuestionToCorrectOut
from homework.submissions.models import Submission
from homework.workbook.forms import check_size
from homework.workbook.schemas import KeyHeader

bp = APIBlueprint("corrections_api", __name__, url_prefix="/api/v1", tag="Homework")


@bp.get("/submissions/<int:submission_id>/corrections")
@bp.output(CorrectionsOut)
@bp.doc(summary="Corrections of a hand-in", responses={404: "It is not returned yet, or not yours to read."})
@allow(policy.may_read)
def show(submission_id: int) -> CorrectionsOut:
    """Each question that did not get all points, with every version of its correction."""
    submission = _submission(submission_id)
    return CorrectionsOut(
        submission=submission.id,
        questions=[QuestionToCorrectOut.of(one) for one in lines_of(submission)],
    )


@bp.post("/submissions/<int:submission_id>/corrections/<int:question_id>")
@bp.input(KeyHeader, location="headers", arg_name="header")
@bp.input(FixIn, location="form_and_files", arg_name="parts")
@bp.output(CorrectedOut, status_code=201)
@bp.doc(summary="Send a correction")
@allow(policy.may_correct)
def correct(submission_id: int, question_id: int, header: KeyHeader, parts: FixIn) -> CorrectedOut:
    """Correct one question of returned work. Sent again with the same key and content, it changes nothing."""
    hat, now = current_hat(), clock.now()
    check_size(request.content_length)
    submission = _submission(submission_id)
    asked = question_in(submission, _question(submission, question_id))
    fix = forms.read_fix_in_json(
        submission,
        asked,
        header.idempotency_key,
        answers=parts.answers,
        sent=parts.sent,
        files=request.files,
    )
    with transaction():
        submission = _submission(submission_id)
        made = services.correct(submission, _question(submission, question_id), hat, fix, now=now)
        return CorrectedOut(number=made.number, state=made.state, received_at=made.corrected_at)


def _submission(submission_id: int) -> Submission:
    found: Submission = find(queries.returned_to(current_hat()).where(Submission.id == submission_id))
    return found


def _question(submission: Submission, question_id: int) -> AssignmentItem:
    query = assignments.questions_of(submission.assignment_id).where(AssignmentItem.id == question_id)
    found: AssignmentItem = find(query)
    return found
