"""Take resources out: the library as JSON Lines, a collection as a Common Cartridge."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from accounts.sign_in.current import current_hat
from core import clock
from core.access import allow, find
from core.database import transaction
from core.downloads import name_for_file
from core.errors import NotFound
from core.files import files
from core.i18n import DEFAULT_LANGUAGE, _, is_chinese
from core.jobs.queries import progress_of
from core.jobs.services import enqueue
from core.paging import newest_first
from library.collections.models import Collection
from library.collections.queries import visible_to
from library.exports import queries, services
from library.exports.errors import FileForgotten
from library.exports.forms import LibraryExportForm
from library.exports.models import ExportForm, ExportState, LibraryExport
from library.exports.policy import export_tiers, may_export_collection, may_export_library
from library.exports.tasks import make
from library.exports.words import reason_in_words
from library.resources.models import Tier
from library.resources.words import tier_name

bp = Blueprint("exports", __name__)
MEDIA_TYPES = {ExportForm.LINES: "application/gzip", ExportForm.CARTRIDGE: "application/zip"}


@bp.get("/library/exports")
@allow(may_export_library)
def index() -> ResponseReturnValue:
    """What can be taken out, and what was before."""
    return _index_page(_form())


@bp.post("/library/exports")
@allow(may_export_library)
def order() -> ResponseReturnValue:
    """Order a file of the library."""
    form = _form()
    if not form.validate_on_submit():
        return _index_page(form), 422
    with transaction():
        made = services.order_library(current_hat(), form.chosen(), language=_language(), now=clock.now())
        enqueue(make, arguments={"export_id": made.id})
        export_id = made.id
    return redirect(url_for(".show", export_id=export_id))


@bp.post("/library/collections/<int:collection_id>/export")
@allow(may_export_collection)
def of_collection(collection_id: int) -> ResponseReturnValue:
    """Order a Common Cartridge of a collection."""
    hat = current_hat()
    with transaction():
        collection: Collection = find(visible_to(hat).where(Collection.id == collection_id))
        made = services.order_collection(hat, collection, language=_language(), now=clock.now())
        enqueue(make, arguments={"export_id": made.id})
        export_id = made.id
    return redirect(url_for(".show", export_id=export_id))


@bp.get("/library/exports/<int:export_id>")
@allow(may_export_collection)
def show(export_id: int) -> ResponseReturnValue:
    """How far a file is, and what stays out of it; its script looks again while it is made."""
    found = _found(export_id)
    waiting = found.state is ExportState.WAITING
    done, total = progress_of(make.name, export_id=found.id) if waiting else (0, 0)
    return render_template(
        "library/exports/show.html",
        order=found,
        name=_name(found),
        tiers=[tier_name(Tier(one)) for one in found.tiers],
        done=done,
        total=total,
        reason_in_words=reason_in_words,
    )


@bp.get("/library/exports/<int:export_id>/file")
@allow(may_export_collection)
def file(export_id: int) -> ResponseReturnValue:
    """The file itself."""
    found = _found(export_id)
    return _sent(found, found.file_sha256, _name(found), MEDIA_TYPES[found.form])


@bp.get("/library/exports/<int:export_id>/left-out")
@allow(may_export_collection)
def left_out(export_id: int) -> ResponseReturnValue:
    """A line for each resource that stays, as JSON Lines."""
    found = _found(export_id)
    return _sent(found, found.report_sha256, f"left-out-{found.id}.jsonl", "application/jsonl")


def _sent(found: LibraryExport, sha256: str | None, name: str, media_type: str) -> ResponseReturnValue:
    if found.state is ExportState.FORGOTTEN:
        raise FileForgotten
    if found.state is not ExportState.DONE or sha256 is None:
        raise NotFound
    try:
        path = files().path(sha256)
    except FileNotFoundError as error:
        raise FileForgotten from error
    answer = send_file(
        path, mimetype=media_type, as_attachment=True, download_name=name, conditional=True, etag=sha256
    )
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer


def _name(found: LibraryExport) -> str:
    """What the file is called: the collection's title, or the tiers, and the day."""
    day = found.ordered_at.date().isoformat()
    if found.form is ExportForm.LINES:
        return f"library-{'-'.join(found.tiers)}-{day}.jsonl.gz"
    return f"{name_for_file(found.title) or 'collection'}.imscc"


def _found(export_id: int) -> LibraryExport:
    found: LibraryExport = find(queries.exports_of(current_hat()).where(LibraryExport.id == export_id))
    return found


def _language() -> str:
    return DEFAULT_LANGUAGE if is_chinese() else "en"


def _form() -> LibraryExportForm:
    form = LibraryExportForm()
    form.offer(export_tiers(current_hat()))
    return form


def _index_page(form: LibraryExportForm) -> str:
    shown: dict[str, Any] = {
        "page": newest_first(queries.exports_of(current_hat()), LibraryExport.id, request.args.get("cursor")),
        "names_of": lambda one: _(", ").join(tier_name(Tier(name)) for name in one.tiers),
    }
    return render_template("library/exports/index.html", form=form, **shown)
