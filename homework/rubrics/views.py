"""Write a rubric for a question, look what a change does to marks, apply it, undo it."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import joinedload

from accounts.sign_in.current import current_hat
from core import clock
from core.access import allow, find
from core.database import db, transaction
from core.errors import DomainError
from core.i18n import _, ngettext
from homework.assignments.models import Assignment, AssignmentItem
from homework.rubrics import policy, queries, services
from homework.rubrics.changes import Fate
from homework.rubrics.errors import RubricChangedMeanwhile, RubricReasonMissing
from homework.rubrics.forms import RubricForm, empty_form, form_of, read_criteria, read_form
from homework.rubrics.models import Rubric, RubricChange
from homework.rubrics.rubric import Criteria, Rounding

bp = Blueprint("rubrics", __name__)


@bp.get("/questions/<int:question_id>/rubric")
@allow(policy.may_write_rubrics)
def edit(question_id: int) -> ResponseReturnValue:
    """The rubric of a question, to be written; ``?from=`` begins with an earlier one of mine."""
    question = _question(question_id)
    rubric = db.session.scalar(queries.rubric_of(question.id))
    wanted = request.args.get("from", type=int)
    earlier = [row[0] for row in db.session.execute(queries.earlier_ones(current_hat(), question))]
    copied = next((one for one in earlier if one.id == wanted), None)
    if copied is not None:
        return _page(question, form_of(copied.judged_by, is_copy=True))
    return _page(question, form_of(rubric.judged_by) if rubric else empty_form())


@bp.post("/questions/<int:question_id>/rubric")
@allow(policy.may_write_rubrics)
def redraw(question_id: int) -> ResponseReturnValue:
    """One more criterion or level, or one less (``do=criterion``, ``level:<id>``, ``remove:<id>``)."""
    question = _question(question_id)
    typed = read_form(request.form)
    do, _colon, thing_id = request.form.get("do", "").partition(":")
    if do == "criterion":
        typed.add_criterion()
    elif do == "level":
        typed.add_level(thing_id)
    elif do == "remove":
        typed.remove(thing_id)
    return _page(question, typed)


@bp.post("/questions/<int:question_id>/rubric/save")
@allow(policy.may_write_rubrics)
def save(question_id: int) -> ResponseReturnValue:
    """Save it; where answers are marked by it already, show first what would become of their marks."""
    hat, now = current_hat(), clock.now()
    typed = read_form(request.form)
    try:
        criteria = read_criteria(typed)
        planned = _planned(question_id, criteria)
    except DomainError as refusal:
        return _page(_question(question_id), typed, refusal), 422
    if planned.judged and "seen" not in request.form:
        return _preview(_question(question_id), planned)
    seen, reason = request.form.get("seen", ""), request.form.get("reason", "")
    try:
        with transaction():
            services.write(_question(question_id), hat, criteria, seen=seen, reason=reason, now=now)
    except RubricChangedMeanwhile as refusal:
        return _preview(_question(question_id), _planned(question_id, criteria), refusal), 409
    except RubricReasonMissing as refusal:
        return _preview(_question(question_id), planned, refusal), 422
    flash(_("The rubric is saved. Pupils see it beside the question."), "success")
    return redirect(url_for(".edit", question_id=question_id), 303)


@bp.post("/questions/<int:question_id>/rubric/removal")
@allow(policy.may_write_rubrics)
def remove(question_id: int) -> ResponseReturnValue:
    """Mark without a rubric; not once answers were marked by it."""
    with transaction():
        question = _question(question_id)
        is_gone = services.take_away(find(queries.rubric_of(question.id)))
        assignment_id = question.assignment_id
    if not is_gone:
        flash(_("Answers were marked by this rubric, so it stays. You can change it."), "warning")
        return redirect(url_for(".edit", question_id=question_id), 303)
    flash(_("The question has no rubric any more."), "success")
    return redirect(url_for("assignments.show", assignment_id=assignment_id), 303)


@bp.post("/rubrics/changes/<int:change_id>/undo")
@allow(policy.may_write_rubrics)
def undo(change_id: int) -> ResponseReturnValue:
    """Put rubric and marks back as they were."""
    hat = current_hat()
    with transaction():
        change: RubricChange = find(queries.change_by(hat, change_id))
        number = services.undo(change, hat, now=clock.now())
        question_id = db.session.get_one(Rubric, change.rubric_id).assignment_item_id
    flash(
        ngettext(
            "The rubric is as it was, and so is %(num)s mark.",
            "The rubric is as it was, and so are %(num)s marks.",
            number,
        ),
        "success",
    )
    return redirect(url_for(".edit", question_id=question_id), 303)


def _question(question_id: int) -> AssignmentItem:
    found: AssignmentItem = find(queries.question_of(current_hat(), question_id))
    return found


def _planned(question_id: int, criteria: Criteria) -> services.Plan:
    question = _question(question_id)
    return services.plan(question, db.session.scalar(queries.rubric_of(question.id)), criteria)


def _about(question: AssignmentItem) -> dict[str, Any]:
    return {
        "question": question,
        "version": question.item_version,
        "assignment": db.session.get_one(
            Assignment, question.assignment_id, options=[joinedload(Assignment.subject)]
        ),
        "longest_reason": services.LONGEST_REASON,
    }


def _page(question: AssignmentItem, typed: RubricForm, refusal: DomainError | None = None) -> str:
    rubric = db.session.scalar(queries.rubric_of(question.id))
    return render_template(
        "homework/rubrics/edit.html",
        typed=typed,
        rubric=rubric,
        roundings=list(Rounding),
        earlier=db.session.execute(queries.earlier_ones(current_hat(), question)).all(),
        changes=list(db.session.scalars(queries.changes_of(rubric.id))) if rubric else [],
        recalculated=queries.recalculations(rubric.id, current_hat()) if rubric else {},
        refusal=refusal,
        **_about(question),
    )


def _preview(question: AssignmentItem, planned: services.Plan, refusal: DomainError | None = None) -> str:
    return render_template(
        "homework/rubrics/preview.html",
        planned=planned,
        named=queries.named(planned.changes, current_hat()),
        fates=Fate,
        fields=[
            (name, value)
            for name, value in request.form.items(multi=True)
            if name not in {"csrf_token", "seen", "reason", "do"}
        ],
        reason=request.form.get("reason", ""),
        refusal=refusal,
        **_about(question),
    )
