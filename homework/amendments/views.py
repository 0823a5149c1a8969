"""The page on which a teacher changes work that pupils see."""

from http import HTTPStatus

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from accounts.sign_in.current import current_hat
from core import clock
from core.access import allow, find
from core.database import db, transaction
from core.errors import Conflict, Invalid
from core.i18n import _
from homework.amendments import services
from homework.amendments.errors import NotOpenYet
from homework.amendments.forms import AmendmentForm
from homework.assignments import policy
from homework.assignments import queries as assignments
from homework.assignments.errors import ChangedMeanwhile, WithdrawnWork
from homework.assignments.models import Assignment

bp = Blueprint("amendments", __name__, url_prefix="/assignments/<int:assignment_id>/change")


@bp.get("")
@allow(policy.may_assign)
def edit(assignment_id: int) -> ResponseReturnValue:
    """Words and times of the work, to be changed; what pupils do not see yet is planned anew."""
    standing = _assignment(assignment_id)
    if standing.withdrawn_at is not None:
        raise WithdrawnWork
    if standing.opens_at > clock.now():
        return redirect(url_for("planning.edit", assignment_id=assignment_id))
    form = AmendmentForm(formdata=None)
    form.show(standing)
    return _page(standing, form)


@bp.post("")
@allow(policy.may_assign)
def save(assignment_id: int) -> ResponseReturnValue:
    """Change it."""
    hat, now, form = current_hat(), clock.now(), AmendmentForm()
    if not form.validate():
        return _page(_assignment(assignment_id), form), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        with transaction():
            standing = _assignment(assignment_id)
            services.amend(standing, hat, form.amendment(standing), version=form.known_version(), now=now)
    except (WithdrawnWork, NotOpenYet):
        raise
    except ChangedMeanwhile:
        standing = _assignment(assignment_id)
        form.version.data = str(standing.version)  # what it says now is shown, so it may be changed
        return _page(standing, form, is_changed=True), HTTPStatus.CONFLICT
    except (Invalid, Conflict) as refusal:
        form.tell(refusal)
        status = HTTPStatus.CONFLICT if isinstance(refusal, Conflict) else HTTPStatus.UNPROCESSABLE_ENTITY
        return _page(_assignment(assignment_id), form), status
    flash(_("The work is changed."), "success")
    return redirect(url_for("assignments.show", assignment_id=assignment_id), HTTPStatus.SEE_OTHER)


def _assignment(assignment_id: int) -> Assignment:
    found: Assignment = find(assignments.in_charge_of(current_hat()).where(Assignment.id == assignment_id))
    return found


def _page(standing: Assignment, form: AmendmentForm, *, is_changed: bool = False) -> str:
    changer = db.session.scalar(assignments.changed_last_by(standing.id)) if is_changed else None
    return render_template(
        "homework/amendments/edit.html",
        assignment=standing,
        form=form,
        is_changed=is_changed,
        changer=changer,
        is_own=changer is not None and changer.id == current_hat().person_id,
    )
