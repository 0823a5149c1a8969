"""Coverage figures, from the city down to the rows."""

from datetime import date, timedelta

from flask import Blueprint, Response, current_app, render_template, request, stream_with_context
from flask.typing import ResponseReturnValue

from accounts.classes.models import SchoolClass
from accounts.organisations.models import Organisation, OrganisationKind
from accounts.sign_in.current import current_hat
from core import clock
from core.access import allow, find
from core.database import db
from core.errors import NotFound
from spaces.indicators import policy, queries, sheet
from spaces.indicators.coverage import Window
from spaces.indicators.listing import Reader, every_page, listing
from spaces.indicators.models import Figure
from spaces.indicators.rows import CLASSES, RESOURCES, SPACES, Counted, Scope

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


@bp.get("/rows/<figure>")
@allow(policy.may_read_figures)
def rows(figure: str) -> ResponseReturnValue:
    """The rows that a figure counts, of an organisation or of one class."""
    counted, reader = _counted(figure), _reader()
    scope = reader.scope
    report = queries.report(scope.organisation, scope.window.last)
    return render_template(
        "spaces/indicators/rows.html",
        counted=counted,
        scope=scope,
        place=scope.school_class or scope.organisation,
        title=sheet.figure_name(counted),
        figure=report.figure(counted, scope.school_class),
        siblings=[
            (one, sheet.figure_name(one), report.figure(one, scope.school_class))
            for one in _siblings(counted)
        ],
        parts=_parts(report, counted) if scope.school_class is None else [],
        listing=listing(reader, counted, request.args.get("cursor")),
        reads_names=reader.reads_names,
        is_of_the_window=counted not in RESOURCES,
    )


@bp.get("/rows/<figure>/sheet.csv")
@allow(policy.may_read_figures)
def download_rows(figure: str) -> ResponseReturnValue:
    """The same rows as CSV, all of them."""
    counted, reader = _counted(figure), _reader()
    scope = reader.scope
    place = scope.school_class or scope.organisation
    name = f"{counted.value}-{place.code}-{scope.window.last}.csv"
    return Response(
        stream_with_context(sheet.csv_of_rows(every_page(reader, counted))),
        mimetype="text/csv",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _counted(figure: str) -> Counted:
    try:
        return Counted(figure)
    except ValueError as error:
        raise NotFound from error


def _reader() -> Reader:
    hat = current_hat()
    window = Window.ending_on(_last_day())
    class_id = request.args.get("class_id", type=int)
    if class_id is None:
        return Reader(hat, Scope(_organisation(), window), current_app.config["SECRET_KEY"])
    school_class: SchoolClass = find(queries.classes_visible_to(hat).where(SchoolClass.id == class_id))
    scope = Scope(school_class.school, window, school_class)
    return Reader(hat, scope, current_app.config["SECRET_KEY"])


def _siblings(counted: Counted) -> tuple[Counted, ...]:
    """The figures beside this one: the depths of the same spaces, or the other of a pair."""
    return next((one for one in (*SPACES.values(), CLASSES, RESOURCES) if counted in one), ())


def _parts(report: queries.Report, counted: Counted) -> list[tuple[queries.Unit, int]]:
    """Where the rows are, one floor below; nothing where all stand on this one."""
    is_row_itself = counted in CLASSES and report.organisation.kind is OrganisationKind.SCHOOL
    if counted is Counted.SHARED_RESOURCES or is_row_itself:
        return []
    found = ((part, int(getattr(part.counts, counted.value))) for part in report.parts)
    return [(part, figure) for part, figure in found if figure]


def _report() -> queries.Report:
    return queries.report(_organisation(), _last_day())


def _organisation() -> Organisation:
    hat = current_hat()
    asked = request.args.get("organisation", hat.organisation_id, type=int)
    organisation: Organisation = find(queries.organisations_visible_to(hat).where(Organisation.id == asked))
    return organisation


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
