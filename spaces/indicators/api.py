"""Coverage figures for programs."""

from apiflask import APIBlueprint

from accounts.organisations.models import Organisation
from accounts.sign_in.current import current_hat
from core import clock
from core.access import allow, find
from spaces.indicators import policy, queries
from spaces.indicators.schemas import FiguresQuery, ReportOut

bp = APIBlueprint("indicators_api", __name__, url_prefix="/api/v1", tag="Indicators")


@bp.get("/indicators")
@bp.input(FiguresQuery, location="query", arg_name="asked")
@bp.output(ReportOut)
@bp.doc(
    summary="Coverage figures of an organisation",
    description="For administrators: their own organisation and those below, as on the page and in the CSV.",
    responses={
        401: "Nobody is signed in.",
        403: "The hat that is worn is not an administrator's.",
        404: "There is no such organisation below yours.",
    },
)
@allow(policy.may_read_figures)
def figures(asked: FiguresQuery) -> ReportOut:
    """The figures of one organisation."""
    hat = current_hat()
    organisation = find(
        queries.organisations_visible_to(hat).where(
            Organisation.id == (asked.organisation or hat.organisation_id)
        )
    )
    return ReportOut.of(queries.report(organisation, asked.last or clock.school_day(clock.now())))
