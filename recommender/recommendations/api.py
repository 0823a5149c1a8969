"""Suggestions for programs."""

from apiflask import APIBlueprint

from accounts.sign_in.current import current_hat
from core import clock
from core.access import allow
from recommender.recommendations import policy, services
from recommender.recommendations.schemas import SuggestionOut, SuggestionsOut

bp = APIBlueprint("recommendations_api", __name__, url_prefix="/api/v1", tag="Recommendations")


@bp.get("/recommendations")
@bp.output(SuggestionsOut)
@bp.doc(
    summary="What to learn next, and why",
    description="For pupils. Each item carries the sentence that is shown and the evidence behind it.",
    responses={401: "Nobody is signed in.", 403: "The hat that is worn is not a pupil's."},
)
@allow(policy.may_get_suggestions)
def list_suggestions() -> SuggestionsOut:
    """The pupil's suggestions."""
    found = services.suggestions_for(current_hat(), clock.now())
    return SuggestionsOut(
        items=[SuggestionOut.of(one) for one in found],
        is_personal=services.is_personal(current_hat(), clock.now()),
    )
