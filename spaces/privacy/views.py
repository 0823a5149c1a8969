"""What suggestions use of a pupil, and the switch."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from accounts.classes.queries import students_visible_to
from accounts.guardians import policy as consents
from accounts.guardians.queries import children_of
from accounts.people.models import Person
from accounts.sign_in.current import current_hat
from core import clock
from core.access import allow, find
from core.clock import school_day
from core.database import db, transaction
from core.i18n import _
from core.jobs.services import enqueue
from recommender.recommendations.tasks import refresh
from spaces.privacy import policy, queries, services
from spaces.privacy.forms import DecisionForm

bp = Blueprint("privacy", __name__, url_prefix="/privacy")


@bp.get("")
@allow(policy.may_see_use)
def index() -> ResponseReturnValue:
    """One's own page, or that of the only child; a choice where there are several."""
    hat = current_hat()
    if hat.is_student:
        return redirect(url_for(".show", student_id=hat.person_id))
    children = list(db.session.scalars(children_of(hat)))
    if len(children) == 1:
        return redirect(url_for(".show", student_id=children[0].id))
    return render_template("spaces/privacy/children.html", children=children)


@bp.get("/<int:student_id>")
@allow(policy.may_see_use)
def show(student_id: int) -> ResponseReturnValue:
    """What is used, whether it is on, and every decision so far."""
    return _page(_student(student_id))


@bp.post("/<int:student_id>")
@allow(policy.may_see_use)
def decide(student_id: int) -> ResponseReturnValue:
    """Switch suggestions from the pupil's data on or off."""
    form = DecisionForm()
    if not form.validate_on_submit():
        return _page(_student(student_id)), 422
    now = clock.now()
    with transaction():
        services.decide(
            _student(student_id),
            is_granted=form.is_granted,
            by=current_hat(),
            now=now,
            address=request.remote_addr or "",
        )
        if form.is_granted:
            enqueue(refresh, key=f"recommender.refresh:{student_id}", arguments={"person_id": student_id})
    flash(
        _("Personal suggestions are on. They appear within a minute.")
        if form.is_granted
        else _("Personal suggestions are off, and what was made for them is deleted."),
        "success",
    )
    return redirect(url_for(".show", student_id=student_id))


def _student(student_id: int) -> Person:
    student: Person = find(students_visible_to(current_hat()).where(Person.id == student_id))
    return student


def _page(student: Person) -> str:
    hat, today = current_hat(), school_day(clock.now())
    return render_template(
        "spaces/privacy/show.html",
        student=student,
        use=queries.use_of(student, today),
        decisions=db.session.execute(queries.decisions(student.id)).all(),
        may_switch={
            wanted: consents.may_decide(
                hat, student, is_linked=hat.is_guardian, is_granted=wanted, today=today
            )
            for wanted in (True, False)
        },
    )
