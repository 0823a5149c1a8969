"""Report a fault, follow it, and mend it."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import Select
from sqlalchemy.orm import joinedload

from accounts.sign_in.current import current_hat
from core import clock
from core.access import allow, find
from core.database import transaction
from core.errors import DomainError
from core.i18n import _
from core.paging import newest_first
from library.faults import queries, services
from library.faults.forms import AnswerForm, ReportForm
from library.faults.models import FaultKind, FaultReport, FaultState
from library.faults.policy import may_mend, may_report
from library.resources.models import Resource
from library.resources.queries import openable_by

bp = Blueprint("faults", __name__)


@bp.get("/library/<int:resource_id>/faults/new")
@allow(may_report)
def new(resource_id: int) -> ResponseReturnValue:
    """The form of a report."""
    form = ReportForm(formdata=None)
    form.kind.data = request.args.get("kind") or None
    return _report_page(_seen(resource_id), form)


@bp.post("/library/<int:resource_id>/faults/new")
@allow(may_report)
def report(resource_id: int) -> ResponseReturnValue:
    """Send a report, unless a number that leads to a person stands in it."""
    resource, form = _seen(resource_id), ReportForm()
    if not form.validate_on_submit():
        return _report_page(resource, form), 422
    try:
        with transaction():
            services.report(
                _seen(resource_id).id,
                current_hat(),
                FaultKind(form.kind.data),
                form.text.data,
                now=clock.now(),
            )
    except DomainError as refusal:
        return _report_page(_seen(resource_id), form, str(refusal)), 422
    flash(_("Thank you. Those who answer for this resource read it; their answer stands here."), "success")
    return redirect(url_for("resources.show", resource_id=resource_id))


@bp.get("/library/faults/mine")
@allow(may_report)
def mine() -> ResponseReturnValue:
    """What I reported, with the answers."""
    reports = queries.reported_by(current_hat()).options(joinedload(FaultReport.resource))
    return render_template(
        "library/faults/mine.html",
        page=newest_first(reports, FaultReport.id, request.args.get("cursor")),
    )


@bp.get("/library/faults")
@allow(may_mend)
def index() -> ResponseReturnValue:
    """Reports about what I answer for: open ones, or all."""
    hat, is_all = current_hat(), request.args.get("all") == "1"
    shown = queries.for_mending(hat) if is_all else queries.open_for_mending(hat)
    kind = request.args.get("kind", "")
    if kind in set(FaultKind):
        shown = shown.where(FaultReport.kind == kind)
    return _list(shown, is_all=is_all, kind=kind)


@bp.post("/library/faults/<int:report_id>")
@allow(may_mend)
def answer(report_id: int) -> ResponseReturnValue:
    """Close a report with an answer."""
    form = AnswerForm(prefix=f"report-{report_id}")
    refusal = ""
    if form.validate_on_submit():
        try:
            with transaction():
                told: FaultReport = find(
                    queries.for_mending(current_hat()).where(FaultReport.id == report_id)
                )
                services.answer(
                    told, current_hat(), FaultState(form.state.data), form.answer.data, now=clock.now()
                )
        except DomainError as error:
            refusal = str(error)
        else:
            flash(_("Answered."), "success")
            return redirect(url_for(".index"))
    find(queries.for_mending(current_hat()).where(FaultReport.id == report_id))
    return _list(queries.open_for_mending(current_hat()), form=form, form_of=report_id, refusal=refusal), 422


def _list(shown: Select[FaultReport], **more: object) -> str:
    page = newest_first(
        shown.options(joinedload(FaultReport.resource)),
        FaultReport.id,
        request.args.get("cursor"),
    )
    forms = {one.id: AnswerForm(formdata=None, prefix=f"report-{one.id}") for one in page.rows}
    if isinstance(number := more.get("form_of"), int):
        forms[number] = more["form"]  # type: ignore[assignment] # an AnswerForm
    values: dict[str, object] = {"is_all": False, "kind": "", "refusal": "", "form_of": None}
    return render_template(
        "library/faults/index.html",
        page=page,
        forms=forms,
        kinds=list(FaultKind),
        **(values | more),
    )


def _seen(resource_id: int) -> Resource:
    resource: Resource = find(openable_by(current_hat()).where(Resource.id == resource_id))
    return resource


def _report_page(resource: Resource, form: ReportForm, refusal: str = "") -> str:
    return render_template("library/faults/new.html", resource=resource, form=form, refusal=refusal)
