"""Bulk import for people: look first, then import, with progress."""

import csv
import io

from flask import (
    Blueprint,
    Response,
    current_app,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from accounts.sign_in.current import current_hat
from core import clock
from core.access import allow, find
from core.database import db, transaction
from core.errors import DomainError
from core.files import files
from core.i18n import DEFAULT_LANGUAGE, _, is_chinese
from core.jobs.services import enqueue
from core.paging import newest_first
from core.spreadsheets import neutral
from library.curriculum.models import Subject, TextbookEdition
from library.interchange import queries, services, tasks
from library.interchange.columns import COLUMNS, EXAMPLES
from library.interchange.forms import OrderForm
from library.interchange.lines import form_named
from library.interchange.models import ImportOrder, OrderProblem
from library.interchange.orders import MOST_DRAFTS
from library.interchange.policy import import_tiers, lands_as_drafts, may_import
from library.interchange.workbooks import template as workbook
from library.resources.models import EndUser, Resource, ResourceKind, Tier
from library.resources.words import end_user_name, kind_name, tier_name

bp = Blueprint("imports", __name__, url_prefix="/library/imports")
MOST_SHOWN = 50
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@bp.get("")
@allow(may_import)
def index() -> ResponseReturnValue:
    """Where to put a file, and what was imported before."""
    return _index_page(_form())


@bp.post("")
@allow(may_import)
def order() -> ResponseReturnValue:
    """Keep the file and try it; nothing is imported yet."""
    form = _form()
    if not form.validate_on_submit():
        return _index_page(form), 422
    name = form.file.data.filename or ""
    try:
        written = form_named(name)
    except DomainError as refusal:
        form.file.errors = [str(refusal)]
        return _index_page(form), 422
    with form.file.data.stream as stream:
        content = files().put(stream).sha256
    with transaction():
        made = services.order(
            current_hat(),
            services.Wanted(name, written, content, Tier(form.tier.data), is_strict=form.is_strict.data),
            language=DEFAULT_LANGUAGE if is_chinese() else "en",
            now=clock.now(),
        )
        enqueue(tasks.check, arguments={"order_id": made.id})
        order_id = made.id
    return redirect(url_for(".show", order_id=order_id))


@bp.get("/<int:order_id>")
@allow(may_import)
def show(order_id: int) -> ResponseReturnValue:
    """Where an import stands; its script looks again while something runs."""
    found = _order(order_id)
    problems = db.session.scalars(queries.problems_of_order(found.id).limit(MOST_SHOWN)).all()
    return render_template(
        "library/interchange/show.html", order=found, problems=problems, tier_name=tier_name(found.tier)
    )


@bp.get("/<int:order_id>/problems.csv")
@allow(may_import)
def problems(order_id: int) -> ResponseReturnValue:
    """All lines that are not taken, as a file; no cell of it is a formula."""
    found = _order(order_id)
    columns = (OrderProblem.line, OrderProblem.field, OrderProblem.sentence)
    rows = db.session.execute(queries.problems_of_order(found.id).with_only_columns(*columns))
    table = [_csv_line([_("Line"), _("Field"), _("What is wrong")], "utf-8-sig")]
    table += [
        _csv_line([str(line), neutral(field), neutral(sentence)], "utf-8") for line, field, sentence in rows
    ]
    disposition = f'attachment; filename="import-{found.id}-problems.csv"'
    return Response(
        b"".join(table),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": disposition},
    )


def _csv_line(cells: list[str], encoding: str) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerow(cells)
    return text.getvalue().encode(encoding)


@bp.post("/<int:order_id>/carry-out")
@allow(may_import)
def carry_out(order_id: int) -> ResponseReturnValue:
    """Import what was tried, or go on with what was stopped."""
    with transaction():
        services.carry_out(_order(order_id, is_held=True))
        enqueue(tasks.carry_out, arguments={"order_id": order_id})
    return redirect(url_for(".show", order_id=order_id))


@bp.post("/<int:order_id>/stop")
@allow(may_import)
def stop(order_id: int) -> ResponseReturnValue:
    """Stop after the lines that are being taken; what is in stays in."""
    with transaction():
        services.stop(_order(order_id, is_held=True))
    return redirect(url_for(".show", order_id=order_id))


@bp.get("/template.<any(csv, xlsx):suffix>")
@allow(may_import)
def template(suffix: str) -> ResponseReturnValue:
    """A file to fill in; the workbook has the codes on its second sheet and offers them in lists."""
    rows = EXAMPLES
    if suffix == "xlsx":
        content, media_type = workbook(COLUMNS, rows, _codes(), (_("Resources"), _("Codes"))), XLSX
    else:
        lines = [list(COLUMNS), *([one.get(name, "") for name in COLUMNS] for one in rows)]
        content = b"".join(
            _csv_line(line, "utf-8-sig" if number == 0 else "utf-8") for number, line in enumerate(lines)
        )
        media_type = "text/csv; charset=utf-8"
    disposition = f'attachment; filename="resources.{suffix}"'
    return Response(content, content_type=media_type, headers={"Content-Disposition": disposition})


def _codes() -> dict[str, list[tuple[str, str]]]:
    """Codes that a column may hold, each with what it means."""
    subjects = db.session.execute(select(Subject.code, Subject.name).order_by(Subject.position, Subject.id))
    editions = db.session.execute(select(TextbookEdition.code, TextbookEdition.name))
    return {
        "kind": [(one.value, kind_name(one)) for one in ResourceKind if one is not ResourceKind.PRACTICE],
        "subject": [(row[0], row[1]) for row in subjects],
        "edition": [(row[0], row[1]) for row in editions],
        "end_user": [(one.value, end_user_name(one)) for one in EndUser],
    }


def _order(order_id: int, *, is_held: bool = False) -> ImportOrder:
    found = queries.orders_of(current_hat()).where(ImportOrder.id == order_id)
    order: ImportOrder = find(
        found.with_for_update(of=ImportOrder)
        if is_held
        else found.options(joinedload(ImportOrder.organisation))
    )
    return order


def _form() -> OrderForm:
    form = OrderForm()
    form.offer(import_tiers(current_hat()))
    return form


def _index_page(form: OrderForm) -> str:
    return render_template(
        "library/interchange/index.html",
        form=form,
        columns=COLUMNS,
        most_mb=current_app.config["MAX_CONTENT_LENGTH"] >> 20,
        page=newest_first(queries.orders_of(current_hat()), ImportOrder.id, request.args.get("cursor")),
        as_drafts=lands_as_drafts(current_hat()),
        most_drafts=MOST_DRAFTS,
        drafts=newest_first(queries.imported_drafts_of(current_hat()), Resource.id, None, MOST_SHOWN).rows,
    )
