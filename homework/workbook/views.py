"""The pupil's pages: work, receipt, and what came back. Guardians and teachers read the last two."""

from contextlib import suppress
from http import HTTPStatus
from uuid import uuid4

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import joinedload

from accounts.sign_in.current import current_hat
from core import clock
from core.access import allow, find
from core.database import db, transaction
from core.downloads import private_content, private_file
from core.errors import Conflict, DomainError
from homework.annotations.queries import on_pages
from homework.assignments import queries as assignments
from homework.assignments.layers import Layer, is_required
from homework.assignments.models import Assignment
from homework.assignments.release import hand_ins_left
from homework.assignments.schedule import is_taken
from homework.markers.names import Names
from homework.markers.queries import names_for
from homework.readings.queries import pages_readable, recordings_audible
from homework.readings.showing import second_reading_of
from homework.rubrics.queries import rubrics_of
from homework.sending import services as sending
from homework.submissions import queries as submissions
from homework.submissions.drafts import save_draft
from homework.submissions.errors import AlreadyMarked, AnswersSeen, BadAnswer, Closed, NoMoreHandIns
from homework.submissions.models import Page, Recording, Submission
from homework.submissions.questions import Question
from homework.submissions.services import Work
from homework.teams.models import LONGEST_NOTE
from homework.workbook import forms, policy, queries, services
from homework.workbook.histories import histories_of
from library.items.kinds.written import seconds_of
from library.media.pictures import MEDIA_TYPE, write_anew
from library.media.receiving import open_received
from library.media.sounds import SPEECH_TYPE

bp = Blueprint("submissions", __name__)


@bp.get("/assignments/<int:assignment_id>/work")
@allow(policy.may_hand_in)
def edit(assignment_id: int) -> ResponseReturnValue:
    """The questions, with what was typed so far."""
    assignment = _assigned(assignment_id)
    return _work_page(assignment, _responses(assignment))


@bp.post("/assignments/<int:assignment_id>/work")
@allow(policy.may_hand_in)
def hand_in(assignment_id: int) -> ResponseReturnValue:
    """Hand in by a plain form; scripts send the same to the API and show how far it is."""
    received_at = clock.now()
    forms.check_size(request.content_length)
    hat = current_hat()
    assignment = _once_assigned(assignment_id)
    questions = _questions(assignment)
    try:
        work = _work(assignment, questions)
        with transaction():
            submission, _is_new = services.hand_in(assignment, hat, work, now=received_at)
            submission_id = submission.id
    except (Closed, AlreadyMarked, NoMoreHandIns, AnswersSeen):
        raise
    except DomainError as refusal:
        typed = forms.typed_so_far(questions, request.form)
        responses = {int(key): response for key, response in typed.items()}
        status = HTTPStatus.CONFLICT if isinstance(refusal, Conflict) else HTTPStatus.UNPROCESSABLE_ENTITY
        return _work_page(_assigned(assignment_id), responses, refusal), status
    return redirect(url_for(".receipt", submission_id=submission_id, done=1))


@bp.post("/assignments/<int:assignment_id>/draft")
@allow(policy.may_hand_in)
def draft(assignment_id: int) -> ResponseReturnValue:
    """Keep what is typed; scripts call this a moment after each change."""
    hat = current_hat()
    assignment = _once_assigned(assignment_id)
    content = forms.typed_so_far(_questions(assignment), request.form)
    version = request.form.get("draft_version", default=0, type=int)
    known = forms.number_known(request.form.get("known"))
    with transaction():
        saved = save_draft(assignment, hat, content, version=version, known=known, now=clock.now())
        return {"version": saved.version, "saved_at": saved.saved_at.isoformat()}


@bp.get("/submissions/<int:submission_id>/receipt")
@allow(policy.may_read)
def receipt(submission_id: int) -> ResponseReturnValue:
    """That the work is stored: number, time and hash, exactly as the answer to the hand-in said.

    Straight after a hand-in, ``done`` ends what the device kept of it; ``changed`` tells that something was
    changed since.
    """
    hat = current_hat()
    work = queries.work_of(find(queries.readable(hat, submission_id)), shows_peers=not hat.is_guardian)
    return render_template("homework/workbook/receipt.html", work=work)


@bp.get("/submissions/<int:submission_id>")
@allow(policy.may_read)
def show(submission_id: int) -> ResponseReturnValue:
    """A hand-in; with marks, comments and solutions once it is back."""
    hat = current_hat()
    now = clock.now()
    work = queries.work_of(find(queries.readable(hat, submission_id)), shows_peers=not hat.is_guardian)
    all_of_them = _all_of(work.submission)
    tells = work.is_returned or hat.is_teacher
    names = names_for(work.assignment.id, hat) if hat.is_teacher else Names()
    second = second_reading_of(work.submission, hat) if hat.is_teacher else None
    # A second reader of another class reads the work, and has no other part in it.
    may_mark = hat.is_teacher and not (second and second.is_guest)
    return render_template(
        "homework/workbook/show.html",
        work=work,
        tells=tells,
        notes=on_pages([page.id for line in work.lines for page in line.pages]) if tells else {},
        shows_key=work.are_answers_shown_at(now) or hat.is_teacher,
        may_hand_in_again=hat.is_student
        and is_taken(work.times.cut_off_at, now)
        and services.is_open_again(work.assignment, work.times, all_of_them, now=now),
        others=[one for one in all_of_them if one.id != work.submission.id],
        name=names.of(work.student, work.submission),
        hides_name=names.hides(work.submission),
        second=second,
        histories=histories_of([one.answer.id for one in work.lines if one.answer]) if may_mark else {},
        may_mark=may_mark,
    )


@bp.get("/pages/<int:page_id>/picture")
@allow(policy.may_read)
def picture(page_id: int) -> Response:
    """A photographed page."""
    return _shown(_page(page_id), small=False)


@bp.get("/pages/<int:page_id>/thumbnail")
@allow(policy.may_read)
def thumbnail(page_id: int) -> Response:
    """A photographed page, small."""
    return _shown(_page(page_id), small=True)


@bp.get("/recordings/<int:recording_id>/sound")
@allow(policy.may_read)
def recording(recording_id: int) -> Response:
    """A spoken answer, whole or in part (Range)."""
    audible = recordings_audible(current_hat())
    found: Recording = find(audible.where(Recording.id == recording_id))
    return private_file(found.sound_sha256, SPEECH_TYPE)


def _assigned(assignment_id: int) -> Assignment:
    query = assignments.assigned_to(current_hat(), clock.now()).where(Assignment.id == assignment_id)
    found: Assignment = find(query.options(joinedload(Assignment.subject), joinedload(Assignment.teacher)))
    return found


def _once_assigned(assignment_id: int) -> Assignment:
    """The same for who sends something: of what was withdrawn meanwhile she is told that it takes no more."""
    found: Assignment = find(
        assignments.once_given_to([current_hat().person_id], clock.now()).where(
            Assignment.id == assignment_id
        )
    )
    return found


def _questions(assignment: Assignment) -> list[Question]:
    student_id = current_hat().person_id
    return [
        Question.of(one, student_id) for one in db.session.scalars(assignments.questions_of(assignment.id))
    ]


def _work(assignment: Assignment, questions: list[Question]) -> Work:
    """What the form says, with its files; those are read and stored here, before a transaction."""
    form, student_id = request.form, current_hat().person_id
    sent = forms.sent_in_form(questions, form)
    forms.check_number(sent.photos, sent.recordings, dict(enumerate(request.files.listvalues())))
    pictures = forms.receive_pictures(questions, request.files)
    recordings = forms.take_recordings(questions, request.files)
    return Work(
        client_key=forms.client_key(form.get("client_key")),
        responses=forms.responses_in_form(questions, form),
        pictures=sending.pictures_with(assignment.id, student_id, sent.photos, pictures),
        recordings=sending.sounds_with(assignment.id, student_id, sent.recordings, recordings),
        note=form.get("note", "")[:LONGEST_NOTE].strip(),
        seconds=forms.seconds_taken(questions, form.get("seconds")),
        known=forms.number_known(form.get("known")),
        draft_version=forms.number_known(form.get("draft_version")),
    )


def _responses(assignment: Assignment) -> dict[int, forms.Response]:
    """What the fields begin with: the draft, else the last hand-in."""
    student_id = current_hat().person_id
    if draft := db.session.scalar(submissions.draft_of(assignment.id, student_id)):
        return {int(key): response for key, response in draft.content.items()}
    last = db.session.scalar(submissions.latest_of(assignment.id, student_id))
    if last is None:
        return {}
    answers = db.session.scalars(submissions.answers_of([last.id]))
    return {one.assignment_item_id: one.attempt.response for one in answers}


def _work_page(
    assignment: Assignment, responses: dict[int, forms.Response], refusal: DomainError | None = None
) -> str:
    student_id, now = current_hat().person_id, clock.now()
    saved = db.session.scalar(submissions.draft_of(assignment.id, student_id))
    mine = list(db.session.scalars(submissions.all_of(assignment.id, student_id)))
    exception = db.session.scalar(assignments.exception_of(assignment.id, student_id))
    times = assignments.times_of(assignment, exception)
    depth = assignments.depths_of(student_id, [assignment.id]).get(assignment.id, Layer.REQUIRED)
    is_open = is_taken(times.cut_off_at, now) and services.is_open_again(assignment, times, mine, now=now)
    asked = _questions(assignment)
    return render_template(
        "homework/workbook/edit.html",
        assignment=assignment,
        questions=asked,
        rubrics={one: found.judged_by for one, found in rubrics_of([q.id for q in asked]).items()},
        there=queries.files_there(assignment.id, student_id, asked, responses, mine[-1] if mine else None),
        team=queries.team_at_work(assignment, student_id),
        depth=depth,
        is_required=is_required,
        times=times,
        exception=exception,
        responses=responses,
        refusal=refusal,
        bad_question=refusal.details.get("id") if isinstance(refusal, BadAnswer) else None,
        draft=saved,
        last=mine[-1] if mine else None,
        left=hand_ins_left(assignment.hand_ins, assignment.most_hand_ins, len(mine)),
        client_key=uuid4(),
        is_open=is_open,
        prefix_of=forms.prefix_of,
        photo_field=forms.photo_field,
        recording_field=forms.recording_field,
        sent_field=forms.sent_field,
        longest_note=LONGEST_NOTE,
        seconds_of=seconds_of,
        most_files=forms.MOST_FILES,
    )


def _all_of(submission: Submission) -> list[Submission]:
    query = submissions.visible_to(current_hat()).where(
        Submission.assignment_id == submission.assignment_id, Submission.student_id == submission.student_id
    )
    return list(db.session.scalars(query.order_by(Submission.number)))


def _page(page_id: int) -> Page:
    found: Page = find(pages_readable(current_hat()).where(Page.id == page_id))
    return found


def _shown(page: Page, *, small: bool) -> Response:
    """The picture that is kept; of what was only received, the picture that will be."""
    if page.received is not None:
        # The worker may have been quicker: then the page names the picture that it made.
        with suppress(FileNotFoundError), open_received(page.received) as stream:
            anew = write_anew(stream)
            return private_content(anew.thumbnail if small else anew.content, MEDIA_TYPE)
        db.session.rollback()
    kept = page.thumbnail_sha256 if small else page.picture_sha256
    assert kept is not None
    return private_file(kept, MEDIA_TYPE)
