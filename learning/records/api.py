"""One's own learning records for programs."""

from apiflask import APIBlueprint
from flask import request

from accounts.sign_in.current import current_hat
from core.access import allow, anyone_signed_in
from core.paging import newest_first
from learning.records import queries
from learning.records.models import Statement
from learning.records.schemas import StatementsOut, StatementsQuery
from learning.records.xapi import as_xapi

bp = APIBlueprint("records_api", __name__, url_prefix="/api/v1", tag="Learning")


@bp.get("/statements")
@bp.input(StatementsQuery, location="query", arg_name="wanted")
@bp.output(StatementsOut)
@bp.doc(
    summary="My own learning records",
    description="What the signed-in person watched, answered and opened, as xAPI statements to take along.",
)
@allow(anyone_signed_in)
def statements(wanted: StatementsQuery) -> StatementsOut:
    """One page of my own statements."""
    page = newest_first(queries.of_person(current_hat().person_id), Statement.id, wanted.cursor, size=100)
    home_page = request.host_url.rstrip("/")
    return StatementsOut(statements=[as_xapi(one, home_page) for one in page.rows], next=page.next)
