"""Plan, look at the plan as a pupil will, and assign it."""

from dataclasses import replace
from datetime import datetime
from http import HTTPStatus

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from accounts.classes.models import SchoolClass
from accounts.sign_in.current import current_hat
from core import clock
from core.access import allow, find
from core.database import db, transaction
from core.errors import Conflict, DomainError, NotFound
from core.i18n import _, ngettext
from homework.assignments import policy
from homework.assignments import queries as assignments
from homework.assignments.errors import ChangedMeanwhile, DueAtNight, OpenAlready, QuestionGone
from homework.assignments.models import Assignment
from homework.assignments.plan import Plan
from homework.assignments.schedule import is_at_rest
from homework.assignments.services import assign
from homework.groups import queries as groups
from homework.planning import queries
from homework.planning.drafts import (
    Draft,
    is_layered,
    offer,
    own_assignment,
    rows_of_resources,
    sent_draft,
    standing_draft,
    there_of,
    usual_title,
    versions_of,
)
from homework.planning.forms import PlanForm
from homework.planning.overtaken import overtake
from homework.planning.pages import days_of, plan_page
from homework.planning.rows import MOST_QUESTIONS, at_most, change_rows, read_added, rows_of, with_added
from homework.planning.services import change_with_rubrics
from homework.planning.targets import Targets
from library.curriculum.models import Subject
from library.items.models import ItemKind

bp = Blueprint("planning", __name__)
CLASSES_CHANGED = "weike:classes"


@bp.get("/assignments/new")
@allow(policy.may_assign)
def new() -> ResponseReturnValue:
    """An empty plan; ``?resource=`` (repeatable) brings practices' questions, ``?lesson=`` a micro-lesson.

    ``?copy=`` brings what an earlier assignment asked, to be given to others.
    """
    hat = current_hat()
    if db.session.scalars(assignments.classes_of(hat).limit(1)).first() is None:
        return render_template("homework/planning/nobody.html")
    form = PlanForm(formdata=None)
    form.begin(clock.now())
    subjects = list(db.session.scalars(assignments.subjects_taught(hat)))
    form.subject_id.data = subjects[0].id if subjects else None
    form.lesson_id.data = request.args.get("lesson", default=0, type=int)
    form.class_ids.data = request.args.getlist("class", type=int)
    rows, left_out = at_most(rows_of_resources(hat))
    if copied := request.args.get("copy", type=int):
        earlier: Assignment = find(assignments.taught_by(hat).where(Assignment.id == copied))
        form.repeat(earlier)
        rows = rows_of(db.session.scalars(assignments.questions_of(earlier.id)))
        versions = versions_of(rows)
        if len(there_of(rows, versions)) < len(rows):
            nobody = Targets((), {})
            return plan_page(Draft(form, rows, nobody), QuestionGone())
    return plan_page(Draft(form, rows, Targets((), {}), left_out=left_out))


@bp.post("/assignments/new")
@allow(policy.may_assign)
def redraw() -> ResponseReturnValue:
    """The same plan after a button beside a question was pressed; nothing is stored."""
    draft = sent_draft()
    added = read_added(request.form)
    groups = queries.groups_of(current_hat(), list(added)[:MOST_QUESTIONS])
    rows, left_out = at_most(with_added(change_rows(draft.rows, request.form), added, groups))
    changed = replace(draft, rows=rows, left_out=draft.left_out + left_out)
    if len(there_of(rows, versions_of(rows))) < len(rows):
        return plan_page(changed, QuestionGone()), HTTPStatus.NOT_FOUND
    return plan_page(changed)


@bp.post("/assignments")
@allow(policy.may_assign)
def create() -> ResponseReturnValue:
    """Assign what is planned."""
    hat, now = current_hat(), clock.now()
    draft = sent_draft()
    if not draft.form.validate() or draft.left_out:
        return plan_page(draft), 422
    try:
        plan = _plan(draft, now)
        with transaction():
            assignment_id = assign(hat, plan, now=now).id
    except DomainError as refusal:
        return _refused(draft, refusal)
    flash(_("The work is assigned."), "success")
    return redirect(url_for("assignments.show", assignment_id=assignment_id))


@bp.get("/assignments/<int:assignment_id>/plan")
@allow(policy.may_assign)
def edit(assignment_id: int) -> ResponseReturnValue:
    """The plan of work that pupils do not see yet, to be changed."""
    standing = own_assignment(assignment_id)
    if standing.opens_at <= clock.now():
        raise OpenAlready
    return plan_page(standing_draft(standing))


@bp.post("/assignments/<int:assignment_id>/plan")
@allow(policy.may_assign)
def save(assignment_id: int) -> ResponseReturnValue:
    """Make the work be as it is planned now; who was overtaken sees what it says, and decides."""
    hat, now = current_hat(), clock.now()
    draft = sent_draft(own_assignment(assignment_id))
    if not draft.form.validate() or draft.left_out:
        return plan_page(draft), 422
    version = int(draft.form.version.data) if str(draft.form.version.data).isdecimal() else 0
    try:
        plan = _plan(draft, now)
        with transaction():
            lost = change_with_rubrics(own_assignment(assignment_id), hat, plan, version=version, now=now)
    except ChangedMeanwhile:
        overtaken = overtake(draft, own_assignment(assignment_id))
        return plan_page(draft, overtaken=overtaken), HTTPStatus.CONFLICT
    except DomainError as refusal:
        return _refused(draft, refusal)
    flash(_("The work is changed. Pupils do not see it yet."), "success")
    if lost:
        flash(
            ngettext(
                "%(num)s rubric is gone with its question, or because the points changed.",
                "%(num)s rubrics are gone with their questions, or because the points changed.",
                lost,
            ),
            "warning",
        )
    return redirect(url_for("assignments.show", assignment_id=assignment_id))


@bp.get("/assignments/questions")
@allow(policy.may_assign)
def questions() -> ResponseReturnValue:
    """Questions of the library, and what the classes were taught lately: a part of the plan's page."""
    hat, asked = current_hat(), request.args
    own = set(db.session.scalars(assignments.classes_of(hat).with_only_columns(SchoolClass.id)))
    chosen = tuple(one for one in asked.getlist("class_ids", type=int) if one in own)
    text = asked.get("q", "")[:100].strip()
    skip = max(asked.get("skip", default=0, type=int), 0)
    wanted = queries.Wanted(
        text=text,
        point_id=asked.get("point", type=int) if not text else None,
        subject_id=asked.get("subject_id", type=int),
        kind=asked.get("kind", type=ItemKind),
        ease=asked.get("ease", type=queries.Ease),
        class_ids=chosen,
        only_new="only_new" in asked,
    )
    found = queries.found_for(hat, wanted, skip)
    lately = queries.points_taught_lately(chosen or own, wanted.subject_id)
    shown = asked.get("lately")
    return render_template(
        "homework/planning/found.html",
        found=found[: queries.MOST_FOUND],
        has_more=len(found) > queries.MOST_FOUND,
        skip=skip,
        wanted=wanted,
        lately=lately,
        is_lately_new=shown is not None and shown != "-".join(str(one.id) for one in lately),
        classes={one.id: one for one in db.session.scalars(assignments.classes_of(hat))},
        most=queries.MOST_FOUND,
    )


@bp.post("/assignments/load")
@allow(policy.may_assign)
def day() -> Response:
    """What the classes' days hold with the plan as it stands: a part of the plan's page."""
    draft = sent_draft()
    offer(draft.form, current_hat())
    answer = make_response(render_template("homework/planning/load.html", form=draft.form, **days_of(draft)))
    answer.headers["HX-Trigger"] = CLASSES_CHANGED
    return answer


@bp.post("/assignments/preview")
@allow(policy.may_assign)
def preview() -> ResponseReturnValue:
    """The plan as a pupil will see it; nothing is stored, and no key is shown."""
    draft = sent_draft()
    versions = versions_of(draft.rows)
    return render_template(
        "homework/planning/preview.html",
        title=(draft.form.title.data or "").strip() or usual_title(draft),
        instructions=draft.form.instructions.data or "",
        subject=db.session.get(Subject, draft.form.subject_id.data) if draft.form.subject_id.data else None,
        due_at=draft.form.due(),
        rows=there_of(draft.rows, versions),
        versions=versions,
        is_layered=is_layered(draft.rows),
    )


@bp.get("/assignments/pupils")
@allow(policy.may_assign)
def pupils() -> ResponseReturnValue:
    """The pupils of one class, to give the work to some of them: a part of the plan's page."""
    class_id = request.args.get("class_id", type=int)
    school_class = find(assignments.classes_of(current_hat()).where(SchoolClass.id == class_id))
    return render_template(
        "homework/planning/pupils.html",
        pupils=[one for one, _seat in db.session.execute(groups.pupils_of(school_class.id))],
        chosen=set(request.args.getlist("pupil_ids", type=int)),
    )


def _plan(draft: Draft, now: datetime) -> Plan:
    versions = versions_of(draft.rows)
    questions_asked = tuple(one.question(versions) for one in draft.rows)
    plan = draft.form.plan(questions_asked, usual_title(draft), draft.targets, now)
    assert plan is not None, "validated before"
    if is_at_rest(plan.due_at) and not draft.form.is_night_meant.data:
        raise DueAtNight
    return plan


def _refused(draft: Draft, refusal: DomainError) -> ResponseReturnValue:
    """The form again with everything that was typed, and why it was refused."""
    draft.form.tell(refusal)
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    if isinstance(refusal, NotFound):
        status = HTTPStatus.NOT_FOUND
    elif isinstance(refusal, Conflict):
        status = HTTPStatus.CONFLICT
    return plan_page(draft, refusal), status
