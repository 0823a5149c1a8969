"""The public ledger, its sheet, and what heads of grades read."""

from datetime import date, timedelta

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from accounts.classes.models import SchoolClass
from accounts.duties import queries as duties
from accounts.organisations.models import Organisation
from accounts.people.models import Hat
from accounts.people.policy import is_school_administrator
from accounts.sign_in.current import current_hat
from core import clock
from core.access import allow, find
from core.clock import YEARS, school_day, start_of_week
from core.database import db, transaction
from core.errors import Invalid
from core.i18n import _
from core.paging import newest_first
from homework.ledger import forms, policy, queries, sheet
from homework.ledger.errors import SchoolNeeded
from homework.ledger.week import ClassWeek
from homework.load import services
from homework.load.limits import cap_minutes
from homework.load.models import Excess
from homework.load.queries import caps_of

bp = Blueprint("ledger", __name__, url_prefix="/load")


@bp.get("")
@allow(policy.may_read_ledger)
def index() -> ResponseReturnValue:
    """A week of all classes that one may read: a school's, or a child's own."""
    hat, school = current_hat(), _school()
    if school is None and queries.needs_a_school(hat):
        return render_template(
            "homework/ledger/schools.html", schools=list(db.session.scalars(queries.schools_for(hat)))
        )
    monday = _monday()
    return render_template(
        "homework/ledger/index.html",
        weeks=_weeks(hat, monday, school),
        school=school,
        may_read_excesses=policy.may_read_excesses(hat) and _answers_for_something(hat),
        may_set_caps=is_school_administrator(hat),
        **_around(monday),
    )


@bp.get("/classes/<int:class_id>")
@allow(policy.may_read_ledger)
def show(class_id: int) -> ResponseReturnValue:
    """A week of one class: subjects by days, and the pieces of homework behind the figures."""
    hat, monday = current_hat(), _monday()
    (week,) = _weeks(hat, monday, None, class_id)
    return render_template(
        "homework/ledger/show.html",
        week=week,
        may_read_report=is_school_administrator(hat),
        **_around(monday),
    )


@bp.get("/sheet.csv")
@allow(policy.may_read_ledger)
def download() -> Response:
    """The same as CSV: all classes, or ``?class_id=`` one."""
    hat, monday = current_hat(), _monday()
    school, class_id = _school(), request.args.get("class_id", type=int)
    if queries.needs_a_school(hat) and school is None and class_id is None:
        raise SchoolNeeded
    weeks = _weeks(hat, monday, school, class_id)
    return Response(
        sheet.csv_of(weeks),
        mimetype="text/csv",
        headers={"Content-Disposition": f'attachment; filename="homework-load-{monday}.csv"'},
    )


@bp.get("/excesses")
@allow(policy.may_read_excesses)
def excesses() -> ResponseReturnValue:
    """Why classes got more than allowed, the newest first."""
    hat = current_hat()
    page = newest_first(queries.excesses_for(hat), Excess.id, request.args.get("cursor"))
    return render_template(
        "homework/ledger/excesses.html",
        rows=queries.explained(page.rows),
        next_cursor=page.next,
        heads=_answers_for_something(hat),
    )


@bp.post("/excesses/<int:excess_id>/seen")
@allow(policy.may_read_excesses)
def see(excess_id: int) -> ResponseReturnValue:
    """The head of the grade has read it."""
    hat = current_hat()
    with transaction():
        excess: Excess = find(queries.excesses_for(hat).where(Excess.id == excess_id))
        services.see(excess, hat, now=clock.now())
    return redirect(url_for(".excesses"), 303)


@bp.get("/told")
@allow(policy.may_hear_of_excesses)
def told() -> ResponseReturnValue:
    """That there is something to read: a part of the homes of heads of grades and schools."""
    number = db.session.scalar(queries.unseen_by(current_hat())) or 0
    return render_template("homework/ledger/told.html", number=number)


@bp.get("/caps")
@allow(is_school_administrator)
def caps() -> ResponseReturnValue:
    """What the school allows a day in each grade."""
    hat = current_hat()
    standing = {one.grade: one.minutes for one in db.session.scalars(caps_of([hat.organisation_id]))}
    return _caps_page({grade: str(standing.get(grade, "")) for grade in _grades(hat)})


@bp.post("/caps")
@allow(is_school_administrator)
def set_caps() -> ResponseReturnValue:
    """Set it."""
    hat = current_hat()
    grades = _grades(hat)
    try:
        with transaction():
            services.set_caps(hat, forms.read_caps(request.form, grades), now=clock.now())
    except Invalid as refusal:
        typed = {grade: request.form.get(f"cap-{grade}", "") for grade in grades}
        return _caps_page(typed, refusal), 422
    flash(_("The limits hold from now on."), "success")
    return redirect(url_for(".index"), 303)


def _caps_page(typed: dict[int, str], refusal: Invalid | None = None) -> str:
    return render_template(
        "homework/ledger/caps.html",
        typed=typed,
        laws={grade: cap_minutes(grade) for grade in typed},
        refusal=refusal,
        most=services.MOST_MINUTES,
    )


def _weeks(
    hat: Hat, monday: date, school: Organisation | None, class_id: int | None = None
) -> list[ClassWeek]:
    classes = queries.classes_for(hat, school.id if school else None)
    if class_id is not None:
        found = [find(classes.where(SchoolClass.id == class_id))]
    else:
        found = list(db.session.scalars(classes))
    return queries.weeks_of(hat, found, monday, clock.now())


def _monday() -> date:
    asked = request.args.get("week", type=date.fromisoformat)
    if asked is None or asked.year not in YEARS:
        asked = school_day(clock.now())
    return start_of_week(asked)


def _around(monday: date) -> dict[str, object]:
    return {
        "monday": monday,
        "today": school_day(clock.now()),
        "before": monday - timedelta(days=7),
        "after": monday + timedelta(days=7),
    }


def _school() -> Organisation | None:
    """The school that a district or the city looks at; their own one for those who work at a school."""
    hat = current_hat()
    if not hat.is_administrator:
        return None
    if not queries.needs_a_school(hat):
        return hat.organisation
    asked = request.args.get("school", type=int)
    if asked is None:
        return None
    found: Organisation = find(queries.schools_for(hat).where(Organisation.id == asked))
    return found


def _answers_for_something(hat: Hat) -> bool:
    return hat.is_administrator or db.session.scalar(duties.grades_headed_by(hat).limit(1)) is not None


def _grades(hat: Hat) -> list[int]:
    return list(db.session.scalars(duties.grades_of(hat.organisation_id)))
