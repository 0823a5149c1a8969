"""The page of a resource, and for teachers the answers to what it asks."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import joinedload

from accounts.sign_in.current import current_hat
from core.access import allow, anyone_signed_in, find
from core.database import db
from library.items.models import ItemVersion
from library.resources import queries
from library.resources.models import Resource, ResourceKind
from library.resources.policy import may_practise, may_see_keys
from library.resources.sheets import sheet_of
from library.resources.words import difficulty_name, tier_name

bp = Blueprint("resources", __name__)

MOST_RELATED = 8


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
