"""Collections for programs."""

from typing import Any

from apiflask import APIBlueprint
from sqlalchemy.orm import joinedload

from accounts.sign_in.current import current_hat
from core.access import allow, anyone_signed_in, find
from core.database import db
from core.paging import newest_first
from library.collections import queries
from library.collections.models import Collection, CollectionKind
from library.collections.schemas import CollectionOut, CollectionsAnswer, CollectionsQuery
from library.collections.smart import find_kept
from library.search.places import places
from library.search.summaries import summary_of

bp = APIBlueprint("collections_api", __name__, url_prefix="/api/v1", tag="Library")


@bp.get("/library/collections")
@bp.input(CollectionsQuery, location="query", arg_name="asked")
@bp.output(CollectionsAnswer)
@bp.doc(summary="The collections that one may open")
@allow(anyone_signed_in)
def collections(asked: CollectionsQuery) -> dict[str, Any]:
    """List the collections that the signed-in person may open, the newest first."""
    found = queries.narrowed(queries.visible_to(current_hat()), tier=asked.tier)
    page = newest_first(found.options(joinedload(Collection.subject)), Collection.id, asked.cursor)
    return {"items": [_summary(one) for one in page.rows], "next": page.next}


@bp.get("/library/collections/<int:collection_id>")
@bp.output(CollectionOut)
@bp.doc(
    summary="A collection with its resources",
    responses={404: "There is no such collection, or the signed-in person may not see it."},
)
@allow(anyone_signed_in)
def collection(collection_id: int) -> dict[str, Any]:
    """Give a collection with those of its resources that the signed-in person may open."""
    hat = current_hat()
    found: Collection = find(
        queries.visible_to(hat).where(Collection.id == collection_id).options(joinedload(Collection.subject))
    )
    if found.kind is CollectionKind.SMART:
        rows = [(one.resource, "") for one in find_kept(hat, found.search).hits]
    else:
        rows = [(one.resource, one.note) for one in db.session.scalars(queries.entries_of(hat, found.id))]
    codes = places().subject_codes
    return {
        **_summary(found),
        "search": found.search,
        "entries": [{"note": note, "resource": summary_of(one, codes)} for one, note in rows],
    }


def _summary(one: Collection) -> dict[str, Any]:
    return {
        "id": one.id,
        "type": one.kind,
        "title": one.title,
        "description": one.description,
        "tier": one.tier,
        "subject": one.subject.code if one.subject else None,
        "grades": (one.grade_from, one.grade_to),
        "updated_at": one.updated_at,
    }
