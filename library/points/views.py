"""The page of a knowledge point."""

from itertools import groupby

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import Select

from accounts.sign_in.current import current_hat
from core.access import allow, anyone_signed_in, find
from core.database import db
from core.paging import newest_first
from library.curriculum import queries as curriculum
from library.curriculum.models import KnowledgePoint
from library.resources import queries as resources
from library.resources.models import Resource, ResourceKind

bp = Blueprint("points", __name__)

PAGE_SIZE = 20


@bp.get("/library/points/<int:point_id>")
@allow(anyone_signed_in)
def show(point_id: int) -> ResponseReturnValue:
    """What a point needs first, where it leads, and the resources about it."""
    point: KnowledgePoint = find(curriculum.point(point_id))
    if point.merged_into_id is not None:
        return redirect(url_for(".show", point_id=point.merged_into_id))
    hat = current_hat()
    counts = {
        kind: count for kind, count in db.session.execute(resources.count_by_kind(hat, point.id)) if count
    }
    kind = _kind(counts)
    about = resources.about_points(hat, [point.id])
    if kind:
        about = about.where(Resource.kind == kind)
    return render_template(
        "library/points/show.html",
        point=point,
        before=_steps(curriculum.before(point.id))[::-1],
        after=_steps(curriculum.after(point.id)),
        places=db.session.execute(curriculum.places_of(point.id)).all(),
        kinds=[(one, counts[one]) for one in ResourceKind if one in counts],
        kind=kind,
        page=newest_first(about, Resource.id, request.args.get("cursor"), size=PAGE_SIZE),
    )


def _steps(way: Select[KnowledgePoint, int]) -> list[list[KnowledgePoint]]:
    """The points of a way, grouped by step, the nearest first."""
    return [
        [point for point, _ in group]
        for _, group in groupby(db.session.execute(way), key=lambda row: row.step)
    ]


def _kind(counts: dict[ResourceKind, int]) -> ResourceKind | None:
    """The kind that the address names, else the first that there is: lessons before exercises."""
    wanted = request.args.get("kind", "")
    there = [one for one in ResourceKind if one in counts]
    return next((one for one in there if one.value == wanted), there[0] if there else None)
