"""Mark by question, and give work back."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import joinedload

from accounts.sign_in.current import current_hat
from core import clock
from core.access import allow, find
from core.database import db, transaction
from core.errors import NotFound
from core.i18n import _, ngettext
from homework.annotations.queries import on_pages
from homework.assignments import queries as assignments
from homework.assignments.models import Assignment, AssignmentItem
from homework.marking import policy, queries, services
from homework.marking.forms import read_mark
from homework.submissions import queries as submissions
from homework.submissions.models import Answer, Submission

bp = Blueprint("marking", __name__)
MOST_POINT_BUTTONS = 10


@bp.get("/assignments/<int:assignment_id>/marking")
@allow(policy.may_mark)
def show(assignment_id: int) -> ResponseReturnValue:
    """The answers to one question (``?question=``), by default the first one that waits for marks."""
    hat = current_hat()
    assignment = _assignment(assignment_id)
    questions = list(db.session.scalars(assignments.questions_of(assignment.id)))
    counts = {
        row[0]: (row[1], row[2])
        for row in db.session.execute(queries.unmarked_by_question(hat, assignment.id))
    }
    question = _chosen(questions, {key: unmarked for key, (_all, unmarked) in counts.items()})
    groups = queries.groups(question, hat) if question else []
    return render_template(
        "homework/marking/show.html",
        assignment=assignment,
        questions=questions,
        counts=counts,
        question=question,
        groups=groups,
        notes=on_pages([page.id for group in groups for said in group.said for page in said.pages]),
        done=queries.progress(hat, [assignment.id])[assignment.id],
        point_buttons=_point_buttons(question),
        following=_following(questions, question),
    )


@bp.post("/assignments/<int:assignment_id>/marking")
@allow(policy.may_mark)
def mark(assignment_id: int) -> ResponseReturnValue:
    """Mark one answer, or several that say the same; scripts get the new versions, forms the page again."""
    hat = current_hat()
    given = read_mark(request.form)
    with transaction():
        assignment = _assignment(assignment_id)
        _check_answers(assignment, set(given.versions))
        marks = services.mark_alike(
            given.versions, hat, points=given.points, comment=given.comment, now=clock.now()
        )
        versions = {str(one.answer_id): one.version for one in marks}
    if request.accept_mimetypes.best == "application/json":
        done = queries.progress(hat, [assignment_id])[assignment_id]
        return {"versions": versions, "unmarked": done.unmarked, "to_return": done.to_return}
    return redirect(url_for(".show", assignment_id=assignment_id, question=request.form.get("question")))


@bp.post("/assignments/<int:assignment_id>/return")
@allow(policy.may_mark)
def return_all(assignment_id: int) -> ResponseReturnValue:
    """Give the class back all work that is marked completely."""
    with transaction():
        returned = len(services.return_work(_assignment(assignment_id), current_hat(), now=clock.now()))
    flash(
        ngettext(
            "The work of %(num)s pupil is returned.", "The work of %(num)s pupils is returned.", returned
        ),
        "success",
    )
    return redirect(url_for("assignments.show", assignment_id=assignment_id))


@bp.post("/submissions/<int:submission_id>/return")
@allow(policy.may_mark)
def return_one(submission_id: int) -> ResponseReturnValue:
    """Give one pupil's work back."""
    hat = current_hat()
    with transaction():
        services.return_one(_submission(submission_id), hat, now=clock.now())
    flash(_("The work is returned."), "success")
    return redirect(url_for("submissions.show", submission_id=submission_id))


@bp.post("/submissions/<int:submission_id>/feedback")
@allow(policy.may_mark)
def feedback(submission_id: int) -> ResponseReturnValue:
    """Say something about the whole of a pupil's work."""
    hat = current_hat()
    with transaction():
        text = request.form.get("text", "")[:2000]
        services.write_feedback(_submission(submission_id), hat, text, now=clock.now())
    flash(_("The feedback is saved."), "success")
    return redirect(url_for("submissions.show", submission_id=submission_id))


def _assignment(assignment_id: int) -> Assignment:
    query = assignments.taught_by(current_hat()).where(Assignment.id == assignment_id)
    found: Assignment = find(query.options(joinedload(Assignment.subject)))
    return found


def _submission(submission_id: int) -> Submission:
    found: Submission = find(submissions.visible_to(current_hat()).where(Submission.id == submission_id))
    return found


def _check_answers(assignment: Assignment, wanted: set[int]) -> None:
    visible = (
        queries.answers_visible_to(current_hat())
        .join(AssignmentItem, AssignmentItem.id == Answer.assignment_item_id)
        .where(AssignmentItem.assignment_id == assignment.id, Answer.id.in_(wanted))
    )
    if {one.id for one in db.session.scalars(visible)} != wanted:
        raise NotFound


def _chosen(questions: list[AssignmentItem], unmarked: dict[int, int]) -> AssignmentItem | None:
    wanted = request.args.get("question", type=int)
    for one in questions:
        if one.id == wanted:
            return one
    waiting = [one for one in questions if unmarked.get(one.id)]
    return next(iter(waiting or questions), None)


def _following(questions: list[AssignmentItem], question: AssignmentItem | None) -> AssignmentItem | None:
    return next((one for one in questions if question and one.position > question.position), None)


def _point_buttons(question: AssignmentItem | None) -> list[float]:
    """Whole points to press, where there are few enough."""
    if question is None or question.points > MOST_POINT_BUTTONS:
        return []
    buttons = [float(one) for one in range(int(question.points) + 1)]
    return buttons if buttons[-1] == question.points else [*buttons, question.points]
