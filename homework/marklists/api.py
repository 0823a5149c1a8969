"""The list of marks for programs."""

from apiflask import APIBlueprint

from accounts.sign_in.current import current_hat
from core.access import allow
from homework.marklists import pages, policy
from homework.marklists.schemas import MarkListOut, MarksQuery

bp = APIBlueprint("marklists_api", __name__, url_prefix="/api/v1", tag="Homework")


@bp.get("/assignments/<int:assignment_id>/marks")
@bp.input(MarksQuery, location="query", arg_name="asked")
@bp.output(MarkListOut)
@bp.doc(
    summary="The marks for a piece of work, pupil by pupil",
    responses={404: "There is no such work or class, or it is not yours."},
)
@allow(policy.may_read_marks)
def show(assignment_id: int, asked: MarksQuery) -> MarkListOut:
    """What the list of marks shows; pupils stand by number while the work is marked blind."""
    return MarkListOut.of(assignment_id, pages.marks_of(current_hat(), assignment_id, asked.class_id).marks)
