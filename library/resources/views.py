"""The pages of a resource: what it says, the answers for teachers, and what their school adds."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import joinedload
from wtforms.fields.choices import SelectChoice

from accounts.sign_in.current import current_hat
from core import clock
from core.access import allow, anyone_signed_in, find
from core.database import db, transaction
from core.i18n import _, localized
from core.paging import newest_first
from library.curriculum.models import Subject
from library.items.models import ItemVersion
from library.resources import queries, services
from library.resources.errors import ChangedMeanwhile, FileNotReady, WordsMissing
from library.resources.forms import WordingForm
from library.resources.models import Resource, ResourceKind
from library.resources.policy import may_practise, may_see_keys, may_write
from library.resources.sheets import sheet_of
from library.resources.words import difficulty_name, grade_name, kind_name, tier_name

bp = Blueprint("resources", __name__)

MOST_RELATED = 8
MOST_POINTS = 200
GRADES = range(1, 13)


@bp.get("/library/<int:resource_id>")
@allow(anyone_signed_in)
def show(resource_id: int) -> ResponseReturnValue:
    """What a resource is, and its text. Its script tells that it was opened; this only reads."""
    hat = current_hat()
    resource = _visible(resource_id)
    return render_template(
        f"library/resources/{_TEMPLATES.get(resource.kind, 'show')}.html",
        **_about(resource),
        points=db.session.scalars(queries.points_of(resource.id)).all(),
        may_edit=db.session.scalar(
            queries.edited_by(hat).where(Resource.id == resource.id).with_only_columns(Resource.id)
        )
        is not None,
        related=db.session.scalars(queries.related(hat, resource.id).limit(MOST_RELATED)).all(),
    )


@bp.get("/library/<int:resource_id>/key")
@allow(may_see_keys)
def key(resource_id: int) -> ResponseReturnValue:
    """The answers to what a resource asks, to print."""
    return render_template("library/resources/key.html", **_about(_visible(resource_id)))


_TEMPLATES = {
    ResourceKind.READING: "reading",
    ResourceKind.WORKSHEET: "worksheet",
    ResourceKind.PRACTICE: "practice",
    ResourceKind.DOCUMENT: "document",
    ResourceKind.IMAGE: "image",
    ResourceKind.AUDIO: "audio",
    ResourceKind.VIDEO: "video",
}
"""Kinds whose pages show more than what stands on every resource's."""


def _visible(resource_id: int) -> Resource:
    resource: Resource = find(
        queries.visible_to(current_hat())
        .where(Resource.id == resource_id)
        .options(joinedload(Resource.subject))
    )
    return resource


def _about(resource: Resource) -> dict[str, object]:
    """What every page of a resource needs."""
    body = db.session.scalar(queries.body_of(resource.id))
    questions: list[ItemVersion] = list(db.session.scalars(queries.items_of_resource(resource.id)))
    return {
        "resource": resource,
        "url": body.url if body else "",
        "sheet": sheet_of(resource.kind, body.text if body else ""),
        "questions": questions,
        "may_practise": may_practise(current_hat()),
        "may_see_keys": may_see_keys(current_hat()),
        "difficulty_name": difficulty_name(resource.difficulty),
        "tier_name": tier_name(resource.tier),
    }


# What a school adds


@bp.get("/library/ours")
@allow(may_write)
def ours() -> ResponseReturnValue:
    """The readings and links of my school, the newest first."""
    return render_template(
        "library/resources/ours.html",
        page=newest_first(queries.edited_by(current_hat()), Resource.id, request.args.get("cursor")),
    )


@bp.get("/library/ours/new")
@allow(may_write)
def new() -> ResponseReturnValue:
    """An empty reading, or an empty link."""
    form = _form()
    form.grade_from.data = form.grade_to.data = (
        db.session.scalar(queries.own_grades(current_hat())) or GRADES[0]
    )
    if request.args.get("kind") == ResourceKind.LINK:
        form.kind.data = ResourceKind.LINK.value
    return _edit_page(form)


@bp.post("/library/ours/new")
@allow(may_write)
def create() -> ResponseReturnValue:
    """Add a draft to my school's collection."""
    form = _form()
    if not form.validate_on_submit():
        return _edit_page(form), 422
    with transaction():
        made = services.make(
            ResourceKind(form.kind.data), form.wording(), author=current_hat(), now=clock.now()
        )
        resource_id = made.id
    flash(_("Saved as a draft. Publish it when it is ready."), "success")
    return redirect(url_for(".edit", resource_id=resource_id))


@bp.get("/library/<int:resource_id>/edit")
@allow(may_write)
def edit(resource_id: int) -> ResponseReturnValue:
    """What a resource of my school says, to change it."""
    resource = _edited(resource_id)
    form = _form(resource)
    point_ids = [one.id for one in db.session.scalars(queries.points_of(resource_id))]
    form.show(resource, db.session.scalar(queries.body_of(resource_id)), point_ids)
    return _edit_page(form, resource)


@bp.post("/library/<int:resource_id>/edit")
@allow(may_write)
def save(resource_id: int) -> ResponseReturnValue:
    """Save what was changed, unless a colleague was quicker: then both are shown."""
    resource = _edited(resource_id)
    form = _form(resource)
    form.kind.data = resource.kind.value
    if not form.validate_on_submit():
        return _edit_page(form, resource), 422
    try:
        with transaction():
            services.change(
                _edited(resource_id),
                form.wording(),
                version=int(form.version.data) if str(form.version.data).isdecimal() else 0,
                changed_by_id=current_hat().person_id,
                now=clock.now(),
            )
    except ChangedMeanwhile as refusal:
        present = _edited(resource_id)
        form.version.data = present.version
        return _edit_page(form, present, refusal=str(refusal)), 409
    flash(_("Saved."), "success")
    return redirect(url_for(".edit", resource_id=resource_id))


@bp.post("/library/<int:resource_id>/release")
@allow(may_write)
def release(resource_id: int) -> ResponseReturnValue:
    """Let my school's pupils find it."""
    try:
        with transaction():
            services.release(_edited(resource_id), now=clock.now())
    except (FileNotReady, WordsMissing) as refusal:
        flash(str(refusal), "danger")
        return redirect(url_for(".edit", resource_id=resource_id))
    flash(_("Published. Pupils of your school find it now."), "success")
    return redirect(url_for(".show", resource_id=resource_id))


@bp.post("/library/<int:resource_id>/withdraw")
@allow(may_write)
def withdraw(resource_id: int) -> ResponseReturnValue:
    """Let pupils find it no more."""
    with transaction():
        services.withdraw(_edited(resource_id), now=clock.now())
    flash(_("Withdrawn. Pupils do not find it any more."), "success")
    return redirect(url_for(".edit", resource_id=resource_id))


def _edited(resource_id: int) -> Resource:
    resource: Resource = find(queries.edited_by(current_hat()).where(Resource.id == resource_id))
    return resource


def _form(resource: Resource | None = None) -> WordingForm:
    """The form with the choices that there are; knowledge points once the subject and grades are known."""
    form = WordingForm()
    subjects = db.session.scalars(select(Subject).order_by(Subject.position, Subject.id))
    form.subject_id.choices = [
        SelectChoice(0, _("No subject")),
        *(SelectChoice(one.id, localized(one)) for one in subjects),
    ]
    form.grade_from.choices = form.grade_to.choices = [SelectChoice(one, grade_name(one)) for one in GRADES]
    form.point_ids.choices = []
    if resource is not None:
        form.kind.choices = [SelectChoice(resource.kind.value, kind_name(resource.kind))]
    if resource is not None and resource.subject_id:
        fitting = queries.fitting_points(resource.subject_id, resource.grade_from, resource.grade_to)
        chosen = queries.points_of(resource.id)
        points = {one.id: one for one in db.session.scalars(fitting.limit(MOST_POINTS))}
        points |= {one.id: one for one in db.session.scalars(chosen)}
        form.point_ids.choices = [SelectChoice(one.id, localized(one)) for one in points.values()]
    return form


def _edit_page(form: WordingForm, resource: Resource | None = None, refusal: str = "") -> str:
    return render_template(
        "library/resources/edit.html",
        form=form,
        resource=resource,
        refusal=refusal,
        versions=db.session.scalars(queries.versions_of(resource.id)).all() if resource else [],
    )
