"""The grid: a line for each seat, a column for each question."""

from collections import Counter
from uuid import uuid4

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import joinedload

from accounts.classes.models import SchoolClass
from accounts.sign_in.current import current_hat
from core import clock
from core.access import allow, find
from core.database import db, transaction
from core.errors import DomainError, NotFound
from core.i18n import _, ngettext
from homework.assignments import queries as assignments
from homework.assignments.models import Assignment, AssignmentItem
from homework.paper import forms, policy, queries, services
from homework.paper.cells import LONGEST_CELL, all_right, letters_of
from homework.paper.queries import Line
from homework.paper.services import Came

bp = Blueprint("paper", __name__)


@bp.get("/assignments/<int:assignment_id>/paper")
@allow(policy.may_enter)
def show(assignment_id: int) -> ResponseReturnValue:
    """The grid of one of my classes (``?class_id=``), by default of the first."""
    return _grid_page(_assignment(assignment_id), request.args.get("class_id", type=int))


@bp.post("/assignments/<int:assignment_id>/paper/<int:student_id>")
@allow(policy.may_enter)
def save(assignment_id: int, student_id: int) -> ResponseReturnValue:
    """Keep one line as it is typed; scripts call this a moment after each change."""
    hat = current_hat()
    with transaction():
        assignment = _assignment(assignment_id)
        questions = _questions(assignment)
        line = _line_of(assignment, questions, student_id)
        row = services.save_row(assignment, hat, forms.read_line(line, request.form), now=clock.now())
        saved = queries.line_of(line.person, line.seat_number, questions, row=row)
        return {
            "version": saved.version,
            "points": f"{saved.points:g}" if saved.cells else "",
            "wrong": {str(key): str(refusal) for key, refusal in saved.wrong.items()},
        }


@bp.post("/assignments/<int:assignment_id>/paper")
@allow(policy.may_enter)
def take_in(assignment_id: int) -> ResponseReturnValue:
    """Hand in what stands in the grid; what cannot be taken stays there, and is told by name."""
    hat, now = current_hat(), clock.now()
    class_id = request.form.get("class_id", type=int)
    client_key = forms.client_key_of(request.form)
    assignment = _assignment(assignment_id)
    chosen_id = _class(assignment, class_id).id
    lines = queries.lines_of(assignment, _questions(assignment), hat, chosen_id)
    is_late = request.form.get("late") == "1"
    came: Counter[Came] = Counter()
    left: list[tuple[str, DomainError]] = []
    for line in forms.read_grid(lines, request.form):
        with transaction():
            outcome = services.take_in(assignment, hat, line, client_key=client_key, is_late=is_late, now=now)
        if isinstance(outcome, DomainError):
            left.append((line.name, outcome))
        else:
            came[outcome] += 1
    if left:
        return _grid_page(_assignment(assignment_id), chosen_id, left, came[Came.NEW]), 422
    flash(_said(came), "success" if came[Came.NEW] or came[Came.TIMED] else "info")
    return redirect(url_for(".show", assignment_id=assignment_id, class_id=class_id), 303)


def _said(came: Counter[Came]) -> str:
    if came[Came.NEW]:
        return ngettext(
            "The work of %(num)s pupil is handed in and marked.",
            "The work of %(num)s pupils is handed in and marked.",
            came[Came.NEW],
        )
    if came[Came.TIMED]:
        return ngettext(
            "Whether the work was late is put right for %(num)s pupil; nothing else has changed.",
            "Whether the work was late is put right for %(num)s pupils; nothing else has changed.",
            came[Came.TIMED],
        )
    if came[Came.SAME]:
        return _("All of this was handed in before; nothing has changed.")
    return _("Nothing is entered yet: pupils without an entry still owe the work.")


def _grid_page(
    assignment: Assignment,
    class_id: int | None,
    left: list[tuple[str, DomainError]] | None = None,
    taken: int = 0,
) -> str:
    hat = current_hat()
    questions = _questions(assignment)
    chosen = _class(assignment, class_id)
    return render_template(
        "homework/paper/show.html",
        assignment=assignment,
        questions=questions,
        classes=list(db.session.scalars(assignments.classes_given(assignment.id, hat))),
        chosen=chosen,
        lines=queries.lines_of(assignment, questions, hat, chosen.id),
        left=left or [],
        taken=taken,
        client_key=uuid4(),
        cell_name=forms.cell_name,
        all_right=all_right,
        letters_of=letters_of,
        longest=LONGEST_CELL,
    )


def _assignment(assignment_id: int) -> Assignment:
    found: Assignment = find(
        queries.work_to_enter(current_hat())
        .where(Assignment.id == assignment_id)
        .options(joinedload(Assignment.subject))
    )
    return found


def _questions(assignment: Assignment) -> list[AssignmentItem]:
    return list(db.session.scalars(assignments.questions_of(assignment.id)))


def _class(assignment: Assignment, class_id: int | None) -> SchoolClass:
    """The class that is asked for, or the first; one that is not the teacher's is not found."""
    mine = assignments.classes_given(assignment.id, current_hat())
    found = db.session.scalars(mine if class_id is None else mine.where(SchoolClass.id == class_id)).first()
    if found is None:
        raise NotFound
    return found


def _line_of(assignment: Assignment, questions: list[AssignmentItem], student_id: int) -> Line:
    """The line of a pupil of mine who was given the work."""
    row = db.session.execute(queries.pupil_of(assignment.id, current_hat(), student_id)).first()
    if row is None:
        raise NotFound
    return queries.line_of(row[0], row[1], questions, row=None)
