"""Mark by question, have marks read again, and give work back."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import joinedload

from accounts.classes.models import SchoolClass
from accounts.people.models import Hat
from accounts.sign_in.current import current_hat
from core import clock
from core.access import allow, find
from core.database import db, transaction
from core.errors import DomainError, NotFound
from core.i18n import _, ngettext
from homework.annotations.queries import on_pages
from homework.assignments import queries as assignments
from homework.assignments.models import Assignment, AssignmentItem
from homework.comments import queries as comments
from homework.desk import policy, services
from homework.desk.cards import cards_of, same_mark
from homework.markers.queries import names_for, parts_for
from homework.marking import queries as marking
from homework.marking.errors import MarkedMeanwhile
from homework.marking.forms import read_mark, read_versions
from homework.marking.models import Mark
from homework.marking.progress import progress, ready_of
from homework.marking.services import put_together, return_work, set_apart, write_feedback
from homework.marking.services import return_one as give_one_back
from homework.refusals.queries import questions_with_blanks
from homework.rubrics.queries import choices_of, rubric_of
from homework.submissions import queries as submissions
from homework.submissions.models import Answer, Submission

bp = Blueprint("marking", __name__)
MOST_POINT_BUTTONS = 10


@bp.get("/assignments/<int:assignment_id>/marking")
@allow(policy.may_mark)
def show(assignment_id: int) -> ResponseReturnValue:
    """The answers to one question (``?question=``), by default the first of one's own that waits for marks.

    ``?part=all`` shows those that colleagues mark as well.
    """
    return _page(_assignment(assignment_id))


@bp.post("/assignments/<int:assignment_id>/marking")
@allow(policy.may_mark)
def mark(assignment_id: int) -> ResponseReturnValue:
    """Mark one answer, or several together; scripts get the new versions, forms the page again."""
    hat = current_hat()
    given = read_mark(request.form)
    try:
        with transaction():
            question = _question_of(_assignment(assignment_id), set(given.versions))
            marks = services.mark(
                question,
                given.versions,
                hat,
                points=given.points,
                comment=given.comment,
                levels=given.levels,
                bank_comment_id=given.bank_comment_id,
                now=clock.now(),
            )
            answer = _as_json(given.versions, marks)
    except MarkedMeanwhile as refusal:
        if _is_for_script():
            raise
        return _page(_assignment(assignment_id), refusal), 409
    return _answered(assignment_id, hat, answer)


@bp.post("/assignments/<int:assignment_id>/marking/undo")
@allow(policy.may_mark)
def undo(assignment_id: int) -> ResponseReturnValue:
    """Take the last mark of the answers back."""
    hat = current_hat()
    versions = read_versions(request.form)
    with transaction():
        _question_of(_assignment(assignment_id), set(versions))
        answer = _as_json(versions, services.take_back(versions, hat, now=clock.now()))
    return _answered(assignment_id, hat, answer)


@bp.post("/assignments/<int:assignment_id>/marking/apart")
@allow(policy.may_mark)
def apart(assignment_id: int) -> ResponseReturnValue:
    """Take answers out of those that are marked together (``apart=1``), or put them back."""
    hat = current_hat()
    answer_ids = set(request.form.getlist("answer", type=int))
    with transaction():
        _question_of(_assignment(assignment_id), answer_ids)
        if request.form.get("apart") == "1":
            set_apart(answer_ids, hat, now=clock.now())
        else:
            put_together(answer_ids)
    return redirect(_back(assignment_id, anchor=f"card-{min(answer_ids)}"), 303)


@bp.post("/assignments/<int:assignment_id>/return")
@allow(policy.may_mark)
def return_all(assignment_id: int) -> ResponseReturnValue:
    """Give back all work that is marked completely, to all of my classes or to ``class_id``."""
    hat, class_id, now = current_hat(), request.form.get("class_id", type=int), clock.now()
    with transaction():
        assignment = _assignment(assignment_id)
        if class_id is not None:
            find(assignments.classes_given(assignment.id, hat).where(SchoolClass.id == class_id))
        returned = len(return_work(assignment, hat, class_id=class_id, now=now))
    flash(
        ngettext(
            "The work of %(num)s pupil is returned.", "The work of %(num)s pupils is returned.", returned
        ),
        "success",
    )
    return redirect(url_for("assignments.show", assignment_id=assignment_id, returned=now.isoformat()))


@bp.get("/assignments/<int:assignment_id>/return")
@allow(policy.may_mark)
def returning(assignment_id: int) -> ResponseReturnValue:
    """How much can go back to which class: a fragment, fetched anew by the page that marks."""
    assignment = _assignment(assignment_id)
    ready = ready_of(assignment.id, current_hat())
    return render_template("homework/desk/returning.html", assignment=assignment, ready=ready)


@bp.post("/submissions/<int:submission_id>/return")
@allow(policy.may_mark)
def return_one(submission_id: int) -> ResponseReturnValue:
    """Give one pupil's work back."""
    hat = current_hat()
    with transaction():
        give_one_back(_submission(submission_id), hat, now=clock.now())
    flash(_("The work is returned."), "success")
    return redirect(url_for("submissions.show", submission_id=submission_id))


@bp.post("/submissions/<int:submission_id>/feedback")
@allow(policy.may_mark)
def feedback(submission_id: int) -> ResponseReturnValue:
    """Say something about the whole of a pupil's work."""
    hat = current_hat()
    with transaction():
        text = request.form.get("text", "")[:2000]
        write_feedback(_submission(submission_id), hat, text, now=clock.now())
    flash(_("The feedback is saved."), "success")
    return redirect(url_for("submissions.show", submission_id=submission_id))


def _page(assignment: Assignment, refusal: DomainError | None = None) -> str:
    hat = current_hat()
    questions = list(db.session.scalars(assignments.questions_of(assignment.id)))
    counts = {
        row[0]: (row[1], row[2])
        for row in db.session.execute(marking.unmarked_by_question(hat, assignment.id))
    }
    parts = parts_for(assignment.id, hat)
    mine = [one for one in questions if parts.is_my_question(one.id)]
    question = _chosen(questions, mine, {key: unmarked for key, (_all, unmarked) in counts.items()})
    names = names_for(assignment.id, hat)
    rubric = db.session.scalar(rubric_of(question.id)) if question else None
    cards = cards_of(question, hat, names=names, parts=parts, rubric=rubric) if question is not None else []
    shows_all = request.values.get("part") == "all" or not parts.is_marker
    return render_template(
        "homework/desk/show.html",
        questions=questions,
        counts=counts,
        question=question,
        cards=[one for one in cards if shows_all or one.is_mine],
        notes=on_pages([page.id for one in cards for said in one.said for page in said.pages]),
        others=sum(len(one.said) for one in cards if not one.is_mine),
        shows_all=shows_all,
        parts=parts,
        names=names,
        rubric=rubric.judged_by if rubric else None,
        bank=_bank(question, hat),
        has_blanks=bool(questions_with_blanks(assignment.id)),
        point_buttons=_point_buttons(question),
        following=_following(questions, question),
        refusal=refusal,
        assignment=assignment,
        is_in_charge=assignments.is_in_charge(assignment, hat),
        done=progress(hat, [assignment.id])[assignment.id],
        ready=ready_of(assignment.id, hat),
    )


def _assignment(assignment_id: int) -> Assignment:
    query = assignments.taught_by(current_hat()).where(Assignment.id == assignment_id)
    found: Assignment = find(query.options(joinedload(Assignment.subject)))
    return found


def _submission(submission_id: int) -> Submission:
    found: Submission = find(submissions.visible_to(current_hat()).where(Submission.id == submission_id))
    return found


def _question_of(assignment: Assignment, answer_ids: set[int]) -> AssignmentItem:
    """The one question of *assignment* that all these answers are about, each of which may be marked.

    Raises:
        NotFound: one may not, or they are about several.
    """
    visible = (
        marking.answers_visible_to(current_hat())
        .where(Answer.id.in_(answer_ids))
        .with_only_columns(Answer.id, Answer.assignment_item_id)
    )
    found = dict(db.session.execute(visible).all())
    if set(found) != answer_ids or len(set(found.values())) != 1:
        raise NotFound
    question: AssignmentItem = find(
        assignments.questions_of(assignment.id).where(AssignmentItem.id.in_(set(found.values())))
    )
    return question


def _as_json(versions: Mapping[int, int], marks: list[Mark]) -> dict[str, Any]:
    """How the answers stand now: their versions, and mark and levels that all of them have, if they do."""
    standing = {one.answer_id: one for one in marks}
    found = same_mark([standing.get(one) for one in versions])
    chosen = choices_of(versions)
    levels = [chosen[one].levels if one in chosen else {} for one in versions]
    return {
        "versions": {str(one): standing[one].version if one in standing else 0 for one in versions},
        "is_marked": len(standing) == len(versions),
        "points": found.points if found else None,
        "comment": found.comment if found else "",
        "levels": levels[0] if all(one == levels[0] for one in levels) else {},
    }


def _is_for_script() -> bool:
    return request.accept_mimetypes.best == "application/json"


def _answered(assignment_id: int, hat: Hat, answer: dict[str, Any]) -> ResponseReturnValue:
    if _is_for_script():
        done = progress(hat, [assignment_id])[assignment_id]
        return answer | {"unmarked": done.unmarked, "to_return": done.to_return}
    return redirect(_back(assignment_id))


def _back(assignment_id: int, anchor: str | None = None) -> str:
    return url_for(
        ".show",
        assignment_id=assignment_id,
        question=request.form.get("question"),
        part=request.form.get("part") or None,
        _anchor=anchor,
    )


def _chosen(
    questions: list[AssignmentItem], mine: list[AssignmentItem], unmarked: dict[int, int]
) -> AssignmentItem | None:
    wanted = request.values.get("question", type=int)
    for one in questions:
        if one.id == wanted:
            return one
    waiting = [one for one in (*mine, *questions) if unmarked.get(one.id)]
    return next(iter(waiting or questions), None)


def _following(questions: list[AssignmentItem], question: AssignmentItem | None) -> AssignmentItem | None:
    return next((one for one in questions if question and one.position > question.position), None)


def _point_buttons(question: AssignmentItem | None) -> list[float]:
    """Whole points to press, where there are few enough."""
    if question is None or question.points > MOST_POINT_BUTTONS:
        return []
    buttons = [float(one) for one in range(int(question.points) + 1)]
    return buttons if buttons[-1] == question.points else [*buttons, question.points]


def _bank(question: AssignmentItem | None, hat: Hat) -> list[dict[str, Any]]:
    """The comments that fit, as the script of the page needs them."""
    if question is None:
        return []
    kept = db.session.scalars(comments.fitting(hat, question.item_version.item_id))
    return [{"id": one.id, "code": one.code, "text": one.text} for one in kept]
