"""Import a school's people from a file: look first, then import all or nothing."""

from typing import IO

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue

from accounts.organisations.models import Organisation
from accounts.people.policy import is_school_administrator
from accounts.roster import services, sheets, uploads
from accounts.roster.columns import CHINESE, NEEDED, Column
from accounts.roster.first_passwords import make_first_passwords
from accounts.roster.forms import ImportForm, UploadForm
from accounts.roster.plan import Plan
from accounts.roster.printing import data_address, passwords_csv
from accounts.sign_in.current import current_hat
from core import clock
from core.access import allow
from core.database import transaction
from core.errors import DomainError

bp = Blueprint("roster", __name__, url_prefix="/roster")
MOST_SHOWN = 100
TEMPLATES = {
    "csv": (sheets.template_csv, "text/csv; charset=utf-8"),
    "xlsx": (
        sheets.template_workbook,
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
}


@bp.get("")
@allow(is_school_administrator)
def index() -> ResponseReturnValue:
    """What a roster looks like, and where to put it."""
    return _upload_page(UploadForm())


@bp.get("/template.<any(csv, xlsx):suffix>")
@allow(is_school_administrator)
def template(suffix: str) -> ResponseReturnValue:
    """An example file with all columns."""
    make, media_type = TEMPLATES[suffix]
    disposition = f'attachment; filename="roster.{suffix}"'
    return Response(make(), content_type=media_type, headers={"Content-Disposition": disposition})


@bp.post("/preview")
@allow(is_school_administrator)
def preview() -> ResponseReturnValue:
    """Read the file, and say what an import would do; nothing changes yet."""
    form = UploadForm()
    if not form.validate_on_submit():
        return _upload_page(form), 422
    content = _read(form.file.data.stream)
    try:
        plan = services.preview(_school(), sheets.read_sheet(content), now=clock.now())
    except DomainError as refusal:
        form.file.errors = [str(refusal)]
        return _upload_page(form), 422
    key = "" if plan.problems else uploads.keep(_school().id, content)
    return _preview_page(plan, key), 422 if plan.problems else 200


@bp.post("/import")
@allow(is_school_administrator)
def carry_out() -> ResponseReturnValue:
    """Import the file that was looked at, and show the first passwords, once."""
    form = ImportForm()
    school_id = _school().id
    sheet = sheets.read_sheet(uploads.kept(school_id, form.key.data or ""))
    plan = services.preview(_school(), sheet, now=clock.now())
    if plan.problems:
        return _preview_page(plan, ""), 422
    first_passwords = make_first_passwords(sorted(plan.new_usernames))
    with transaction():
        plan, handouts = services.import_roster(
            _school(),
            sheet,
            first_passwords,
            by=current_hat(),
            now=clock.now(),
            address=request.remote_addr or "",
        )
    uploads.forget(school_id, form.key.data or "")
    return render_template(
        "accounts/roster/done.html",
        plan=plan,
        handouts=handouts,
        download=data_address(passwords_csv(handouts)),
    )


def _school() -> Organisation:
    return current_hat().organisation


def _read(stream: IO[bytes]) -> bytes:
    """As much as a roster may have, and one byte more, which says that it is too large."""
    return stream.read((sheets.MOST_MB << 20) + 1)


def _upload_page(form: UploadForm) -> str:
    return render_template(
        "accounts/roster/index.html",
        form=form,
        columns=[(CHINESE[column], column.value, column in NEEDED) for column in Column],
        most_lines=sheets.MOST_LINES,
        most_mb=sheets.MOST_MB,
    )


def _preview_page(plan: Plan, key: str) -> str:
    return render_template(
        "accounts/roster/preview.html",
        plan=plan,
        form=ImportForm(formdata=None, key=key),
        most_shown=MOST_SHOWN,
        chinese=CHINESE,
    )
