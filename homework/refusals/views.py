"""What the keys refused in all blanks of a piece of work, and let some of it count."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import joinedload

from accounts.sign_in.current import current_hat
from core import clock
from core.access import allow, find
from core.database import transaction
from core.errors import Invalid
from homework.assignments import queries as assignments
from homework.assignments.models import Assignment, AssignmentItem
from homework.markers.queries import names_for
from homework.refusals import policy, queries, services
from homework.refusals.blanks import place_of

bp = Blueprint("refusals", __name__)


@bp.get("/assignments/<int:assignment_id>/marking/refused")
@allow(policy.may_accept)
def show(assignment_id: int) -> ResponseReturnValue:
    """What most pupils wrote comes first; one key lets a text count for all who wrote it."""
    hat = current_hat()
    taught = assignments.taught_by(hat).where(Assignment.id == assignment_id)
    assignment: Assignment = find(taught.options(joinedload(Assignment.subject)))
    questions = queries.questions_with_blanks(assignment.id)
    return render_template(
        "homework/refusals/show.html",
        assignment=assignment,
        questions=questions,
        refusals=queries.refusals_of(questions, hat),
        names=names_for(assignment.id, hat),
    )


@bp.post("/questions/<int:question_id>/refused")
@allow(policy.may_accept)
def judge(question_id: int) -> ResponseReturnValue:
    """Let a text count in a blank (``counts=1``), or count no more."""
    hat, now = current_hat(), clock.now()
    counts = request.form.get("counts") == "1"
    blank = request.form.get("blank", type=int)
    if blank is None:
        raise Invalid
    with transaction():
        question: AssignmentItem = find(queries.question_taught(hat, question_id))
        place = place_of(question.item_version, blank, request.form.get("text", ""))
        decide = services.accept if counts else services.refuse_again
        changed = decide(question, place, hat, now=now)
        assignment_id = question.assignment_id
    if request.accept_mimetypes.best == "application/json":
        return {"counts": counts, "changed": changed}
    return redirect(url_for(".show", assignment_id=assignment_id), 303)
