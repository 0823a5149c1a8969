"""Assign, and see how far the work is."""

from datetime import datetime
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import Select
from sqlalchemy.orm import joinedload

from accounts.classes.queries import students_visible_to
from accounts.people.models import Hat, Person
from accounts.sign_in.current import current_hat
from core import clock
from core.access import allow, find
from core.database import db, transaction
from core.i18n import _
from core.paging import Page, newest_first
from homework.assignments import policy
from homework.assignments import queries as assignments
from homework.assignments.checks import loads_again
from homework.assignments.errors import OverTheCap
from homework.assignments.models import Assignment
from homework.assignments.release import AnswersShown
from homework.assignments.services import hide_answers, show_answers
from homework.load import queries as load
from homework.load.limits import DayLoad
from homework.markers.names import Names
from homework.markers.queries import names_for
from homework.marking import queries as marking
from homework.marking.progress import counts_of, ready_of
from homework.overview import queries, services
from homework.readings import waiting
from homework.readings.queries import readers_for
from homework.returns.forms import read_moment
from homework.returns.offers import Offer, own_offer
from homework.rubrics.queries import rubrics_of
from homework.submissions import queries as submissions
from homework.submissions.models import Submission

bp = Blueprint("assignments", __name__)
MOST_TO_DO = 100
LONGEST_REASON = 500


@bp.get("/assignments")
@allow(policy.may_list)
def index() -> ResponseReturnValue:
    """What a pupil owes, what a teacher gave, how far a school is."""
    hat = current_hat()
    if hat.is_student:
        return _pupils_list(hat, hat.person)
    if hat.is_guardian:
        return _childs_list(hat)
    return _teachers_list(hat)


@bp.get("/assignments/<int:assignment_id>")
@allow(policy.may_read)
def show(assignment_id: int) -> ResponseReturnValue:
    """One assignment: for a pupil her state, for a teacher each pupil, for a school the figures.

    ``?returned=`` names the moment of a return, right after which it can be taken back.
    """
    hat, now = current_hat(), clock.now()
    visible = submissions.readable_assignments(hat, now).where(Assignment.id == assignment_id)
    assignment = find(visible.options(joinedload(Assignment.subject), joinedload(Assignment.teacher)))
    questions = list(db.session.scalars(assignments.questions_of(assignment.id)))
    children = []
    if hat.is_student or hat.is_guardian:
        concerned = (
            students_visible_to(hat).where(submissions.is_concerned(assignment.id)).order_by(Person.id)
        )
        children = [
            (one, queries.tasks(one.id, [assignment], now)[0]) for one in db.session.scalars(concerned)
        ]
    is_staff = hat.is_teacher or hat.is_administrator
    is_in_charge = hat.is_teacher and assignments.is_in_charge(assignment, hat)
    pupils = queries.pupils(assignment, hat, now) if hat.is_teacher else []
    names = names_for(assignment.id, hat) if hat.is_teacher else Names()
    wanted = request.args.get("marking", "")
    chosen = [one for one in pupils if not wanted or one.marking == wanted]
    return render_template(
        "homework/overview/show.html",
        assignment=assignment,
        questions=questions,
        given=queries.given(hat, [assignment])[0] if is_staff else None,
        pupils=chosen,
        numbered=queries.numbered(chosen, names),
        counts=counts_of(one.marking for one in pupils if one.marking),
        wanted=wanted,
        names=names,
        readers=list(db.session.scalars(readers_for(assignment))) if hat.is_teacher else [],
        ready=ready_of(assignment.id, hat) if hat.is_teacher else None,
        just_returned=_just_returned(assignment, hat),
        to_read=_waiting(waiting.to_read_again(hat), hat, assignment),
        to_settle=_waiting(waiting.to_settle(hat), hat, assignment),
        rubrics=rubrics_of([one.id for one in questions]),
        children=children,
        entries=list(db.session.scalars(load.entries_of(assignment.id))) if is_staff else [],
        excesses=list(db.session.scalars(load.excesses_of(assignment.id))) if is_staff else [],
        is_in_charge=is_in_charge,
        over_again=_over_again(assignment, now) if is_in_charge else None,
        longest_reason=LONGEST_REASON,
        is_shown_by_hand=assignment.answers_shown is AnswersShown.BY_HAND,
        now=now,
    )


@bp.post("/assignments/<int:assignment_id>/withdraw")
@allow(policy.may_assign)
def withdraw(assignment_id: int) -> ResponseReturnValue:
    """Take an assignment back."""
    hat = current_hat()
    with transaction():
        services.withdraw(_own(hat, assignment_id), hat, now=clock.now())
    flash(
        _("The work is withdrawn. Pupils no longer see it; you can give it again until it is due."), "success"
    )
    return redirect(url_for(".show", assignment_id=assignment_id))


@bp.post("/assignments/<int:assignment_id>/give-again")
@allow(policy.may_assign)
def give_again(assignment_id: int) -> ResponseReturnValue:
    """Undo the withdrawal."""
    hat = current_hat()
    reason = request.form.get("reason", "")[:LONGEST_REASON]
    try:
        with transaction():
            services.give_again(_own(hat, assignment_id), hat, reason=reason, now=clock.now())
    except OverTheCap as refusal:
        # The day filled up since the page was drawn: it asks for a reason now.
        flash(str(refusal), "danger")
        return redirect(url_for(".show", assignment_id=assignment_id))
    flash(_("Pupils see the work again."), "success")
    return redirect(url_for(".show", assignment_id=assignment_id))


@bp.post("/assignments/<int:assignment_id>/answers")
@allow(policy.may_assign)
def answers(assignment_id: int) -> ResponseReturnValue:
    """Show the answers to who has handed in (``shown=1``), or hide them again."""
    hat, now = current_hat(), clock.now()
    is_shown = request.form.get("shown") == "1"
    with transaction():
        (show_answers if is_shown else hide_answers)(_own(hat, assignment_id), hat, now=now)
    flash(
        _("Who has handed in sees the answers now.") if is_shown else _("The answers are hidden again."),
        "success",
    )
    return redirect(url_for(".show", assignment_id=assignment_id))


def _just_returned(assignment: Assignment, hat: Hat) -> Offer | None:
    at = read_moment(request.args.get("returned", ""))
    return own_offer(assignment.id, hat, at) if hat.is_teacher and at is not None else None


def _over_again(assignment: Assignment, now: datetime) -> list[DayLoad] | None:
    """The days that would be too long if the work were given again; None where its time is over."""
    if assignment.withdrawn_at is None or assignment.due_at <= now:
        return None
    return [one for one in loads_again(assignment) if one.is_over]


def _own(hat: Hat, assignment_id: int) -> Assignment:
    found: Assignment = find(assignments.in_charge_of(hat).where(Assignment.id == assignment_id))
    return found


def _pupils_list(hat: Hat, student: Person, children: list[Person] | None = None) -> str:
    now = clock.now()
    view = "done" if request.args.get("view") == "done" else "to_do"
    page: Page[Assignment] = Page([], None)
    if view == "done":
        page = newest_first(queries.done(student.id, now), Assignment.id, request.args.get("cursor"))
        rows = page.rows
    else:
        rows = list(db.session.scalars(queries.to_do(student.id, now).limit(MOST_TO_DO)))
    return render_template(
        "homework/overview/pupil.html",
        student=student,
        children=children or [],
        view=view,
        tasks=queries.tasks(student.id, rows, now),
        next_cursor=page.next,
        mine=hat.is_student,
    )


def _childs_list(hat: Hat) -> str:
    children = list(db.session.scalars(students_visible_to(hat).order_by(Person.id)))
    if not children:
        return render_template("homework/overview/no_child.html")
    wanted = request.args.get("child", type=int)
    child = next((one for one in children if one.id == wanted), children[0])
    return _pupils_list(hat, child, children)


def _teachers_list(hat: Hat) -> str:
    view = "to_mark" if request.args.get("view") == "to_mark" and hat.is_teacher else "all"
    visible = (
        marking.to_mark(hat).order_by(None) if view == "to_mark" else assignments.visible_to(hat, clock.now())
    )
    page = newest_first(
        visible.options(joinedload(Assignment.subject), joinedload(Assignment.teacher)),
        Assignment.id,
        request.args.get("cursor"),
    )
    return render_template(
        "homework/overview/teacher.html",
        view=view,
        given=queries.given(hat, page.rows),
        readings=waiting.number_for(hat) if hat.is_teacher else None,
        next_cursor=page.next,
    )


def _waiting(rows: Select[*tuple[Any, ...]], hat: Hat, assignment: Assignment) -> list[waiting.Waiting]:
    if not hat.is_teacher:
        return []
    return waiting.named(db.session.execute(rows.where(Submission.assignment_id == assignment.id)), hat)
