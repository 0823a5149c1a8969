"""Coverage figures, from the city down to the rows."""

from datetime import date, timedelta

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue

from accounts.organisations.models import Organisation, OrganisationKind
from accounts.sign_in.current import current_hat
from core import clock
from core.access import allow, find
from core.database import db
from core.paging import DEFAULT_SIZE
from learning.classroom.models import TaughtLesson
from spaces.indicators import policy, queries, sheet
from spaces.indicators.models import Figure

bp = Blueprint("indicators", __name__, url_prefix="/indicators")
HISTORY = timedelta(days=90)
"""How far back the chart of frozen figures goes."""
bp.add_app_template_filter(lambda pair: sheet.percent(*pair), "share")


@bp.get("")
@allow(policy.may_read_figures)
def show() -> ResponseReturnValue:
    """The figures of an organisation, by default one's own."""
    report = _report()
    return render_template(
        "spaces/indicators/show.html",
        report=report,
        columns=sheet.column_names(),
        above=_above(report.organisation),
        is_own_school=_is_own_school(report.organisation),
        history=db.session.scalars(
            queries.snapshots(
                report.organisation.id,
                Figure.STUDENT_SPACES,
                report.window.last - HISTORY,
                report.window.last,
            )
        ).all(),
    )


@bp.get("/figures.csv")
@allow(policy.may_read_figures)
def download() -> ResponseReturnValue:
    """The same figures as CSV."""
    report = _report()
    name = f"indicators-{report.organisation.code}-{report.window.last}.csv"
    return Response(
        sheet.csv_of(report),
        mimetype="text/csv",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@bp.get("/taught")
@allow(policy.may_read_figures)
def taught() -> ResponseReturnValue:
    """The taught lessons behind the count."""
    report = _report()
    before = request.args.get("before", type=int)
    rows = queries.taught_in(report.organisation, report.window)
    if before:
        rows = rows.where(TaughtLesson.id < before)
    found = db.session.execute(
        rows.order_by(None).order_by(TaughtLesson.id.desc()).limit(DEFAULT_SIZE + 1)
    ).all()
    return render_template(
        "spaces/indicators/taught.html",
        report=report,
        rows=found[:DEFAULT_SIZE],
        older=found[DEFAULT_SIZE - 1][0].id if len(found) > DEFAULT_SIZE else None,
    )


def _report() -> queries.Report:
    hat = current_hat()
    asked = request.args.get("organisation", hat.organisation_id, type=int)
    organisation = find(queries.organisations_visible_to(hat).where(Organisation.id == asked))
    return queries.report(organisation, _last_day())


def _last_day() -> date:
    today = clock.school_day(clock.now())
    asked = request.args.get("last", type=date.fromisoformat)
    return min(asked, today) if asked else today


def _above(organisation: Organisation) -> Organisation | None:
    if organisation.parent_id is None:
        return None
    above: Organisation | None = db.session.scalar(
        queries.organisations_visible_to(current_hat()).where(Organisation.id == organisation.parent_id)
    )
    return above


def _is_own_school(organisation: Organisation) -> bool:
    hat = current_hat()
    return organisation.kind is OrganisationKind.SCHOOL and organisation.id == hat.organisation_id
