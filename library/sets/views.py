"""Question sets: mine and my school's, one of them with its questions, and questions to copy into it."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import joinedload
from wtforms.fields.choices import SelectChoice

from accounts.classes.grades import GRADES
from accounts.sign_in.current import current_hat
from core import clock
from core.access import allow, find
from core.database import db, transaction
from core.i18n import _, localized
from core.paging import newest_first
from library.curriculum.models import Subject
from library.items.models import Item, ItemKind, ItemVersion
from library.resources.models import Resource, ReviewState
from library.resources.queries import items_of_resource, items_visible_to, own_grades, own_subjects
from library.resources.services import make
from library.resources.words import difficulty_name, grade_name
from library.sets import queries, services
from library.sets.forms import SetForm
from library.sets.policy import may_keep_sets
from library.sets.sameness import alike, told_in

bp = Blueprint("sets", __name__)

LONGEST_SEARCH = 100
MOST_TOLD = 3
"""Of how many others that say the same a row tells."""


@bp.get("/library/sets")
@allow(may_keep_sets)
def index() -> ResponseReturnValue:
    """My question sets, or all of my school; the newest first."""
    text, is_all = request.args.get("q", "")[:LONGEST_SEARCH].strip(), "school" in request.args
    sets = queries.sets_of(current_hat(), is_own=not is_all, text=text).options(joinedload(Resource.subject))
    page = newest_first(sets, Resource.id, request.args.get("cursor"))
    sizes = dict(db.session.execute(queries.sizes_of([one.id for one in page.rows])).all())
    return render_template("library/sets/index.html", page=page, sizes=sizes, text=text, is_all=is_all)


@bp.get("/library/sets/new")
@allow(may_keep_sets)
def new() -> ResponseReturnValue:
    """An empty set."""
    form = _form()
    mine = queries.sets_of(current_hat(), is_own=True).order_by(Resource.id.desc()).limit(1)
    if like := db.session.scalars(mine).first():
        form.subject_id.data, form.grade.data = like.subject_id, like.grade_from
    else:
        form.subject_id.data = db.session.scalar(own_subjects(current_hat()))
        form.grade.data = db.session.scalar(own_grades(current_hat())) or GRADES[0]
    return render_template("library/sets/new.html", form=form)


@bp.post("/library/sets")
@allow(may_keep_sets)
def create() -> ResponseReturnValue:
    """Begin a set: a draft of the teacher."""
    form = _form()
    if not form.validate_on_submit():
        return render_template("library/sets/new.html", form=form), 422
    with transaction():
        made = make(form.chosen_kind(), form.wording(), author=current_hat(), now=clock.now())
        resource_id = made.id
    flash(_("The set is begun. Now write its questions, or copy some."), "success")
    return redirect(url_for(".show", resource_id=resource_id))


@bp.get("/library/sets/<int:resource_id>")
@allow(may_keep_sets)
def show(resource_id: int) -> ResponseReturnValue:
    """A set: its questions in order, and what they come to."""
    resource = _set(resource_id)
    versions = _versions(resource_id)
    return render_template(
        "library/sets/show.html",
        resource=resource,
        versions=versions,
        points=queries.names_of_points([one.item_id for one in versions]),
        texts=_texts_in(versions),
        kinds=_counts([one.kind for one in versions]),
        bands=_counts([difficulty_name(one.difficulty) for one in sorted(versions, key=_difficulty)]),
        minutes=sum(one.minutes for one in versions),
        undo=_undoable(resource),
        is_open=resource.review_state is ReviewState.PUBLISHED,
        corrected=request.args.get("corrected", type=int),
        done=request.args.get("done", "")[:40],
    )


@bp.post("/library/sets/<int:resource_id>/order")
@allow(may_keep_sets)
def arrange(resource_id: int) -> ResponseReturnValue:
    """Put the questions in another order, or take one out; it can be undone."""
    order = _order_in()
    with transaction():
        number = services.arrange(
            _set(resource_id),
            order,
            version=request.form.get("version", default=0, type=int),
            by_id=current_hat().person_id,
            now=clock.now(),
        )
    if request.form.get("remove"):
        flash(_("The question is taken out of the set."), "success")
    return redirect(url_for(".show", resource_id=resource_id, undo=number), 303)


@bp.post("/library/sets/<int:resource_id>/undo")
@allow(may_keep_sets)
def undo(resource_id: int) -> ResponseReturnValue:
    """Let the set be as it was before the last change of its order."""
    number = request.form.get("number", default=0, type=int)
    with transaction():
        services.undo(_set(resource_id), number, by_id=current_hat().person_id, now=clock.now())
    flash(_("The set is as it was before."), "success")
    return redirect(url_for(".show", resource_id=resource_id), 303)


@bp.get("/library/sets/<int:resource_id>/find")
@allow(may_keep_sets)
def find_questions(resource_id: int) -> ResponseReturnValue:
    """Questions of other sets and practices that can be copied into this one."""
    resource = _set(resource_id)
    text = request.args.get("q", "")[:LONGEST_SEARCH].strip()
    wanted = queries.Wanted(
        text=text,
        resource_id=request.args.get("from", type=int),
        kind=request.args.get("kind", type=ItemKind),
    )
    is_asked = bool(text) or wanted.resource_id is not None
    query = queries.questions_for(current_hat(), wanted, resource_id)
    found = db.session.execute(query).all() if is_asked else []
    return render_template(
        "library/sets/find.html",
        resource=resource,
        found=found,
        wanted=wanted,
        is_asked=is_asked,
        most=queries.MOST_FOUND,
        kinds=list(ItemKind),
    )


@bp.post("/library/sets/<int:resource_id>/copy")
@allow(may_keep_sets)
def copy(resource_id: int) -> ResponseReturnValue:
    """Copy the ticked questions into the set, with all that are about the same text."""
    _set(resource_id)
    hat, ticked = current_hat(), request.form.getlist("item", type=int)[: services.MOST_QUESTIONS]
    chosen = list(
        db.session.scalars(items_visible_to(hat).where(Item.id.in_(ticked)).with_only_columns(Item.id))
    )
    if not chosen:
        flash(_("Tick the questions that should be copied."), "warning")
        return redirect(url_for(".find_questions", resource_id=resource_id))
    with transaction():
        wanted = queries.with_groups(hat, [one for one in ticked if one in chosen])
        copied = len(services.copy(_set(resource_id), wanted, hat, now=clock.now()))
    flash(_("Questions copied into the set: %(count)s.", count=copied), "success")
    return redirect(url_for(".show", resource_id=resource_id))


@bp.get("/library/sets/<int:resource_id>/same")
@allow(may_keep_sets)
def same(resource_id: int) -> ResponseReturnValue:
    """Questions of the set that say the same as others: a part of its page, and a line in each one's row."""
    resource = _set(resource_id)
    versions = _versions(resource_id)
    order = [one.item_id for one in versions]
    return render_template(
        "library/sets/same.html",
        numbers={item_id: place for place, item_id in enumerate(order, start=1)},
        told=told_in(alike(current_hat(), resource.id, versions), order) if versions else {},
        most=MOST_TOLD,
    )


def _set(resource_id: int) -> Resource:
    query = queries.set_of(current_hat(), resource_id).options(joinedload(Resource.subject))
    found: Resource = find(query)
    return found


def _versions(resource_id: int) -> list[ItemVersion]:
    query = items_of_resource(resource_id).options(joinedload(ItemVersion.stimulus_version))
    return list(db.session.scalars(query))


def _texts_in(versions: list[ItemVersion]) -> dict[int, int]:
    """How many questions are about each text."""
    texts = [one.stimulus_version.stimulus_id for one in versions if one.stimulus_version]
    return {one: texts.count(one) for one in texts}


def _difficulty(version: ItemVersion) -> float:
    return version.difficulty


def _counts(things: list[Any]) -> dict[Any, int]:
    return {one: things.count(one) for one in dict.fromkeys(things)}


def _order_in() -> list[int]:
    """The order that the form names, after the button that was pressed beside one of the questions."""
    order = request.form.getlist("order", type=int)
    for deed, step in (("up", -1), ("down", 1)):
        moved = request.form.get(deed, type=int)
        if moved in order:
            place = order.index(moved)
            other = place + step
            if 0 <= other < len(order):
                order[place], order[other] = order[other], order[place]
    removed = request.form.get("remove", type=int)
    return [one for one in order if one != removed]


def _undoable(resource: Resource) -> int | None:
    """The number of the former version that was changed just now, if nothing came after."""
    number = request.args.get("undo", type=int)
    return number if number is not None and number + 1 == resource.version else None


def _form() -> SetForm:
    form = SetForm()
    subjects = db.session.scalars(select(Subject).order_by(Subject.position, Subject.id))
    form.subject_id.choices = [SelectChoice(one.id, localized(one)) for one in subjects]
    form.grade.choices = [SelectChoice(one, grade_name(one)) for one in GRADES]
    return form
