"""The page on which a teacher draws on a correction, and what others see of it."""

from flask import Blueprint, Response, request, url_for
from flask.typing import ResponseReturnValue

from accounts.sign_in.current import current_hat
from core import clock
from core.access import allow, find
from core.database import db, transaction
from core.downloads import private_file
from core.errors import NotFound
from core.i18n import _
from homework.annotations import forms, pages, policy, services
from homework.corrections.models import CorrectionNote, CorrectionPage
from homework.corrections.stages import Verdict
from homework.redpen import queries
from homework.redpen.queries import sheet_of
from library.media.sounds import SPEECH_TYPE

bp = Blueprint("redpen", __name__)


@bp.get("/corrections/pages/<int:page_id>/annotate")
@allow(policy.may_annotate)
def edit(page_id: int) -> ResponseReturnValue:
    """A photograph of a correction to draw on."""
    shown = _annotated(page_id)
    return pages.desk_page(_desk(shown), sheet_of(page_id), _sound_url)


@bp.post("/corrections/pages/<int:page_id>/annotate")
@allow(policy.may_annotate)
def write(page_id: int) -> ResponseReturnValue:
    """Take what was drawn since; the answer is the page as it is now, with what others drew."""
    hat = current_hat()
    changes = forms.read_changes(request.get_json(silent=True))
    with transaction():
        services.annotate(sheet_of(_annotated(page_id).page.id), hat, changes, now=clock.now())
    return {"notes": pages.told(sheet_of(page_id), _sound_url)}


@bp.post("/corrections/pages/<int:page_id>/voice")
@allow(policy.may_annotate)
def speak(page_id: int) -> ResponseReturnValue:
    """Take a spoken comment."""
    hat = current_hat()
    _annotated(page_id)
    said = forms.read_said(request.form, request.files)
    with transaction():
        services.speak(sheet_of(_annotated(page_id).page.id), hat, said, now=clock.now())
    return {"notes": pages.told(sheet_of(page_id), _sound_url)}


@bp.get("/corrections/pages/<int:page_id>/annotations.svg")
@allow(policy.may_look)
def drawing(page_id: int) -> Response:
    """What is drawn on a correction, to be laid over its photograph."""
    page: CorrectionPage = find(queries.pages_shown_to(current_hat()).where(CorrectionPage.id == page_id))
    return pages.drawing(sheet_of(page_id), page)


@bp.get("/corrections/annotations/<int:note_id>/sound")
@allow(policy.may_look)
def sound(note_id: int) -> Response:
    """A spoken comment, whole or in part (Range)."""
    note: CorrectionNote = find(queries.sounds_for(current_hat()).where(CorrectionNote.id == note_id))
    assert note.sound_sha256 is not None
    return private_file(note.sound_sha256, SPEECH_TYPE)


def _annotated(page_id: int) -> queries.CorrectedPage:
    row = db.session.execute(queries.annotated_by(current_hat(), page_id)).one_or_none()
    if row is None:
        raise NotFound
    return queries.CorrectedPage(*row)


def _desk(shown: queries.CorrectedPage) -> pages.Desk:
    page, correction = shown.page, shown.correction
    submission, question = correction.submission, correction.assignment_item
    beside = list(db.session.scalars(queries.pages_beside(correction, current_hat())))
    if correction.state is Verdict.WAITING:
        back = url_for("corrections.judging", assignment_id=submission.assignment_id, question=question.id)
    else:
        back = url_for("corrections.show", submission_id=submission.id, _anchor=f"question-{question.id}")
    return pages.Desk(
        photo=page,
        kept_as=f"correction-{page.id}",
        name=submission.student.name,
        assignment=submission.assignment,
        question=question,
        picture=url_for("corrections.picture", page_id=page.id),
        write=url_for(".write", page_id=page.id),
        speak=url_for(".speak", page_id=page.id),
        back=back,
        back_words=_("Back to the corrections"),
        turn=pages.turn(beside, page.id),
        turn_to=_edit_url,
    )


def _edit_url(page_id: int) -> str:
    return url_for(".edit", page_id=page_id)


def _sound_url(note_id: int) -> str:
    return url_for(".sound", note_id=note_id)
