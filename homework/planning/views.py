"""Plan, look at the plan as a pupil will, and assign it."""

from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from accounts.classes.models import SchoolClass
from accounts.people.models import Hat, Person
from accounts.sign_in.current import current_hat
from core import clock
from core.access import allow, find
from core.database import db, transaction
from core.errors import Conflict, DomainError, NotFound
from core.i18n import _, localized, ngettext
from homework.assignments import policy
from homework.assignments import queries as assignments
from homework.assignments.checks import planned_loads, worth_of
from homework.assignments.errors import DueAtNight, OpenAlready, QuestionGone
from homework.assignments.layers import Layer
from homework.assignments.models import Assignment
from homework.assignments.plan import Plan
from homework.assignments.schedule import is_at_rest
from homework.assignments.services import assign
from homework.groups import queries as groups
from homework.groups.models import PupilGroup
from homework.load import queries as load
from homework.load.limits import DayLoad
from homework.planning import forms, queries
from homework.planning.services import change_with_rubrics
from library.curriculum.models import Subject
from library.items.models import ItemKind, ItemVersion
from library.resources.queries import versions_visible_to

bp = Blueprint("planning", __name__)
CLASSES_CHANGED = "weike:classes"


@dataclass(frozen=True, slots=True)
class Draft:
    """What stands in the form at the moment: the form itself, its questions, and those it is for."""

    form: forms.PlanForm
    rows: list[forms.Row]
    targets: forms.Targets
    standing: Assignment | None = None
    """The assignment that is changed; None for a new one."""


@bp.get("/assignments/new")
@allow(policy.may_assign)
def new() -> ResponseReturnValue:
    """An empty plan; ``?resource=`` (repeatable) brings practices' questions, ``?lesson=`` a micro-lesson.

    ``?copy=`` brings what an earlier assignment asked, to be given to others.
    """
    hat = current_hat()
    form = forms.PlanForm(formdata=None)
    form.begin(clock.now())
    subjects = list(db.session.scalars(assignments.subjects_taught(hat)))
    form.subject_id.data = subjects[0].id if subjects else None
    form.lesson_id.data = request.args.get("lesson", default=0, type=int)
    form.class_ids.data = request.args.getlist("class", type=int)
    rows = _rows_of_resources(hat)
    if copied := request.args.get("copy", type=int):
        earlier: Assignment = find(assignments.taught_by(hat).where(Assignment.id == copied))
        form.repeat(earlier)
        rows = forms.rows_of(db.session.scalars(assignments.questions_of(earlier.id)))
        versions = _versions(rows)
        if len(_there(rows, versions)) < len(rows):
            nobody = forms.Targets((), {})
            return _plan_page(Draft(form, rows, nobody), QuestionGone())
    return _plan_page(Draft(form, rows, forms.Targets((), {})))


@bp.post("/assignments/new")
@allow(policy.may_assign)
def redraw() -> ResponseReturnValue:
    """The same plan after a button beside a question was pressed; nothing is stored."""
    draft = _draft()
    rows = forms.change_rows(draft.rows, request.form)
    if added := request.form.get("add", default=0, type=int):
        rows = forms.with_group(rows, added, db.session.scalars(queries.group_of(current_hat(), added)))
    changed = Draft(draft.form, rows, draft.targets, draft.standing)
    if len(_there(rows, _versions(rows))) < len(rows):
        return _plan_page(changed, QuestionGone()), HTTPStatus.NOT_FOUND
    return _plan_page(changed)


@bp.post("/assignments")
@allow(policy.may_assign)
def create() -> ResponseReturnValue:
    """Assign what is planned."""
    hat, now = current_hat(), clock.now()
    draft = _draft()
    if not draft.form.validate():
        return _plan_page(draft), 422
    try:
        plan = _plan(draft)
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
    standing = _own(assignment_id)
    if standing.opens_at <= clock.now():
        raise OpenAlready
    targets = list(db.session.scalars(assignments.targets_of(standing.id)))
    parts = list(db.session.scalars(assignments.parts_of(standing.id)))
    said = db.session.scalars(load.excesses_of(standing.id)).first()
    form = forms.PlanForm(formdata=None)
    form.show(standing, targets, said.reason if said else "")
    form.group_ids.data = [one.group_id for one in parts if one.group_id]
    rows = forms.rows_of(db.session.scalars(assignments.questions_of(standing.id)))
    return _plan_page(Draft(form, rows, forms.targets_given(targets, parts), standing))


@bp.post("/assignments/<int:assignment_id>/plan")
@allow(policy.may_assign)
def save(assignment_id: int) -> ResponseReturnValue:
    """Make the work be as it is planned now."""
    hat, now = current_hat(), clock.now()
    draft = _draft(_own(assignment_id))
    if not draft.form.validate():
        return _plan_page(draft), 422
    version = int(draft.form.version.data) if str(draft.form.version.data).isdecimal() else 0
    try:
        plan = _plan(draft)
        with transaction():
            lost = change_with_rubrics(_own(assignment_id), hat, plan, version=version, now=now)
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
    draft = _draft()
    _offer(draft.form, current_hat())
    answer = make_response(render_template("homework/planning/load.html", form=draft.form, **_days(draft)))
    answer.headers["HX-Trigger"] = CLASSES_CHANGED
    return answer


@bp.post("/assignments/preview")
@allow(policy.may_assign)
def preview() -> ResponseReturnValue:
    """The plan as a pupil will see it; nothing is stored, and no key is shown."""
    draft = _draft()
    versions = _versions(draft.rows)
    return render_template(
        "homework/planning/preview.html",
        title=(draft.form.title.data or "").strip() or _usual_title(draft),
        instructions=draft.form.instructions.data or "",
        subject=db.session.get(Subject, draft.form.subject_id.data) if draft.form.subject_id.data else None,
        due_at=draft.form.due(),
        rows=_there(draft.rows, versions),
        versions=versions,
        is_layered=_is_layered(draft.rows),
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


def _draft(standing: Assignment | None = None) -> Draft:
    """What was sent. *standing* is the assignment that is changed, which the form may name itself."""
    form, rows = forms.PlanForm(), forms.read_rows(request.form)
    _offer(form, current_hat())
    if standing is None and (named := request.form.get("standing", type=int)):
        standing = _own(named)
    return Draft(form, rows, forms.read_targets(request.form), standing)


def _own(assignment_id: int) -> Assignment:
    hat = current_hat()
    query = assignments.taught_by(hat).where(
        Assignment.id == assignment_id, Assignment.teacher_id == hat.person_id
    )
    found: Assignment = find(query)
    return found


def _plan(draft: Draft) -> Plan:
    versions = _versions(draft.rows)
    questions_asked = tuple(one.question(versions) for one in draft.rows)
    plan = draft.form.plan(questions_asked, _usual_title(draft), draft.targets, clock.now())
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
    return _plan_page(draft, refusal), status


def _rows_of_resources(hat: Hat) -> list[forms.Row]:
    asked = dict.fromkeys(
        one.id
        for resource_id in request.args.getlist("resource", type=int)[: forms.MOST_QUESTIONS]
        for one in db.session.scalars(queries.questions_in(hat, resource_id))
    )
    return [forms.Row(version_id, 1.0) for version_id in list(asked)[: forms.MOST_QUESTIONS]]


def _offer(form: forms.PlanForm, hat: Hat) -> None:
    subject_id = form.subject_id.data
    form.offer(
        db.session.scalars(assignments.classes_of(hat)),
        db.session.scalars(groups.kept_by(hat).options(joinedload(PupilGroup.school_class))),
        db.session.scalars(assignments.subjects_taught(hat)),
        db.session.scalars(queries.lessons_for(hat, subject_id if isinstance(subject_id, int) else None)),
    )


def _plan_page(draft: Draft, refusal: DomainError | None = None) -> str:
    hat, now = current_hat(), clock.now()
    form = draft.form
    _offer(form, hat)
    versions = _versions(draft.rows)
    there = Draft(form, _there(draft.rows, versions), draft.targets, draft.standing)
    chosen = form.chosen_classes()
    own_classes = list(db.session.scalars(assignments.classes_of(hat)))
    found = queries.described(list(versions.values()), [one.id for one in own_classes if one.id in chosen])
    return render_template(
        "homework/planning/new.html",
        form=form,
        rows=there.rows,
        versions=versions,
        about={one.version.id: one for one in found},
        standing=draft.standing,
        targets=draft.targets,
        named=_named(hat, draft.targets.pupil_ids),
        own_classes=own_classes,
        classes={one.id: one for one in own_classes},
        is_layered=_is_layered(there.rows),
        layers=forms.LAYERS,
        kinds=list(ItemKind),
        eases=list(queries.Ease),
        lately=queries.points_taught_lately(
            [one.id for one in own_classes if one.id in chosen or not chosen],
            form.subject_id.data if isinstance(form.subject_id.data, int) else None,
        ),
        wanted=queries.Wanted(),
        usual_title=_usual_title(there),
        refusal=refusal,
        is_told=refusal is not None and type(refusal) in forms.FIELDS_OF_REFUSALS,
        is_gone=isinstance(refusal, QuestionGone),
        now=now,
        **_days(there),
    )


def _days(draft: Draft) -> dict[str, object]:
    """What the fragment of the day shows."""
    loads: Sequence[DayLoad] = []
    minutes = {"all": 0.0, "must": 0.0}
    versions = _versions(draft.rows)
    rows = _there(draft.rows, versions)
    plan = draft.form.plan(tuple(one.question(versions) for one in rows), "", draft.targets, clock.now())
    if plan is not None:
        hat = current_hat()
        try:
            worth = worth_of(hat, plan)
            minutes = {"all": worth.at(Layer.CHALLENGE), "must": worth.at(Layer.REQUIRED)}
            if plan.opens_at < plan.due_at:
                loads = planned_loads(hat, plan, besides=draft.standing.id if draft.standing else None)
        except QuestionGone:  # the lesson is not there any more; assigning says so
            loads = []
    return {
        "loads": loads,
        "minutes": minutes,
        "subjects": {one.id: one for one in db.session.scalars(select(Subject))},
    }


def _named(hat: Hat, pupil_ids: tuple[int, ...]) -> dict[int, list[Person]]:
    """By class: the pupils who are chosen one by one."""
    people = {one.id: one for one in db.session.scalars(select(Person).where(Person.id.in_(pupil_ids)))}
    found: dict[int, list[Person]] = {}
    for student_id, class_id in db.session.execute(assignments.pupils_named(hat, pupil_ids)):
        found.setdefault(class_id, []).append(people[student_id])
    return found


def _versions(rows: list[forms.Row]) -> dict[int, ItemVersion]:
    wanted = [one.version_id for one in rows if one.version_id is not None]
    return {one.id: one for one in db.session.scalars(versions_visible_to(current_hat(), wanted))}


def _there(rows: list[forms.Row], versions: dict[int, ItemVersion]) -> list[forms.Row]:
    """The rows without the questions that are not there for this teacher."""
    return [one for one in rows if one.version_id is None or one.version_id in versions]


def _is_layered(rows: list[forms.Row]) -> bool:
    return any(one.layer is not Layer.REQUIRED for one in rows)


def _usual_title(draft: Draft) -> str:
    """The knowledge point that most questions are about, else the subject's name."""
    found = queries.described(list(_versions(draft.rows).values()))
    names: list[str] = [localized(point) for one in found for point in one.points]
    if names:
        return max(names, key=names.count)
    subject_id = draft.form.subject_id.data
    subject = db.session.get(Subject, subject_id) if subject_id else None
    return str(_("%(subject)s homework", subject=localized(subject)) if subject else _("Homework"))
