"""Draw questions for a plan, and see which questions of a set a class was not taught yet."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from accounts.classes.models import SchoolClass
from accounts.sign_in.current import current_hat
from core.access import allow, find
from core.database import db
from core.errors import DomainError
from homework.assembly import forms, queries
from homework.assembly.drawing import draw
from homework.assignments import policy
from homework.assignments import queries as assignments
from homework.planning.queries import Ease, described, points_taught_lately
from library.items.models import ItemKind
from library.resources.models import Resource
from library.resources.queries import items_of_resource, openable_by

bp = Blueprint("assembly", __name__)

LONGEST_SEARCH = 60


@bp.get("/assignments/draw/form")
@allow(policy.may_assign)
def form() -> ResponseReturnValue:
    """What can be asked of a draw: a part of the plan's page."""
    hat, asked = current_hat(), request.args
    chosen = _classes() or tuple(
        db.session.scalars(assignments.classes_of(hat).with_only_columns(SchoolClass.id))
    )
    return render_template(
        "homework/assembly/form.html",
        lately=points_taught_lately(chosen, asked.get("subject_id", type=int)),
        kinds=list(ItemKind),
        eases=list(Ease),
    )


@bp.get("/assignments/draw/points")
@allow(policy.may_assign)
def points() -> ResponseReturnValue:
    """Knowledge points by their names, to draw about them: a part of the form."""
    text = request.args.get("draw_text", "")[:LONGEST_SEARCH].strip()
    query = queries.points_called(text, request.args.get("subject_id", type=int))
    return render_template(
        "homework/assembly/points.html", points=list(db.session.scalars(query)) if text else [], text=text
    )


@bp.get("/assignments/draw")
@allow(policy.may_assign)
def show() -> ResponseReturnValue:
    """A draw, with what could not be met. The same address draws the same."""
    hat = current_hat()
    try:
        asked = forms.read_asked(request.args, _classes())
    except DomainError as refusal:
        return render_template("homework/assembly/drawn.html", refusal=refusal)
    found = queries.found_about(hat, asked.wish.point_ids, asked.filters)
    candidates, left_out = queries.candidates(found, asked.filters)
    drawn = draw(candidates, asked.wish, asked.seed)
    by_id = {one.version.id: one for one in found}
    return render_template(
        "homework/assembly/drawn.html",
        refusal=None,
        asked=asked,
        drawn=drawn,
        rows=[(by_id[one.version_id], asked.layers[one.ease]) for one in drawn.chosen],
        left_out=left_out,
        missing=list(db.session.scalars(queries.points(drawn.points_missing))),
        classes={one.id: one for one in db.session.scalars(assignments.classes_of(hat))},
        next_seed=(asked.seed + 1) % forms.MOST_SEED,
        add_all=",".join(f"{one.version_id}:{asked.layers[one.ease].value}" for one in drawn.chosen),
    )


@bp.get("/library/<int:resource_id>/untaught")
@allow(policy.may_assign)
def untaught(resource_id: int) -> ResponseReturnValue:
    """Which questions of a set one of my classes was not taught yet: a part of the set's page."""
    hat = current_hat()
    resource: Resource = find(openable_by(hat).where(Resource.id == resource_id))
    classes = list(db.session.scalars(assignments.classes_of(hat)))
    asked = request.args.get("class_id", type=int)
    chosen = next((one for one in classes if one.id == asked), None)
    found = []
    if chosen is not None:
        found = described(list(db.session.scalars(items_of_resource(resource.id))), [chosen.id])
    return render_template(
        "homework/assembly/untaught.html",
        resource=resource,
        classes=classes,
        chosen=chosen,
        rows=[(place, one) for place, one in enumerate(found, start=1) if one.untaught],
        given=[place for place, one in enumerate(found, start=1) if one.given],
    )


def _classes() -> tuple[int, ...]:
    """Those of the classes that are ticked that are the teacher's."""
    own = set(db.session.scalars(assignments.classes_of(current_hat()).with_only_columns(SchoolClass.id)))
    return tuple(one for one in request.args.getlist("class_ids", type=int) if one in own)
