"""Access to suggestions: a pupil's own, and nobody else's."""

from collections.abc import Mapping
from typing import Any

from tests.integration.access.corners import Corner
from tests.integration.access.expectation import Expectation, Expectations
from tests.integration.access.people import PUPILS, Actor, anywhere, reach

HER_OWN = reach(own=frozenset({Actor.STUDENT}))


def suggestion(corner: Corner) -> Mapping[str, Any]:
    return {"recommendation_id": corner.recommendation_id}


RECOMMENDER: Expectations = {
    "GET recommendations.index": Expectation(anywhere(PUPILS)),
    "GET recommendations.next_up": Expectation(anywhere(PUPILS)),
    "GET recommendations_api.list_suggestions": Expectation(anywhere(PUPILS)),
    "POST recommendations.word": Expectation(
        HER_OWN, at=suggestion, sends=lambda _: {"data": {"word": "too_hard"}}
    ),
    # A foreign id is left out of the list, which is none the less a valid one.
    "POST recommendations.shown": Expectation(
        anywhere(PUPILS), sends=lambda corner: {"data": {"id": corner.recommendation_id}}
    ),
    "POST recommendations.opened": Expectation(HER_OWN, at=suggestion),
}
