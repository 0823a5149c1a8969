"""The page on which a teacher draws, and what others see of it."""

from http import HTTPStatus

from flask import Blueprint, Response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import joinedload

from accounts.sign_in.current import current_hat
from core import clock
from core.access import allow, find
from core.database import db, transaction
from core.downloads import private_file
from core.errors import NotFound
from homework.annotations import forms, policy, queries, services
from homework.annotations.errors import VoiceMissing
from homework.annotations.models import PageNote
from homework.annotations.shapes import STAMP_LETTERS, UNIT, NoteKind, Stamp, path_of
from homework.annotations.words import stamp_name
from homework.assignments.models import Assignment
from homework.markers.queries import names_for
from homework.submissions.models import Page
from library.media.sounds import SPEECH_TYPE, take_sound

bp = Blueprint("annotations", __name__)


@bp.get("/pages/<int:page_id>/annotate")
@allow(policy.may_annotate)
def edit(page_id: int) -> ResponseReturnValue:
    """A photographed page to draw on."""
    hat = current_hat()
    shown = _annotated(page_id)
    all_pages = list(db.session.scalars(queries.pages_of_question(hat, shown.question.id)))
    here = all_pages.index(page_id) if page_id in all_pages else -1
    return render_template(
        "homework/annotations/edit.html",
        shown=shown,
        name=names_for(shown.submission.assignment_id, hat).of(shown.student, shown.submission),
        assignment=db.session.get_one(
            Assignment, shown.submission.assignment_id, options=[joinedload(Assignment.subject)]
        ),
        notes=[_told(one) for one in db.session.scalars(queries.of_page(page_id))],
        place=here + 1,
        all_pages=len(all_pages),
        before=all_pages[here - 1] if here > 0 else None,
        after=all_pages[here + 1] if 0 <= here < len(all_pages) - 1 else None,
        stamps=[(one, stamp_name(one)) for one in Stamp],
        **_drawing(shown.page),
    )


@bp.post("/pages/<int:page_id>/annotate")
@allow(policy.may_annotate)
def write(page_id: int) -> ResponseReturnValue:
    """Take what was drawn since; the answer is the page as it is now, with what others drew."""
    hat = current_hat()
    changes = forms.read_changes(request.get_json(silent=True))
    with transaction():
        services.annotate(_annotated(page_id).page, hat, changes, now=clock.now())
    return _all_of(page_id)


@bp.post("/pages/<int:page_id>/voice")
@allow(policy.may_annotate)
def speak(page_id: int) -> ResponseReturnValue:
    """Take a spoken comment."""
    hat = current_hat()
    _annotated(page_id)
    key, place = forms.read_key(request.form.get("key")), forms.read_place(request.form)
    file = request.files.get("sound")
    if file is None:
        raise VoiceMissing
    sound = take_sound(file.stream, services.MOST_SECONDS)
    with transaction():
        services.speak(_annotated(page_id).page, hat, sound, client_key=key, shape=place, now=clock.now())
    return _all_of(page_id)


@bp.get("/pages/<int:page_id>/annotations.svg")
@allow(policy.may_look)
def drawing(page_id: int) -> ResponseReturnValue:
    """What is drawn on a page, to be laid over its photograph."""
    page: Page = find(queries.pages_shown_to(current_hat()).where(Page.id == page_id))
    notes = [one for one in db.session.scalars(queries.of_page(page_id)) if one.kind is not NoteKind.VOICE]
    content = render_template("homework/annotations/drawing.svg", notes=notes, **_drawing(page))
    return Response(content, content_type="image/svg+xml")


@bp.get("/annotations/<int:note_id>/sound")
@allow(policy.may_look)
def sound(note_id: int) -> ResponseReturnValue:
    """A spoken comment, whole or in part (Range)."""
    note: PageNote = find(queries.sounds_for(current_hat()).where(PageNote.id == note_id))
    assert note.sound_sha256 is not None
    return private_file(note.sound_sha256, SPEECH_TYPE)


def _annotated(page_id: int) -> queries.AnnotatedPage:
    row = db.session.execute(queries.annotated_by(current_hat(), page_id)).one_or_none()
    if row is None:
        raise NotFound
    return queries.AnnotatedPage(*row)


def _all_of(page_id: int) -> ResponseReturnValue:
    notes = [_told(one) for one in db.session.scalars(queries.of_page(page_id))]
    return {"notes": notes}, HTTPStatus.OK


def _told(note: PageNote) -> dict[str, object]:
    """A note for the script that draws it."""
    told: dict[str, object] = {"key": str(note.client_key), "kind": note.kind.value, "shape": note.shape}
    if note.kind is NoteKind.VOICE:
        told |= {"url": url_for(".sound", note_id=note.id), "seconds": round(note.seconds or 0)}
    return told


def _drawing(page: Page) -> dict[str, object]:
    return {
        "width": UNIT,
        "height": round(UNIT * page.height / page.width),
        "path_of": path_of,
        "letters": STAMP_LETTERS,
    }
