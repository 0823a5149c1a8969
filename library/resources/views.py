"""The pages of a resource: what it says, the answers for teachers, and what their school adds."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import joinedload
from wtforms.fields.choices import SelectChoice

from accounts.classes.grades import GRADES
from accounts.sign_in.current import current_hat
from core import clock
from core.access import allow, anyone_signed_in, find
from core.database import db, transaction
from core.i18n import _, localized
from core.paging import newest_first
from library.curriculum.models import Subject
from library.curriculum.queries import units_of
from library.items.models import ItemVersion
from library.resources import queries, services
from library.resources.accessibility import FEATURES, feature_name
from library.resources.errors import ChangedMeanwhile
from library.resources.forms import WordingForm
from library.resources.licences import LICENCES, licence_of
from library.resources.models import Resource, ResourceKind
from library.resources.policy import may_practise, may_see_keys, may_write
from library.resources.sheets import sheet_of
from library.resources.words import (
    difficulty_name,
    end_user_name,
    grade_name,
    kind_name,
    language_name,
    tier_name,
)
from library.vocabularies.terms import vocabulary

LANGUAGES = vocabulary("languages")
bp = Blueprint("resources", __name__)

MOST_RELATED = 8
MOST_POINTS = 200


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


@bp.get("/library/<int:resource_id>/facts")
@allow(anyone_signed_in)
def facts(resource_id: int) -> ResponseReturnValue:
    """A part of its page: where in the textbooks it belongs, for whom it is, who can use it."""
    resource = _visible(resource_id)
    return render_template(
        "library/resources/facts.html",
        resource=resource,
        place=db.session.execute(queries.place_of(resource)).first(),
        difficulty_name=difficulty_name(resource.difficulty),
        end_user_name=end_user_name(resource.end_user),
        language_name=language_name(resource.language),
        features=[feature_name(one) for one in resource.accessibility],
    )


_TEMPLATES = {
    ResourceKind.READING: "reading",
    ResourceKind.WORKSHEET: "worksheet",
    ResourceKind.PRACTICE: "practice",
    ResourceKind.DOCUMENT: "document",
    ResourceKind.IMAGE: "image",
    ResourceKind.AUDIO: "audio",
    ResourceKind.VIDEO: "video",
    ResourceKind.PACKAGE: "package",
}
"""Kinds whose pages show more than what stands on every resource's."""


def _visible(resource_id: int) -> Resource:
    resource: Resource = find(
        queries.openable_by(current_hat())
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
        "licence": licence_of(resource.licence),
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
    if last := db.session.scalar(queries.last_made_by(current_hat())):
        form.show_like(last)
    else:
        form.grade_from.data = form.grade_to.data = (
            db.session.scalar(queries.own_grades(current_hat())) or GRADES[0]
        )
    subject_ids = {row.code: row.id for row in db.session.execute(select(Subject.code, Subject.id))}
    form.begin_with(request.args, subject_ids)
    if request.args.get("kind") == ResourceKind.LINK:
        form.kind.data = ResourceKind.LINK.value
    _offer_places(form)
    return _edit_page(form)


@bp.get("/library/ours/places")
@allow(may_write)
def places() -> ResponseReturnValue:
    """A part of the form: what fits the subject and the grades that are chosen in it now."""
    form = _form()
    form.process(request.args)
    _offer_places(form)
    return render_template("library/resources/places.html", form=form)


@bp.post("/library/ours/new")
@allow(may_write)
def create() -> ResponseReturnValue:
    """Add a draft to my school's collection."""
    form = _form()
    _offer_places(form)
    if not form.validate_on_submit():
        return _edit_page(form), 422
    with transaction():
        made = services.make(
            ResourceKind(form.kind.data), form.wording(), author=current_hat(), now=clock.now()
        )
        resource_id = made.id
    flash(_("Saved as a draft. Submit it when it is ready."), "success")
    return redirect(url_for(".edit", resource_id=resource_id))


@bp.get("/library/<int:resource_id>/edit")
@allow(may_write)
def edit(resource_id: int) -> ResponseReturnValue:
    """What a resource of my school says, to change it."""
    resource = _edited(resource_id)
    form = _form(resource)
    point_ids = [one.id for one in db.session.scalars(queries.points_of(resource_id))]
    form.show(resource, db.session.scalar(queries.body_of(resource_id)), point_ids)
    _offer_places(form, resource)
    return _edit_page(form, resource)


@bp.post("/library/<int:resource_id>/edit")
@allow(may_write)
def save(resource_id: int) -> ResponseReturnValue:
    """Save what was changed, unless a colleague was quicker: then both are shown."""
    resource = _edited(resource_id)
    form = _form(resource)
    _offer_places(form, resource)
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


def _edited(resource_id: int) -> Resource:
    resource: Resource = find(queries.edited_by(current_hat()).where(Resource.id == resource_id))
    return resource


def _form(resource: Resource | None = None) -> WordingForm:
    """The form with the choices that do not depend on what is chosen in it."""
    form = WordingForm()
    subjects = db.session.scalars(select(Subject).order_by(Subject.position, Subject.id))
    form.subject_id.choices = [
        SelectChoice(0, _("No subject")),
        *(SelectChoice(one.id, localized(one)) for one in subjects),
    ]
    form.grade_from.choices = form.grade_to.choices = [SelectChoice(one, grade_name(one)) for one in GRADES]
    form.language.choices = [SelectChoice(one.code, localized(one)) for one in LANGUAGES.values()]
    form.accessibility.choices = [
        SelectChoice(one.code, localized(one)) for one in FEATURES.values() if one.code != "none"
    ]
    if resource is not None:
        form.kind.choices = [SelectChoice(resource.kind.value, kind_name(resource.kind))]
    return form


def _offer_places(form: WordingForm, resource: Resource | None = None) -> None:
    """Offer the books, units and knowledge points that fit the subject and the grades of the form."""
    known = [one.code for one in LANGUAGES.values()]
    if resource is not None and resource.language not in known:
        form.language.choices = [*form.language.choices, SelectChoice(resource.language, resource.language)]
    subject_id, first, last = form.subject_id.data or 0, form.grade_from.data or 0, form.grade_to.data or 0
    volumes = db.session.execute(queries.fitting_volumes(subject_id, first, last)).all()
    form.volume_id.choices = [
        SelectChoice(0, _("Not told")),
        *(SelectChoice(one.id, f"{localized(edition)} · {localized(one)}") for one, edition in volumes),
    ]
    if form.volume_id.data not in [one.id for one, _edition in volumes]:
        form.volume_id.data = 0
    units = db.session.scalars(units_of(form.volume_id.data)).all()
    form.unit_id.choices = [
        SelectChoice(0, _("Not told")),
        *(SelectChoice(one.id, localized(one)) for one in units),
    ]
    if form.unit_id.data not in [one.id for one in units]:
        form.unit_id.data = 0
    points = {
        one.id: one
        for one in db.session.scalars(queries.fitting_points(subject_id, first, last).limit(MOST_POINTS))
    }
    if resource is not None:
        points |= {one.id: one for one in db.session.scalars(queries.points_of(resource.id))}
    form.point_ids.choices = [SelectChoice(one.id, localized(one)) for one in points.values()]


def _edit_page(form: WordingForm, resource: Resource | None = None, refusal: str = "") -> str:
    return render_template(
        "library/resources/edit.html",
        form=form,
        resource=resource,
        refusal=refusal,
        versions=db.session.scalars(queries.versions_of(resource.id)).all() if resource else [],
        licence_names=[str(one.name) for one in LICENCES],
    )
