"""Corrections for programs: ``GET /api/v1/submissions/…/corrections``."""

from apiflask import APIBlueprint

from accounts.sign_in.current import current_hat
from core.access import allow, find
from homework.corrections import policy, queries
from homework.corrections.schemas import CorrectionsOut, QuestionToCorrectOut
from homework.submissions.models import Submission

bp = APIBlueprint("corrections_api", __name__, url_prefix="/api/v1", tag="Homework")


@bp.get("/submissions/<int:submission_id>/corrections")
@bp.output(CorrectionsOut)
@bp.doc(summary="Corrections of a hand-in", responses={404: "It is not returned yet, or not yours to read."})
@allow(policy.may_read)
def show(submission_id: int) -> CorrectionsOut:
    """Each question that did not get all points, with every version of its correction."""
    submission: Submission = find(queries.returned_to(current_hat()).where(Submission.id == submission_id))
    return CorrectionsOut(
        submission=submission.id,
        questions=[QuestionToCorrectOut.of(one) for one in queries.lines_of(submission)],
    )
