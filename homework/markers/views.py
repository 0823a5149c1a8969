"""Say how work is marked, and look behind a number."""

from random import SystemRandom

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import joinedload

from accounts.sign_in.current import current_hat
from core import clock
from core.access import allow, find
from core.database import db, transaction
from core.errors import DomainError
from core.i18n import _
from homework.assignments import queries as assignments
from homework.assignments.models import Assignment, AssignmentItem
from homework.markers import policy, queries, services
from homework.markers.errors import DivisionChangedMeanwhile, NobodyMarks, NotAMarker
from homework.markers.forms import read_wish
from homework.markers.models import Division, MarkingPlan, Share
from homework.submissions import queries as submissions
from homework.submissions.models import Submission

bp = Blueprint("markers", __name__)


@bp.get("/assignments/<int:assignment_id>/markers")
@allow(policy.may_plan_marking)
def edit(assignment_id: int) -> ResponseReturnValue:
    """With or without names, and who marks what."""
    return _page(_own(assignment_id))


@bp.post("/assignments/<int:assignment_id>/markers")
@allow(policy.may_plan_marking)
def save(assignment_id: int) -> ResponseReturnValue:
    """Mark it like this from now on."""
    hat = current_hat()
    wish = read_wish(request.form)
    try:
        with transaction():
            assignment = _own(assignment_id)
            asked = set(
                db.session.scalars(
                    assignments.questions_of(assignment.id).with_only_columns(AssignmentItem.id)
                )
            )
            services.arrange(
                assignment,
                hat,
                services.only_about(wish, asked),
                version=request.form.get("version", default=0, type=int),
                random=SystemRandom(),
                now=clock.now(),
            )
    except (DivisionChangedMeanwhile, NobodyMarks, NotAMarker) as refusal:
        page = _page(_own(assignment_id), refusal, wish)
        return page, 409 if isinstance(refusal, DivisionChangedMeanwhile) else 422
    flash(_("Saved. The marking page follows at once."), "success")
    return redirect(url_for("assignments.show", assignment_id=assignment_id, _anchor="marking"), 303)


@bp.post("/submissions/<int:submission_id>/name")
@allow(policy.may_look_behind)
def look_behind(submission_id: int) -> ResponseReturnValue:
    """See whose work it is, for a reason that is written down."""
    hat = current_hat()
    with transaction():
        submission: Submission = find(submissions.visible_to(hat).where(Submission.id == submission_id))
        services.look_behind(submission, hat, request.form.get("reason", ""), now=clock.now())
    return redirect(url_for("submissions.show", submission_id=submission_id), 303)


def _own(assignment_id: int) -> Assignment:
    query = queries.own_work(current_hat(), assignment_id)
    found: Assignment = find(query.options(joinedload(Assignment.subject)))
    return found


def _page(
    assignment: Assignment, refusal: DomainError | None = None, wish: services.Wish | None = None
) -> str:
    plan = db.session.scalar(queries.plan_of(assignment.id))
    shares = list(db.session.scalars(queries.shares_of(assignment.id)))
    return render_template(
        "homework/markers/edit.html",
        assignment=assignment,
        questions=list(db.session.scalars(assignments.questions_of(assignment.id))),
        colleagues=list(db.session.scalars(queries.colleagues(assignment))),
        wish=wish or _wish_of(plan, shares),
        version=plan.version if plan else 0,
        divisions=Division,
        looks=db.session.execute(queries.looks_behind(assignment.id)).all(),
        refusal=refusal,
    )


def _wish_of(plan: MarkingPlan | None, shares: list[Share]) -> services.Wish:
    if plan is None:
        return services.Wish()
    return services.Wish(
        is_blind=plan.is_blind,
        division=plan.division,
        teacher_ids=frozenset(one.teacher_id for one in shares),
        by_question={
            one.assignment_item_id: one.teacher_id for one in shares if one.assignment_item_id is not None
        },
    )
