"""Correct, look at the versions, and judge them by question."""

from collections.abc import Collection
from uuid import uuid4

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import joinedload

from accounts.sign_in.current import current_hat
from core import clock
from core.access import allow, find
from core.database import db, transaction
from core.downloads import private_file
from core.errors import DomainError
from core.i18n import _
from core.paging import newest_first
from homework.assignments import queries as assignments
from homework.assignments.models import Assignment, AssignmentItem
from homework.corrections import forms, policy, queries, reopening, services
from homework.corrections.counts import Count, counts_of, debts_of
from homework.corrections.errors import NothingToCorrect, NotReturned
from homework.corrections.lines import lines_of, question_in
from homework.corrections.models import Correction, CorrectionPage, CorrectionRecording
from homework.corrections.stages import Verdict
from homework.corrections.waiting import waiting_at, waiting_by_question
from homework.submissions import queries as submissions
from homework.submissions.models import Submission
from homework.workbook.forms import check_size, photo_field, prefix_of, recording_field, sent_field
from library.items.kinds.written import seconds_of
from library.media.pictures import MEDIA_TYPE
from library.media.sounds import SPEECH_TYPE

bp = Blueprint("corrections", __name__)


@bp.get("/corrections")
@allow(policy.may_correct)
def index() -> ResponseReturnValue:
    """What came back and is not right yet, the newest first."""
    page = newest_first(
        queries.owing_of(current_hat().person_id).order_by(None), Submission.id, request.args.get("cursor")
    )
    counts = counts_of([one.id for one in page.rows])
    return render_template(
        "homework/corrections/index.html",
        rows=[(one, counts[one.id]) for one in page.rows if one.id in counts],
        next_cursor=page.next,
    )


@bp.get("/submissions/<int:submission_id>/corrections")
@allow(policy.may_read)
def show(submission_id: int) -> ResponseReturnValue:
    """The questions to correct, each with all its versions; the pupil corrects here, others read.

    Where the teacher has taken the work back meanwhile, the work itself says so.
    """
    if _is_taken_back(submission_id):
        return redirect(url_for("submissions.show", submission_id=submission_id))
    return _page(_submission(submission_id))


@bp.post("/submissions/<int:submission_id>/corrections/<int:question_id>")
@allow(policy.may_correct)
def correct(submission_id: int, question_id: int) -> ResponseReturnValue:
    """Send a correction of one question."""
    hat, now = current_hat(), clock.now()
    check_size(request.content_length)
    if _is_taken_back(submission_id):
        raise NotReturned
    submission = _submission(submission_id)
    asked = question_in(submission, _question(submission, question_id))
    try:
        fix = forms.read_fix(submission, asked, request.form, request.files)
        with transaction():
            submission = _submission(submission_id)
            correction = services.correct(submission, _question(submission, question_id), hat, fix, now=now)
            state = correction.state
    except NotReturned:
        raise
    except DomainError as refusal:
        return _page(_submission(submission_id), refusal, question_id), 422
    flash(_said(state), "success" if state is not Verdict.AGAIN else "warning")
    return redirect(url_for(".show", submission_id=submission_id, _anchor=f"question-{question_id}"), 303)


@bp.get("/submissions/<int:submission_id>/corrections/state")
@allow(policy.may_read)
def state(submission_id: int) -> ResponseReturnValue:
    """How far the corrections are: a part of the page of the returned work."""
    submission = _submission(submission_id)
    count = counts_of([submission.id]).get(submission.id)
    return render_template("homework/corrections/state.html", submission=submission, count=count)


@bp.get("/assignments/<int:assignment_id>/corrections")
@allow(policy.may_judge)
def judging(assignment_id: int) -> ResponseReturnValue:
    """Who still owes corrections, and those that wait, by question (``?question=``)."""
    return _judging_page(_assignment(assignment_id))


@bp.post("/assignments/<int:assignment_id>/corrections")
@allow(policy.may_judge)
def judge(assignment_id: int) -> ResponseReturnValue:
    """Accept the chosen corrections, or ask for them once more."""
    hat, now = current_hat(), clock.now()
    given = forms.read_judgement(request.form)
    try:
        with transaction():
            _corrections(assignment_id, given.versions)
            services.judge(given.versions, hat, accept=given.accept, comment=given.comment, now=now)
    except DomainError as refusal:
        if not _is_about_input(refusal):
            raise
        return _judging_page(_assignment(assignment_id), refusal, given), 422
    flash(
        _("The corrections are accepted.") if given.accept else _("The pupils are asked once more."),
        "success",
    )
    return redirect(
        url_for(".judging", assignment_id=assignment_id, question=request.form.get("question")), 303
    )


@bp.post("/assignments/<int:assignment_id>/corrections/undo")
@allow(policy.may_judge)
def take_back(assignment_id: int) -> ResponseReturnValue:
    """Take a verdict on corrections back; a comment that went with it is shown, to be used again."""
    hat, versions = current_hat(), forms.read_versions(request.form)
    with transaction():
        comments = {one.comment for one in _corrections(assignment_id, versions) if one.comment}
        reopening.take_back(versions, hat, now=clock.now())
    flash(_("The verdict is taken back. What it was about waits below again."), "success")
    for comment in sorted(comments):
        flash(_("The comment was: “%(comment)s”", comment=comment), "info")
    return redirect(
        url_for(".judging", assignment_id=assignment_id, question=request.form.get("question")), 303
    )


@bp.get("/corrections/pages/<int:page_id>/picture")
@allow(policy.may_read)
def picture(page_id: int) -> Response:
    """A photographed page of a correction."""
    return _picture(_photo(page_id).picture_sha256)


@bp.get("/corrections/pages/<int:page_id>/thumbnail")
@allow(policy.may_read)
def thumbnail(page_id: int) -> Response:
    """A photographed page of a correction, small."""
    return _picture(_photo(page_id).thumbnail_sha256)


@bp.get("/corrections/recordings/<int:recording_id>/sound")
@allow(policy.may_read)
def recording(recording_id: int) -> Response:
    """A spoken correction, whole or in part (Range)."""
    audible = queries.recordings_audible_to(current_hat())
    found: CorrectionRecording = find(audible.where(CorrectionRecording.id == recording_id))
    return private_file(found.sound_sha256, SPEECH_TYPE)


def _submission(submission_id: int) -> Submission:
    query = queries.returned_to(current_hat()).where(Submission.id == submission_id)
    found: Submission = find(
        query.options(
            joinedload(Submission.assignment).joinedload(Assignment.subject), joinedload(Submission.student)
        )
    )
    return found


def _is_taken_back(submission_id: int) -> bool:
    """Whether the work, which the hat may read, is with the teacher: not returned, or no more."""
    with_teacher = submissions.visible_to(current_hat()).where(
        Submission.id == submission_id, Submission.returned_at.is_(None), submissions.counts()
    )
    return db.session.scalar(with_teacher.with_only_columns(Submission.id)) is not None


def _question(submission: Submission, question_id: int) -> AssignmentItem:
    query = assignments.questions_of(submission.assignment_id).where(AssignmentItem.id == question_id)
    found: AssignmentItem = find(query)
    return found


def _page(submission: Submission, refusal: DomainError | None = None, question_id: int | None = None) -> str:
    lines = lines_of(submission)
    if refusal is not None and question_id not in {one.question.id for one in lines}:
        raise NothingToCorrect
    return render_template(
        "homework/corrections/show.html",
        submission=submission,
        lines=lines,
        count=counts_of([submission.id]).get(submission.id, Count()),
        refusal=refusal,
        refused_id=question_id,
        client_key=uuid4,
        prefix_of=prefix_of,
        photo_field=photo_field,
        recording_field=recording_field,
        sent_field=sent_field,
        seconds_of=seconds_of,
    )


def _assignment(assignment_id: int) -> Assignment:
    query = assignments.taught_by(current_hat()).where(Assignment.id == assignment_id)
    found: Assignment = find(query.options(joinedload(Assignment.subject)))
    return found


def _corrections(assignment_id: int, correction_ids: Collection[int]) -> list[Correction]:
    """Corrections of one piece of work, each of which the teacher may judge."""
    visible = (
        queries.corrections_visible_to(current_hat())
        .join(AssignmentItem, AssignmentItem.id == Correction.assignment_item_id)
        .where(AssignmentItem.assignment_id == _assignment(assignment_id).id)
    )
    return [find(visible.where(Correction.id == one)) for one in sorted(correction_ids)]


def _judging_page(
    assignment: Assignment, refusal: DomainError | None = None, given: forms.JudgementInput | None = None
) -> str:
    hat = current_hat()
    questions = list(db.session.scalars(assignments.questions_of(assignment.id)))
    waiting = waiting_by_question(assignment.id, hat)
    wanted = request.values.get("question", type=int)
    chosen = next((one for one in questions if one.id == wanted and waiting.get(one.id)), None)
    chosen = chosen or next((one for one in questions if waiting.get(one.id)), None)
    return render_template(
        "homework/corrections/judging.html",
        assignment=assignment,
        questions=[one for one in questions if waiting.get(one.id)],
        waiting=waiting,
        question=chosen,
        groups=waiting_at(chosen, hat) if chosen else [],
        debts=debts_of(assignment.id, hat),
        last=list(db.session.scalars(queries.judged_last_by(hat, assignment.id))),
        refusal=refusal,
        ticked=set(given.versions) if given else set(),
        comment=given.comment if given else "",
    )


def _is_about_input(refusal: DomainError) -> bool:
    return refusal.code in ("comment_missing", "none_chosen")


def _said(state: Verdict) -> str:
    match state:
        case Verdict.ACCEPTED:
            return _("Right now: the correction is accepted.")
        case Verdict.AGAIN:
            return _("Not right yet. Look at it once more and try again.")
        case Verdict.WAITING:
            return _("The correction is sent. The teacher will look at it.")


def _photo(page_id: int) -> CorrectionPage:
    found: CorrectionPage = find(queries.pages_visible_to(current_hat()).where(CorrectionPage.id == page_id))
    return found


def _picture(sha256: str) -> Response:
    return private_file(sha256, MEDIA_TYPE)
