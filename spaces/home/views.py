"""Home: each role's own page, and the strip of what is still loading."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from accounts.people.models import Hat, Role
from accounts.sign_in.current import current_hat
from core import clock
from core.access import allow, anyone_signed_in
from core.clock import school_day
from core.database import db
from core.i18n import lazy
from core.jobs.queries import visible_progress
from spaces.home import queries
from spaces.indicators import queries as indicators
from spaces.indicators import sheet

bp = Blueprint("home", __name__)
GREETINGS = {
    "night": lazy("It is late, %(name)s"),
    "morning": lazy("Good morning, %(name)s"),
    "afternoon": lazy("Good afternoon, %(name)s"),
    "evening": lazy("Good evening, %(name)s"),
}


@bp.get("/")
@allow(anyone_signed_in)
def index() -> ResponseReturnValue:
    """The space of whoever is signed in, in the role that is worn."""
    hat = current_hat()
    greeting = GREETINGS[queries.greeting_part(clock.now())]
    return _PAGES[hat.role](hat, greeting=greeting, jobs=_jobs())


@bp.get("/background")
@allow(anyone_signed_in)
def background() -> ResponseReturnValue:
    """What is still loading, as a fragment that asks again while there is something."""
    return render_template("spaces/home/background.html", jobs=_jobs())


def _student(hat: Hat, **page: object) -> ResponseReturnValue:
    found = queries.student_home(hat, clock.now())
    return render_template("spaces/home/student.html", home=found, **page)


def _teacher(hat: Hat, **page: object) -> ResponseReturnValue:
    found = queries.teacher_home(hat, clock.now())
    return render_template("spaces/home/teacher.html", home=found, **page)


def _guardian(hat: Hat, **page: object) -> ResponseReturnValue:
    found = queries.guardian_home(hat, request.args.get("child", type=int), clock.now())
    return render_template("spaces/home/guardian.html", home=found, **page)


def _administrator(hat: Hat, **page: object) -> ResponseReturnValue:
    report = indicators.report(hat.organisation, school_day(clock.now()))
    return render_template(
        "spaces/home/administrator.html", report=report, columns=sheet.column_names(), **page
    )


_PAGES = {
    Role.STUDENT: _student,
    Role.TEACHER: _teacher,
    Role.GUARDIAN: _guardian,
    Role.ADMINISTRATOR: _administrator,
}


def _jobs() -> list[object]:
    return list(db.session.scalars(visible_progress().limit(5)))
