"""The page on which a teacher makes an exception for one pupil."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import joinedload

from accounts.people.models import Person
from accounts.sign_in.current import current_hat
from core import clock
from core.access import allow, find
from core.clock import SCHOOL_ZONE
from core.database import db, transaction
from core.errors import Invalid
from core.i18n import _
from homework.assignments import policy
from homework.assignments import queries as assignments
from homework.assignments.errors import NoException, ReasonNeeded, TooFarAhead
from homework.assignments.models import Assignment, AssignmentException
from homework.exceptions import services
from homework.marking.progress import pupils_of
from homework.planning.typed import LOCAL, read_moment

bp = Blueprint("exceptions", __name__, url_prefix="/assignments/<int:assignment_id>/exceptions")
LONGEST_REASON = 300


@bp.get("/<int:student_id>")
@allow(policy.may_assign)
def edit(assignment_id: int, student_id: int) -> ResponseReturnValue:
    """What holds for the pupil, to be changed."""
    return _page(_assignment(assignment_id), _pupil(assignment_id, student_id))


@bp.post("/<int:student_id>")
@allow(policy.may_assign)
def make(assignment_id: int, student_id: int) -> ResponseReturnValue:
    """Make the exception."""
    hat, now = current_hat(), clock.now()
    try:
        with transaction():
            services.except_pupil(_assignment(assignment_id), hat, _wish(student_id), now=now)
    except Invalid as refusal:
        return _page(_assignment(assignment_id), _pupil(assignment_id, student_id), refusal), 422
    flash(_("The exception is made. The pupil and her guardians see it, and nobody else."), "success")
    return redirect(url_for("assignments.show", assignment_id=assignment_id), 303)


@bp.post("/<int:student_id>/end")
@allow(policy.may_assign)
def end(assignment_id: int, student_id: int) -> ResponseReturnValue:
    """Let what holds for all hold for the pupil again."""
    hat, now = current_hat(), clock.now()
    with transaction():
        assignment, pupil = _assignment(assignment_id), _pupil(assignment_id, student_id)
        exception: AssignmentException = find(assignments.exception_of(assignment.id, pupil.id))
        services.end_exception(assignment, hat, exception, now=now)
    flash(_("The exception is taken back."), "success")
    return redirect(url_for("assignments.show", assignment_id=assignment_id), 303)


def _assignment(assignment_id: int) -> Assignment:
    query = assignments.taught_by(current_hat()).where(Assignment.id == assignment_id)
    found: Assignment = find(query.options(joinedload(Assignment.subject)))
    return found


def _pupil(assignment_id: int, student_id: int) -> Person:
    owing = pupils_of(assignment_id, current_hat()).where(Person.id == student_id)
    found: Person = find(owing.with_only_columns(Person).order_by(None).distinct())
    return found


def _wish(student_id: int) -> services.Wish:
    form = request.form
    return services.Wish(
        student_id=student_id,
        is_excused=form.get("what") == "excused",
        due_at=read_moment(form.get("due_at", "")) if form.get("what") != "excused" else None,
        reason=form.get("reason", "")[:LONGEST_REASON],
    )


def _field_of(refusal: Invalid | None) -> str | None:
    """The field that the refusal is about."""
    if isinstance(refusal, NoException | TooFarAhead):
        return "due_at"
    return "reason" if isinstance(refusal, ReasonNeeded) else None


def _page(assignment: Assignment, pupil: Person, refusal: Invalid | None = None) -> str:
    exception = db.session.scalar(assignments.exception_of(assignment.id, pupil.id))
    due_at = assignments.times_of(assignment, exception).due_at.astimezone(SCHOOL_ZONE)
    typed = request.form
    return render_template(
        "homework/exceptions/edit.html",
        assignment=assignment,
        pupil=pupil,
        exception=exception,
        what=typed.get("what", "excused" if exception and exception.is_excused else "later"),
        due_at=typed.get("due_at", f"{due_at:{LOCAL}}"),
        reason=typed.get("reason", exception.reason if exception else ""),
        refusal=refusal,
        told_at=_field_of(refusal),
        longest=LONGEST_REASON,
    )
