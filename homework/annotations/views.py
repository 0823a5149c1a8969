"""The page on which a teacher draws on a hand-in, and what others see of it."""

from flask import Blueprint, Response, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import joinedload

from accounts.sign_in.current import current_hat
from core import clock
from core.access import allow, find
from core.database import db, transaction
from core.downloads import private_file
from core.errors import NotFound
from core.i18n import _
from homework.annotations import forms, pages, policy, queries, services
from homework.annotations.models import PageNote
from homework.annotations.queries import sheet_of
from homework.assignments.models import Assignment
from homework.markers.queries import names_for
from homework.submissions.models import Page
from library.media.sounds import SPEECH_TYPE

bp = Blueprint("annotations", __name__)


@bp.get("/pages/<int:page_id>/annotate")
@allow(policy.may_annotate)
def edit(page_id: int) -> ResponseReturnValue:
    """A photographed page to draw on."""
    shown = _annotated(page_id)
    return pages.desk_page(_desk(shown), sheet_of(page_id), _sound_url)


@bp.post("/pages/<int:page_id>/annotate")
@allow(policy.may_annotate)
def write(page_id: int) -> ResponseReturnValue:
    """Take what was drawn since; the answer is the page as it is now, with what others drew."""
    hat = current_hat()
    changes = forms.read_changes(request.get_json(silent=True))
    with transaction():
        services.annotate(sheet_of(_annotated(page_id).page.id), hat, changes, now=clock.now())
    return {"notes": pages.told(sheet_of(page_id), _sound_url)}


@bp.post("/pages/<int:page_id>/voice")
@allow(policy.may_annotate)
def speak(page_id: int) -> ResponseReturnValue:
    """Take a spoken comment."""
    hat = current_hat()
    _annotated(page_id)
    said = forms.read_said(request.form, request.files)
    with transaction():
        services.speak(sheet_of(_annotated(page_id).page.id), hat, said, now=clock.now())
    return {"notes": pages.told(sheet_of(page_id), _sound_url)}


@bp.get("/pages/<int:page_id>/annotations.svg")
@allow(policy.may_look)
def drawing(page_id: int) -> Response:
    """What is drawn on a page, to be laid over its photograph."""
    page: Page = find(queries.pages_shown_to(current_hat()).where(Page.id == page_id))
    return pages.drawing(sheet_of(page_id), page)


@bp.get("/annotations/<int:note_id>/sound")
@allow(policy.may_look)
def sound(note_id: int) -> Response:
    """A spoken comment, whole or in part (Range)."""
    note: PageNote = find(queries.sounds_for(current_hat()).where(PageNote.id == note_id))
    assert note.sound_sha256 is not None
    return private_file(note.sound_sha256, SPEECH_TYPE)


def _annotated(page_id: int) -> queries.AnnotatedPage:
    row = db.session.execute(queries.annotated_by(current_hat(), page_id)).one_or_none()
    if row is None:
        raise NotFound
    return queries.AnnotatedPage(*row)


def _desk(shown: queries.AnnotatedPage) -> pages.Desk:
    hat, page, assignment_id = current_hat(), shown.page, shown.submission.assignment_id
    all_of_them = list(db.session.scalars(queries.pages_of_question(hat, shown.question.id)))
    return pages.Desk(
        photo=page,
        kept_as=str(page.id),
        name=names_for(assignment_id, hat).of(shown.student, shown.submission),
        assignment=db.session.get_one(Assignment, assignment_id, options=[joinedload(Assignment.subject)]),
        question=shown.question,
        picture=url_for("submissions.picture", page_id=page.id),
        write=url_for(".write", page_id=page.id),
        speak=url_for(".speak", page_id=page.id),
        back=url_for("marking.show", assignment_id=assignment_id, question=shown.question.id),
        back_words=_("Back to marking"),
        turn=pages.turn(all_of_them, page.id),
        turn_to=_edit_url,
    )


def _edit_url(page_id: int) -> str:
    return url_for(".edit", page_id=page_id)


def _sound_url(note_id: int) -> str:
    return url_for(".sound", note_id=note_id)
