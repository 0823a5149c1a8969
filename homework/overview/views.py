"""Assign, and see how far the work is."""

from http import HTTPStatus

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from accounts.classes.queries import students_visible_to
from accounts.people.models import Hat, Person
from accounts.sign_in.current import current_hat
from core import clock
from core.access import allow, find
from core.clock import school_day
from core.database import db, transaction
from core.errors import DomainError, NotFound
from core.i18n import _, localized
from core.paging import Page, newest_first
from homework.assignments import policy
from homework.assignments import queries as assignments
from homework.assignments.errors import DueAtNight, QuestionGone
from homework.assignments.models import Assignment
from homework.assignments.schedule import is_at_rest
from homework.assignments.services import assign, minutes_of
from homework.load.limits import DayLoad
from homework.marking import queries as marking
from homework.overview import forms, queries, services
from homework.submissions import queries as submissions
from library.curriculum.models import Subject
from library.items.models import ItemVersion
from library.resources.queries import versions_visible_to

bp = Blueprint("assignments", __name__)
MOST_TO_DO = 100


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


@bp.get("/assignments/new")
@allow(policy.may_assign)
def new() -> ResponseReturnValue:
    """An empty plan; ``?resource=`` (repeatable) brings practices' questions, ``?lesson=`` a micro-lesson."""
    hat = current_hat()
    form = forms.PlanForm(formdata=None)
    form.begin(clock.now())
    subjects = list(db.session.scalars(assignments.subjects_taught(hat)))
    form.subject_id.data = subjects[0].id if subjects else None
    asked = dict.fromkeys(
        one.id
        for resource_id in request.args.getlist("resource", type=int)[: forms.MOST_QUESTIONS]
        for one in db.session.scalars(queries.questions_in(hat, resource_id))
    )
    rows = [forms.Row(version_id, 1.0) for version_id in list(asked)[: forms.MOST_QUESTIONS]]
    form.lesson_id.data = request.args.get("lesson", default=0, type=int)
    form.class_ids.data = [request.args["class"]] if request.args.get("class", "").isdecimal() else []
    return _plan_page(form, rows)


@bp.post("/assignments/new")
@allow(policy.may_assign)
def edit() -> ResponseReturnValue:
    """The same plan after a button beside a question was pressed; nothing is stored."""
    form, rows = forms.PlanForm(), forms.change_rows(forms.read_rows(request.form), request.form)
    if added := request.form.get("add", default=0, type=int):
        rows = forms.with_group(rows, added, db.session.scalars(queries.group_of(current_hat(), added)))
    if len(_there(rows, _versions(rows))) < len(rows):
        return _plan_page(form, rows, QuestionGone()), HTTPStatus.NOT_FOUND
    return _plan_page(form, rows)


@bp.post("/assignments")
@allow(policy.may_assign)
def create() -> ResponseReturnValue:
    """Assign what is planned."""
    hat, now = current_hat(), clock.now()
    form, rows = forms.PlanForm(), forms.read_rows(request.form)
    _offer(form, hat)
    if not form.validate():
        return _plan_page(form, rows), 422
    questions = tuple(one.question() for one in rows)
    plan = form.plan(questions, _usual_title(form, rows), now)
    try:
        if is_at_rest(plan.due_at) and not form.is_night_meant.data:
            raise DueAtNight
        with transaction():
            assignment_id = assign(hat, plan, now=now).id
    except DomainError as refusal:
        form.tell(refusal)
        status = HTTPStatus.NOT_FOUND if isinstance(refusal, NotFound) else HTTPStatus.UNPROCESSABLE_ENTITY
        return _plan_page(form, rows, refusal), status
    flash(_("The work is assigned."), "success")
    return redirect(url_for(".show", assignment_id=assignment_id))


@bp.get("/assignments/questions")
@allow(policy.may_assign)
def questions() -> ResponseReturnValue:
    """Questions of the library by knowledge point or title: a part of the plan's page."""
    text = request.args.get("q", "")[:100]
    subject_id = request.args.get("subject_id", type=int)
    found = queries.questions_for(current_hat(), text, subject_id)
    return render_template("homework/overview/found.html", found=found, text=text.strip())


@bp.get("/assignments/<int:assignment_id>")
@allow(policy.may_read)
def show(assignment_id: int) -> ResponseReturnValue:
    """One assignment: for a pupil her state, for a teacher each pupil, for a school the figures."""
    hat, now = current_hat(), clock.now()
    visible = submissions.readable_assignments(hat, now).where(Assignment.id == assignment_id)
    assignment = find(visible.options(joinedload(Assignment.subject), joinedload(Assignment.teacher)))
    children = []
    if hat.is_student or hat.is_guardian:
        concerned = (
            students_visible_to(hat).where(submissions.is_concerned(assignment.id)).order_by(Person.id)
        )
        children = [
            (one, queries.tasks(one.id, [assignment], now)[0]) for one in db.session.scalars(concerned)
        ]
    is_staff = hat.is_teacher or hat.is_administrator
    return render_template(
        "homework/overview/show.html",
        assignment=assignment,
        questions=list(db.session.scalars(assignments.questions_of(assignment.id))),
        given=queries.given(hat, [assignment])[0] if is_staff else None,
        pupils=queries.pupils(assignment, hat, now) if hat.is_teacher else [],
        children=children,
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
    with transaction():
        services.give_again(_own(hat, assignment_id), hat, now=clock.now())
    flash(_("Pupils see the work again."), "success")
    return redirect(url_for(".show", assignment_id=assignment_id))


def _own(hat: Hat, assignment_id: int) -> Assignment:
    query = assignments.taught_by(hat).where(
        Assignment.id == assignment_id, Assignment.teacher_id == hat.person_id
    )
    found: Assignment = find(query)
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
        next_cursor=page.next,
    )


def _offer(form: forms.PlanForm, hat: Hat) -> None:
    subject_id = form.subject_id.data
    form.offer(
        db.session.scalars(assignments.classes_of(hat)),
        db.session.scalars(assignments.subjects_taught(hat)),
        db.session.scalars(queries.lessons_for(hat, subject_id if isinstance(subject_id, int) else None)),
    )


def _plan_page(form: forms.PlanForm, rows: list[forms.Row], refusal: DomainError | None = None) -> str:
    hat, now = current_hat(), clock.now()
    _offer(form, hat)
    versions = _versions(rows)
    rows = _there(rows, versions)
    minutes = minutes_of([one.question() for one in rows], versions)
    return render_template(
        "homework/overview/new.html",
        form=form,
        rows=rows,
        versions=versions,
        minutes=minutes,
        loads=_loads(form, hat, minutes),
        subjects={one.id: one for one in db.session.scalars(select(Subject))},
        usual_title=_usual_title(form, rows),
        refusal=refusal,
        is_told=refusal is not None and type(refusal) in forms.FIELDS_OF_REFUSALS,
        is_gone=isinstance(refusal, QuestionGone),
        now=now,
    )


def _versions(rows: list[forms.Row]) -> dict[int, ItemVersion]:
    wanted = [one.version_id for one in rows if one.version_id is not None]
    return {one.id: one for one in db.session.scalars(versions_visible_to(current_hat(), wanted))}


def _there(rows: list[forms.Row], versions: dict[int, ItemVersion]) -> list[forms.Row]:
    """The rows without the questions that are not there for this teacher."""
    return [one for one in rows if one.version_id is None or one.version_id in versions]


def _loads(form: forms.PlanForm, hat: Hat, minutes: float) -> list[DayLoad]:
    due = form.due()
    chosen = form.chosen_classes()
    if due is None or not chosen:
        return []
    classes = [one for one in db.session.scalars(assignments.classes_of(hat)) if one.id in chosen]
    return assignments.loads(classes, school_day(due), minutes)


def _usual_title(form: forms.PlanForm, rows: list[forms.Row]) -> str:
    """The knowledge point that most questions are about, else the subject's name."""
    found = queries.found_versions(list(_versions(rows).values()))
    names: list[str] = [localized(point) for one in found for point in one.points]
    if names:
        return max(names, key=names.count)
    subject = db.session.get(Subject, form.subject_id.data) if form.subject_id.data else None
    return str(_("%(subject)s homework", subject=localized(subject)) if subject else _("Homework"))
