"""The ledger of homework for programs: ``GET /api/v1/load``."""

from apiflask import APIBlueprint

from accounts.classes.models import SchoolClass
from accounts.organisations.models import Organisation
from accounts.sign_in.current import current_hat
from core import clock
from core.access import allow, find
from core.clock import school_day, start_of_week
from core.database import db
from core.errors import NotFound
from homework.ledger import policy, queries
from homework.ledger.errors import SchoolNeeded
from homework.ledger.schemas import ClassWeekOut, LedgerOut, WeekQuery

bp = APIBlueprint("ledger_api", __name__, url_prefix="/api/v1", tag="Homework")


@bp.get("/load")
@bp.input(WeekQuery, location="query", arg_name="asked")
@bp.output(LedgerOut)
@bp.doc(
    summary="Minutes of homework by class, day and subject",
    description="What the public ledger shows: pupils and guardians their class, a school all of them.",
    responses={404: "There is no such class, or it is not yours to read."},
)
@allow(policy.may_read_ledger)
def week(asked: WeekQuery) -> LedgerOut:
    """A week of homework."""
    hat, now = current_hat(), clock.now()
    monday = start_of_week(asked.week or school_day(now))
    if queries.needs_a_school(hat) and asked.school is None and asked.class_id is None:
        raise SchoolNeeded
    if queries.needs_a_school(hat) and asked.school is not None:
        find(queries.schools_for(hat).where(Organisation.id == asked.school))
    classes = queries.classes_for(hat, asked.school)
    if asked.class_id is not None:
        classes = classes.where(SchoolClass.id == asked.class_id)
    found = list(db.session.scalars(classes))
    if asked.class_id is not None and not found:
        raise NotFound
    return LedgerOut(
        monday=monday, classes=[ClassWeekOut.of(one) for one in queries.weeks_of(hat, found, monday, now)]
    )
