"""The pages of a micro-lesson: to watch it, and to make it."""

from http import HTTPStatus

from flask import Blueprint, Response, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from accounts.sign_in.current import current_hat
from core import clock
from core.access import allow, anyone_signed_in, find
from core.database import transaction
from core.errors import DomainError, Invalid
from core.i18n import _
from core.jobs import services as jobs
from learning.lessons import queries, services
from learning.lessons.errors import NoSuchItem, NotForVideos
from learning.lessons.forms import CaptionsForm, CheckpointForm, UploadForm
from learning.lessons.models import MicroLesson
from learning.lessons.moments import read_chapters, read_moment
from learning.lessons.pages import (
    details_form,
    details_of,
    edit_page,
    new_page,
    state_fragment,
    upload_form,
    version_of,
)
from learning.lessons.policy import may_author
from learning.lessons.receiving import received_video, text_of
from learning.lessons.watching import chapters_track, index_page, show_page, transcript_page
from library.media import services as media
from library.media.models import MediaAsset, MediaState
from library.media.tasks import transcode
from library.resources.models import Tier

bp = Blueprint("lessons", __name__)


# To watch


@bp.get("/lessons")
@allow(anyone_signed_in)
def index() -> ResponseReturnValue:
    """The lessons that I may open, the newest first; a teacher's own ones on request."""
    return index_page()


@bp.get("/lessons/<int:lesson_id>")
@allow(anyone_signed_in)
def show(lesson_id: int) -> ResponseReturnValue:
    """Watch a lesson. What is personal about it the player asks from the API."""
    return show_page(_visible(lesson_id))


@bp.get("/lessons/of/<int:resource_id>")
@allow(anyone_signed_in)
def of_resource(resource_id: int) -> ResponseReturnValue:
    """The lesson that a resource of the library is: for pages that know the resource only."""
    lesson: MicroLesson = find(
        queries.openable_by(current_hat()).where(MicroLesson.resource_id == resource_id)
    )
    return redirect(url_for(".show", lesson_id=lesson.id))


@bp.get("/lessons/<int:lesson_id>/captions/<language>.vtt")
@allow(anyone_signed_in)
def captions(lesson_id: int, language: str) -> ResponseReturnValue:
    """A lesson's captions in one language."""
    lesson = _visible(lesson_id)
    track = find(queries.track(lesson.id, language))
    return Response(track.text, content_type="text/vtt; charset=utf-8")


@bp.get("/lessons/<int:lesson_id>/chapters.vtt")
@allow(anyone_signed_in)
def chapters(lesson_id: int) -> ResponseReturnValue:
    """A lesson's chapters, as the track that a player marks them by."""
    return Response(chapters_track(_visible(lesson_id)), content_type="text/vtt; charset=utf-8")


@bp.get("/lessons/<int:lesson_id>/transcript")
@allow(anyone_signed_in)
def transcript(lesson_id: int) -> ResponseReturnValue:
    """What is said in a lesson, to read or print."""
    return transcript_page(_visible(lesson_id))


# To make


@bp.get("/lessons/new")
@allow(may_author)
def new() -> ResponseReturnValue:
    """Ask for a video and its title."""
    return new_page(upload_form())


@bp.post("/lessons/new")
@allow(may_author)
def create() -> ResponseReturnValue:
    """Take a video in, and begin to prepare it."""
    form = upload_form()
    if not form.validate_on_submit():
        return new_page(form), 422
    try:
        upload = received_video(form)
    except Invalid as refusal:
        form.video.errors = [str(refusal)]
        return new_page(form), 422
    hat = current_hat()
    with transaction():
        now = clock.now()
        asset = media.add_asset(upload, hat.person_id, now=now)
        details = services.Details(
            title=form.title.data.strip(),
            subject_id=form.subject_id.data or None,
            grade_from=form.grade_from.data,
            grade_to=form.grade_from.data,
            author=hat.person.name,
            tier=Tier.SCHOOL,
            organisation_id=hat.organisation_id,
        )
        lesson = services.create_lesson(asset, details, created_by_id=hat.person_id, now=now)
        _prepare(asset)
        lesson_id = lesson.id
    flash(_("The video is here. You can describe the lesson while it is being prepared."), "success")
    return redirect(url_for(".edit", lesson_id=lesson_id))


@bp.get("/lessons/<int:lesson_id>/edit")
@allow(may_author)
def edit(lesson_id: int) -> ResponseReturnValue:
    """Everything about a lesson of mine."""
    return edit_page(_mine(lesson_id))


@bp.post("/lessons/<int:lesson_id>/edit")
@allow(may_author)
def describe(lesson_id: int) -> ResponseReturnValue:
    """Save what the lesson's entry says, its knowledge points and its chapters."""
    lesson = _mine(lesson_id)
    form = details_form(lesson, sent=True)
    if not form.validate_on_submit():
        return edit_page(lesson, details=form), 422
    try:
        chapters = read_chapters(form.chapters.data or "", lesson.asset.duration_seconds)
    except Invalid as refusal:
        form.chapters.errors = [str(refusal)]
        return edit_page(lesson, details=form), 422
    with transaction():
        lesson = _mine(lesson_id)
        services.describe(
            lesson,
            details_of(form, lesson),
            changed_by_id=current_hat().person_id,
            version=version_of(form),
            now=clock.now(),
        )
        services.set_points(lesson, form.point_ids.data or [])
        services.set_chapters(lesson, chapters)
    flash(_("Saved."), "success")
    return redirect(url_for(".edit", lesson_id=lesson_id))


@bp.get("/lessons/<int:lesson_id>/state")
@allow(may_author)
def state(lesson_id: int) -> ResponseReturnValue:
    """How far the preparation of the video is; htmx asks while it goes on."""
    lesson = _mine(lesson_id)
    answer = Response(state_fragment(lesson))
    if lesson.asset.state in (MediaState.READY, MediaState.FAILED):
        answer.headers["HX-Refresh"] = "true"
    return answer


@bp.post("/lessons/<int:lesson_id>/video")
@allow(may_author)
def replace(lesson_id: int) -> ResponseReturnValue:
    """Take another video for the lesson."""
    _mine(lesson_id)
    form = UploadForm()
    try:
        upload = received_video(form)
    except Invalid as refusal:
        flash(str(refusal), "danger")
        return redirect(url_for(".edit", lesson_id=lesson_id))
    with transaction():
        asset = media.add_asset(upload, current_hat().person_id, now=clock.now())
        services.replace_video(_mine(lesson_id), asset)
        _prepare(asset)
    return redirect(url_for(".edit", lesson_id=lesson_id))


@bp.post("/lessons/<int:lesson_id>/captions")
@allow(may_author)
def attach_captions(lesson_id: int) -> ResponseReturnValue:
    """Attach captions from a file or from pasted text."""
    lesson = _mine(lesson_id)
    form = CaptionsForm()
    if not form.validate_on_submit():
        return edit_page(lesson, captions=form), 422
    text = text_of(form.file.data) if form.file.data else form.text.data or ""
    try:
        with transaction():
            services.attach_tracks(_mine(lesson_id), [services.Track(form.language.data, text)])
    except Invalid as refusal:
        form.text.data = text
        form.text.errors = [str(refusal)]
        return edit_page(_mine(lesson_id), captions=form), 422
    flash(_("The captions are attached."), "success")
    return redirect(url_for(".edit", lesson_id=lesson_id, _anchor="captions"))


@bp.post("/lessons/<int:lesson_id>/captions/<language>/remove")
@allow(may_author)
def remove_captions(lesson_id: int, language: str) -> ResponseReturnValue:
    """Take captions away."""
    with transaction():
        services.remove_track(_mine(lesson_id), language)
    return redirect(url_for(".edit", lesson_id=lesson_id, _anchor="captions"))


@bp.post("/lessons/<int:lesson_id>/checkpoints")
@allow(may_author)
def add_checkpoint(lesson_id: int) -> ResponseReturnValue:
    """Ask a question at a moment of the video."""
    lesson = _mine(lesson_id)
    form = CheckpointForm()
    if not form.validate_on_submit():
        return edit_page(lesson, checkpoint=form), 422
    try:
        moment = read_moment(form.at.data, lesson.asset.duration_seconds)
        with transaction():
            services.add_checkpoint(
                _mine(lesson_id),
                moment,
                form.item_id.data,
                author=current_hat(),
                is_required=form.required.data == "1",
            )
    except DomainError as refusal:
        wrong = form.item_id if isinstance(refusal, NoSuchItem | NotForVideos) else form.at
        wrong.errors = [str(refusal)]
        status = HTTPStatus.NOT_FOUND if isinstance(refusal, NoSuchItem) else HTTPStatus.UNPROCESSABLE_ENTITY
        return edit_page(_mine(lesson_id), checkpoint=form), status
    return redirect(url_for(".edit", lesson_id=lesson_id, _anchor="questions"))


@bp.post("/lessons/<int:lesson_id>/checkpoints/<int:checkpoint_id>/remove")
@allow(may_author)
def remove_checkpoint(lesson_id: int, checkpoint_id: int) -> ResponseReturnValue:
    """Ask it no more."""
    with transaction():
        services.remove_checkpoint(_mine(lesson_id), checkpoint_id)
    return redirect(url_for(".edit", lesson_id=lesson_id, _anchor="questions"))


@bp.post("/lessons/<int:lesson_id>/publish")
@allow(may_author)
def release(lesson_id: int) -> ResponseReturnValue:
    """Let others see the lesson: what is for the school, once somebody else has looked at it."""
    with transaction():
        lesson = _mine(lesson_id)
        is_shared = lesson.resource.tier is not Tier.PERSONAL
        if is_shared:
            services.submit(lesson, current_hat(), now=clock.now())
        else:
            services.release(lesson, now=clock.now())
    if is_shared:
        flash(
            _("The lesson is submitted. Your pupils see it when somebody else has looked at it."), "success"
        )
    else:
        flash(_("The lesson is published."), "success")
    return redirect(url_for(".show", lesson_id=lesson_id))


@bp.post("/lessons/<int:lesson_id>/withdraw")
@allow(may_author)
def withdraw(lesson_id: int) -> ResponseReturnValue:
    """Hide the lesson from others; those who have it are owed a reason."""
    lesson = _mine(lesson_id)
    if lesson.resource.tier is not Tier.PERSONAL:
        return redirect(url_for("review.withdrawal", resource_id=lesson.resource_id))
    with transaction():
        services.withdraw(_mine(lesson_id), now=clock.now())
    flash(_("Only you see the lesson now."), "info")
    return redirect(url_for(".edit", lesson_id=lesson_id))


# What the views need


def _visible(lesson_id: int) -> MicroLesson:
    lesson: MicroLesson = find(queries.openable_by(current_hat()).where(MicroLesson.id == lesson_id))
    return lesson


def _mine(lesson_id: int) -> MicroLesson:
    lesson: MicroLesson = find(queries.made_by(current_hat()).where(MicroLesson.id == lesson_id))
    return lesson


def _prepare(asset: MediaAsset) -> None:
    jobs.enqueue(transcode, key=f"media.transcode:{asset.id}", arguments={"asset_id": asset.id})
