"""Where one stopped in a package, and what it reports; used by the package's page."""

from apiflask import APIBlueprint

from accounts.sign_in.current import current_hat
from core import clock
from core.access import allow, find
from core.database import db, transaction
from learning.packages import queries, services
from learning.packages.models import PackageProgress
from learning.packages.schemas import PlaceIn, ProgressOut, ResultIn, ResultOut
from library.resources.policy import may_practise

bp = APIBlueprint("package_results_api", __name__, url_prefix="/api/v1", tag="Learning")


@bp.get("/packages/<int:resource_id>/progress")
@bp.output(ProgressOut)
@bp.doc(summary="Where I stopped in a package", responses={404: "There is no package that is yours to open."})
@allow(may_practise)
def progress(resource_id: int) -> ProgressOut:
    """What was kept of me in a package."""
    hat = current_hat()
    found = find(queries.package(hat, resource_id))
    return _told(db.session.scalar(queries.progress_of(hat.person_id, found.id)))


@bp.put("/packages/<int:resource_id>/progress")
@bp.input(PlaceIn, arg_name="given")
@bp.output(ProgressOut)
@bp.doc(
    summary="Keep where I stopped in a package",
    description=(
        "Takes what a place of a SCORM package wants to find again. When it says that the place is over, "
        "that becomes a statement, marked as unverified; it feeds nothing."
    ),
    responses={404: "There is no package that is yours to open.", 413: "It is more than is kept."},
)
@allow(may_practise)
def keep(resource_id: int, given: PlaceIn) -> ProgressOut:
    """Keep where I stopped."""
    hat = current_hat()
    with transaction():
        found = find(queries.package(hat, resource_id))
        return _told(services.keep(hat.person_id, found.id, given.place, given.values, now=clock.now()))


@bp.post("/packages/<int:resource_id>/results")
@bp.input(ResultIn, arg_name="given")
@bp.output(ResultOut)
@bp.doc(
    summary="Report a result of a package",
    description="Becomes a statement, marked as unverified; it feeds nothing.",
    responses={404: "There is no package that is yours to open.", 409: "The id was used for another result."},
)
@allow(may_practise)
def report(resource_id: int, given: ResultIn) -> ResultOut:
    """Record what a package reports of me."""
    hat = current_hat()
    with transaction():
        found = find(queries.package(hat, resource_id))
        return ResultOut(kept=services.report(hat.person_id, found.id, given.result(), now=clock.now()))


def _told(kept: PackageProgress | None) -> ProgressOut:
    if kept is None:
        return ProgressOut(places={}, status=None, scaled=None, updated_at=None)
    return ProgressOut(
        places=kept.places, status=kept.status.value, scaled=kept.scaled, updated_at=kept.updated_at
    )
