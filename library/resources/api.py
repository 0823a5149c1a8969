"""Resources for programs."""

from apiflask import APIBlueprint
from sqlalchemy.orm import joinedload

from accounts.sign_in.current import current_hat
from core.access import allow, anyone_signed_in, find
from core.database import db
from library.items.interactions import public_interaction
from library.items.variants import pose, seed_for
from library.resources import queries
from library.resources.models import Resource
from library.resources.schemas import PointOut, ResourceOut
from library.resources.sheets import sheet_of

bp = APIBlueprint("resources_api", __name__, url_prefix="/api/v1", tag="Library")


@bp.get("/library/resources/<int:resource_id>")
@bp.output(ResourceOut)
@bp.doc(
    summary="A resource with its text and questions",
    responses={404: "There is no such resource, or the signed-in person may not see it."},
)
@allow(anyone_signed_in)
def resource(resource_id: int) -> ResourceOut:
    """Give a resource that the signed-in person may open. Keys stay here.

    It may be withdrawn, and still open for a class that it was given to before: ``review_state`` says so.
    """
    hat = current_hat()
    found: Resource = find(
        queries.openable_by(hat).where(Resource.id == resource_id).options(joinedload(Resource.subject))
    )
    body = db.session.scalar(queries.body_of(found.id))
    return ResourceOut(
        id=found.id,
        identifier=found.identifier,
        type=found.kind,
        title=found.title,
        description=found.description,
        keywords=found.keywords,
        language=found.language,
        subject=found.subject.code if found.subject else None,
        grades=(found.grade_from, found.grade_to),
        knowledge_points=[
            PointOut(id=one.id, code=one.code, name=one.name, name_en=one.name_en)
            for one in db.session.scalars(queries.points_of(found.id))
        ],
        difficulty=found.difficulty,
        minutes=found.minutes,
        licence=found.licence,
        author=found.author,
        source=found.source,
        tier=found.tier,
        review_state=found.review_state,
        version=found.version,
        updated_at=found.updated_at,
        text=sheet_of(found.kind, body.text if body else "").text,
        url=body.url if body else "",
        questions=[
            public_interaction(pose(version, seed_for(hat.person_id, "practice", found.id, version.item_id)))
            for version in db.session.scalars(queries.items_of_resource(found.id))
        ],
    )
