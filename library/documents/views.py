"""Add files to the school's collection, and hand them out."""

import mimetypes
import re
from pathlib import PurePath

from flask import (
    Blueprint,
    Response,
    current_app,
    flash,
    redirect,
    render_template,
    send_file,
    send_from_directory,
    url_for,
)
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from wtforms.fields.choices import SelectChoice

from accounts.classes.grades import GRADES
from accounts.sign_in.current import current_hat
from core import clock
from core.access import allow, anyone_signed_in, find
from core.database import db, transaction
from core.errors import Invalid, NotFound, TooLarge
from core.files import files
from core.i18n import _, localized
from core.jobs import services as jobs
from library.curriculum.models import Subject
from library.documents import queries, services
from library.documents.errors import NoFile
from library.documents.formats import ENDINGS, LARGEST
from library.documents.forms import FileForm, ReplacementForm
from library.documents.preview import preview_of
from library.documents.tasks import read_document
from library.media import uploads
from library.media.keeping import forget_content
from library.media.models import MediaAsset, MediaKind, MediaState
from library.media.renditions import TYPES
from library.media.services import asset_folder
from library.media.tasks import transcode, transcode_sound
from library.media.transcoding import RECORDING
from library.resources.models import Resource
from library.resources.policy import may_write
from library.resources.queries import edited_by, own_grades, visible_to
from library.resources.words import grade_name

bp = Blueprint("documents", __name__)

MOST_PRINTED = 200
"""Pages on the page for printing: who wants more prints the file."""
LONGEST_NAME = 80


@bp.get("/library/ours/upload")
@allow(may_write)
def new() -> ResponseReturnValue:
    """Ask for a file."""
    form = _form()
    form.grade_from.data = form.grade_to.data = db.session.scalar(own_grades(current_hat())) or GRADES[0]
    return _new_page(form)


@bp.post("/library/ours/upload")
@allow(may_write)
def create() -> ResponseReturnValue:
    """Take a file in as a draft, and begin to read it."""
    form = _form()
    if not form.validate_on_submit():
        return _new_page(form), 422
    hat = current_hat()
    try:
        received = _received(form)
        with transaction():
            asset = services.add(
                received,
                form.wording(received.about),
                author=hat,
                quota_mb=current_app.config["PERSON_UPLOADS_MB"],
                now=clock.now(),
            )
            _prepare(asset)
            resource_id = db.session.scalars(queries.resources_with(asset.id)).one()
    except (Invalid, TooLarge) as refusal:
        form.file.errors = [str(refusal)]
        return _new_page(form), 422
    flash(_("The file is here, as a draft. You can describe it while it is being read."), "success")
    return redirect(url_for("resources.edit", resource_id=resource_id))


@bp.post("/library/<int:resource_id>/file/replace")
@allow(may_write)
def replace(resource_id: int) -> ResponseReturnValue:
    """Put another file in the place of one that failed."""
    form, hat = ReplacementForm(), current_hat()
    find(queries.own_drafts_of(hat).where(Resource.id == resource_id))
    back = redirect(url_for("resources.edit", resource_id=resource_id))
    if not form.validate_on_submit() or not form.file.data:
        flash(str(NoFile()), "danger")
        return back
    try:
        name = PurePath((form.file.data.filename or "").replace("\\", "/")).name
        received = services.receive(form.file.data.stream, name)
        with transaction():
            resource = find(queries.own_drafts_of(hat).where(Resource.id == resource_id))
            quota_mb = current_app.config["PERSON_UPLOADS_MB"]
            asset = services.replace(resource, received, author=hat, quota_mb=quota_mb, now=clock.now())
            _prepare(asset)
    except (Invalid, TooLarge) as refusal:
        flash(str(refusal), "danger")
        return back
    flash(_("The new file is here and is being read."), "success")
    return back


@bp.post("/library/<int:resource_id>/file/discard")
@allow(may_write)
def discard(resource_id: int) -> ResponseReturnValue:
    """Delete the draft of a file that failed."""
    with transaction():
        resource = find(queries.own_drafts_of(current_hat()).where(Resource.id == resource_id))
        content = services.discard(resource)
    forget_content(content)
    flash(_("The draft and its file are deleted."), "success")
    return redirect(url_for("resources.ours"))


@bp.get("/library/<int:resource_id>/file/state")
@allow(may_write)
def state(resource_id: int) -> ResponseReturnValue:
    """How far the file is; htmx asks while it is being read."""
    resource = find(edited_by(current_hat()).where(Resource.id == resource_id))
    preview = preview_of(resource)
    if preview is None:
        raise NotFound
    return render_template("library/documents/state.html", resource=resource, preview=preview)


@bp.get("/library/<int:resource_id>/file")
@allow(anyone_signed_in)
def file(resource_id: int) -> ResponseReturnValue:
    """The file itself, whole or in part (Range), to keep; never shown by the browser as a page of ours."""
    resource, asset = _shown(resource_id)
    if asset.kind not in (MediaKind.DOCUMENT, MediaKind.PICTURE):
        raise NotFound
    answer = send_file(
        files().path(asset.source_sha256),
        mimetype=asset.media_type,
        as_attachment=True,
        download_name=_safe_name(resource.title, asset.media_type),
        conditional=True,
        etag=asset.source_sha256,
    )
    return _guarded(answer)


@bp.get("/library/<int:resource_id>/picture.jpg")
@allow(anyone_signed_in)
def picture(resource_id: int) -> ResponseReturnValue:
    """A picture of the library, to look at."""
    asset = _shown(resource_id)[1]
    if asset.kind is not MediaKind.PICTURE:
        raise NotFound
    return _guarded(
        send_file(
            files().path(asset.source_sha256),
            mimetype=asset.media_type,
            conditional=True,
            etag=asset.source_sha256,
        )
    )


@bp.get("/library/<int:resource_id>/sound.m4a")
@allow(anyone_signed_in)
def sound(resource_id: int) -> ResponseReturnValue:
    """A recording, whole or in part (Range)."""
    asset = _shown(resource_id)[1]
    if asset.kind is not MediaKind.AUDIO or asset.state is not MediaState.READY:
        raise NotFound
    answer = send_file(
        asset_folder(asset.id) / RECORDING,
        mimetype="audio/mp4",
        conditional=True,
        etag=f"{asset.source_sha256}-sound",
    )
    return _guarded(answer)


@bp.get("/library/<int:resource_id>/video/<path:name>")
@allow(anyone_signed_in)
def video(resource_id: int, name: str) -> ResponseReturnValue:
    """A playlist, segment or picture of a video; they name each other relatively."""
    asset = _shown(resource_id)[1]
    suffix = name[name.rfind(".") :]
    if asset.kind is not MediaKind.VIDEO or asset.state is not MediaState.READY or suffix not in TYPES:
        raise NotFound
    folder = asset_folder(asset.id)
    return _guarded(send_from_directory(folder, name, mimetype=TYPES[suffix], conditional=True, etag=True))


@bp.get("/library/<int:resource_id>/pages/<int:number>.jpg")
@allow(anyone_signed_in)
def page(resource_id: int, number: int) -> ResponseReturnValue:
    """A page of a PDF as a picture."""
    asset = _shown(resource_id)[1]
    answer = send_file(
        services.page_picture(asset, number),
        mimetype="image/jpeg",
        conditional=True,
        etag=f"{asset.source_sha256}-{number}",
    )
    return _guarded(answer)


@bp.get("/library/<int:resource_id>/pages")
@allow(anyone_signed_in)
def pages(resource_id: int) -> ResponseReturnValue:
    """All pages of a PDF as pictures, to print or to read without a script."""
    resource, asset = _shown(resource_id)
    if asset.media_type != services.PDF or asset.state is not MediaState.READY:
        raise NotFound
    count = resource.pages or 1
    return render_template(
        "library/documents/pages.html", resource=resource, count=count, shown=min(count, MOST_PRINTED)
    )


def _shown(resource_id: int) -> tuple[Resource, MediaAsset]:
    """A resource that I may see, and its file; asked for each part: what was withdrawn is gone at once."""
    resource: Resource = find(visible_to(current_hat()).where(Resource.id == resource_id))
    return resource, find(queries.asset_of(resource_id))


def _guarded(answer: Response) -> Response:
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer


def _safe_name(title: str, media_type: str) -> str:
    """*title* as the name of a file: without what a system reads as a path, with its kind's ending."""
    ending = next(
        (one for one, promised in ENDINGS.items() if promised == media_type),
        mimetypes.guess_extension(media_type) or "",
    )
    stem = re.sub(r'[\x00-\x1f\x7f<>:"/\\|?*\u202a-\u202e\u2066-\u2069]+', " ", title).strip(" .")
    return f"{stem[:LONGEST_NAME] or 'file'}{ending}"


def _received(form: FileForm) -> services.Received:
    """The file of the form, wherever it is: in parts that came before, or in the form itself.

    Raises:
        Invalid: there is none, or it is nothing that is taken.
    """
    name = PurePath(form.name().replace("\\", "/")).name
    if form.upload_key.data:
        key, size = uploads.read_key(form.upload_key.data), form.upload_size.data or ""
        with uploads.opened(current_hat().person_id, key, int(size) if size.isdigit() else -1) as content:
            return services.receive(content, name)
    if not form.file.data:
        raise NoFile
    return services.receive(form.file.data.stream, name)


def _prepare(asset: MediaAsset) -> None:
    if asset.kind in (MediaKind.DOCUMENT, MediaKind.PACKAGE):
        jobs.enqueue(read_document, key=f"documents.read:{asset.id}", arguments={"asset_id": asset.id})
    elif asset.kind is MediaKind.AUDIO:
        jobs.enqueue(transcode_sound, key=f"media.sound:{asset.id}", arguments={"asset_id": asset.id})
    elif asset.kind is MediaKind.VIDEO:
        jobs.enqueue(transcode, key=f"media.transcode:{asset.id}", arguments={"asset_id": asset.id})


def _form() -> FileForm:
    form = FileForm()
    subjects = db.session.scalars(select(Subject).order_by(Subject.position, Subject.id))
    form.subject_id.choices = [
        SelectChoice(0, _("No subject")),
        *(SelectChoice(one.id, localized(one)) for one in subjects),
    ]
    form.grade_from.choices = form.grade_to.choices = [SelectChoice(one, grade_name(one)) for one in GRADES]
    return form


def _new_page(form: FileForm) -> str:
    return render_template(
        "library/documents/new.html",
        form=form,
        endings=",".join(ENDINGS),
        limit_mb=min(current_app.config["UPLOAD_LIMIT_MB"], max(one.megabytes for one in LARGEST.values())),
    )
