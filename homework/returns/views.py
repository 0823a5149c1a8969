"""Take returned work back: what can be, and doing it."""

from collections.abc import Iterable

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from accounts.classes.models import SchoolClass
from accounts.people.models import Person
from accounts.sign_in.current import current_hat
from core import clock
from core.access import allow, find
from core.database import transaction
from core.i18n import _, localized, ngettext
from homework.assignments import queries as assignments
from homework.assignments.models import Assignment
from homework.returns import forms, policy, services
from homework.returns.errors import NotReturnedNow, UnknownReturn
from homework.returns.offers import offer_of_one, offers_of
from homework.returns.services import TakenBack
from homework.submissions import queries as submissions
from homework.submissions.models import Submission

bp = Blueprint("returns", __name__)


@bp.get("/assignments/<int:assignment_id>/return/undo")
@allow(policy.may_take_back)
def index(assignment_id: int) -> ResponseReturnValue:
    """What of the work can be taken back: a fragment. ``?place=desk`` leads back to the marking page."""
    assignment = _assignment(assignment_id)
    offers = offers_of(assignment.id, current_hat())
    return render_template(
        "homework/returns/index.html", assignment=assignment, offers=offers, place=request.args.get("place")
    )


@bp.post("/assignments/<int:assignment_id>/return/undo")
@allow(policy.may_take_back)
def take_back(assignment_id: int) -> ResponseReturnValue:
    """Take back one action (``at``, ``by``), or what a class had back by then (``at``, ``class_id``)."""
    hat, which = current_hat(), forms.read_which(request.form)
    page = "marking.show" if request.form.get("place") == "desk" else "assignments.show"
    back = redirect(url_for(page, assignment_id=assignment_id), 303)
    try:
        with transaction():
            assignment = _assignment(assignment_id)
            if which.class_id is not None:
                find(assignments.classes_given(assignment.id, hat).where(SchoolClass.id == which.class_id))
            said = _said(services.take_back(assignment.id, hat, which, now=clock.now()))
    except NotReturnedNow as refusal:
        said = [(str(refusal), "warning")]
    _flash(said)
    return back


@bp.get("/submissions/<int:submission_id>/return/undo")
@allow(policy.may_take_back)
def one(submission_id: int) -> ResponseReturnValue:
    """The button that takes one pupil's work back, where that can be done: a fragment."""
    submission = _submission(submission_id)
    return render_template(
        "homework/returns/one.html", submission=submission, offer=offer_of_one(submission, current_hat())
    )


@bp.post("/submissions/<int:submission_id>/return/undo")
@allow(policy.may_take_back)
def take_one_back(submission_id: int) -> ResponseReturnValue:
    """Take one pupil's work back that was returned at the moment ``at``."""
    hat, at = current_hat(), forms.read_moment(request.form.get("at", ""))
    if at is None:
        raise UnknownReturn
    try:
        with transaction():
            said = _said(services.take_one_back(_submission(submission_id), hat, at=at, now=clock.now()))
    except NotReturnedNow as refusal:
        said = [(str(refusal), "warning")]
    _flash(said)
    return redirect(url_for("submissions.show", submission_id=submission_id), 303)


def _assignment(assignment_id: int) -> Assignment:
    found: Assignment = find(assignments.taught_by(current_hat()).where(Assignment.id == assignment_id))
    return found


def _submission(submission_id: int) -> Submission:
    found: Submission = find(submissions.visible_to(current_hat()).where(Submission.id == submission_id))
    return found


def _said(done: TakenBack) -> list[tuple[str, str]]:
    """What became of the return, and whose work stays with them: sentences and how they look."""
    taken = ngettext(
        "The work of %(num)s pupil is taken back. It can be marked as before.",
        "The work of %(num)s pupils is taken back. It can be marked as before.",
        len(done.taken),
    )
    corrected = ngettext(
        "The work of %(num)s pupil who has begun to correct it stays returned: %(names)s.",
        "The work of %(num)s pupils who have begun to correct it stays returned: %(names)s.",
        len(done.corrected_by),
        names=_names(done.corrected_by),
    )
    anew = ngettext(
        "The work of %(num)s pupil for which a key was put right since stays returned: %(names)s.",
        "The work of %(num)s pupils for which a key was put right since stays returned: %(names)s.",
        len(done.marked_anew),
        names=_names(done.marked_anew),
    )
    sentences = (
        (done.taken, taken, "success"),
        (done.corrected_by, corrected, "warning"),
        (done.marked_anew, anew, "warning"),
    )
    return [(text, look) for concerned, text, look in sentences if concerned]


def _names(people: Iterable[Person]) -> str:
    return _(", ").join(localized(one) for one in people)


def _flash(said: Iterable[tuple[str, str]]) -> None:
    for text, look in said:
        flash(text, look)
