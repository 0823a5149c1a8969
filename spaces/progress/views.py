"""A pupil's page and a class's page."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from accounts.classes.models import SchoolClass
from accounts.classes.queries import students_visible_to
from accounts.people.models import Person
from accounts.people.policy import is_student
from accounts.sign_in.current import current_hat
from core import clock
from core.access import allow, find
from core.clock import school_day
from core.database import transaction
from spaces.progress import policy, queries, services, words
from spaces.progress.forms import ReasonForm

bp = Blueprint("progress", __name__)
classes = Blueprint("class_progress", __name__)


@bp.record_once
def _give_words(state: object) -> None:
    """Let every template of this package say levels, states and days the same way."""
    globals_ = state.app.jinja_env.globals  # type: ignore[attr-defined] # Flask's setup state, untyped here
    globals_.update(
        levels=words.LEVELS,
        homework_states=words.STATES,
        readiness_words=words.READINESS,
        dated=words.dated,
        week_chart=words.week_chart,
        school_day=school_day,
        today=lambda: school_day(clock.now()),
    )


@bp.get("/progress")
@allow(is_student)
def mine() -> ResponseReturnValue:
    """The pupil's own page."""
    return redirect(url_for(".show", student_id=current_hat().person_id))


@bp.get("/students/<int:student_id>")
@allow(policy.may_read_progress)
def show(student_id: int) -> ResponseReturnValue:
    """A pupil's page; an administrator is asked for a reason first."""
    student = _student(student_id)
    if policy.may_read_with_reason(current_hat()):
        return render_template("spaces/progress/reason.html", student=student, form=ReasonForm())
    return _page(student)


@bp.post("/students/<int:student_id>")
@allow(policy.may_read_with_reason)
def show_with_reason(student_id: int) -> ResponseReturnValue:
    """The pupil's page for an administrator, whose reason is written down."""
    student = _student(student_id)
    form = ReasonForm()
    if not form.validate_on_submit():
        return render_template("spaces/progress/reason.html", student=student, form=form), 422
    with transaction():
        services.note_reading(
            student,
            form.reason.data,
            by=current_hat(),
            now=clock.now(),
            address=request.remote_addr or "",
        )
    return _page(student)


@classes.get("/classes")
@allow(policy.may_read_class)
def index() -> ResponseReturnValue:
    """The classes that one may read."""
    return render_template("spaces/progress/classes.html", classes=queries.staff_classes(current_hat()))


@classes.get("/classes/<int:class_id>", endpoint="show")
@allow(policy.may_read_class)
def show_class(class_id: int) -> ResponseReturnValue:
    """A class's week."""
    found = find(queries.classes_of_staff(current_hat()).where(SchoolClass.id == class_id))
    return render_template(
        "spaces/progress/class.html",
        progress=queries.class_progress(found, clock.now()),
        school_class=found,
    )


def _student(student_id: int) -> Person:
    student: Person = find(students_visible_to(current_hat()).where(Person.id == student_id))
    return student


def _page(student: Person) -> ResponseReturnValue:
    return render_template(
        "spaces/progress/student.html",
        student=student,
        progress=queries.progress_of(student, clock.now()),
    )
