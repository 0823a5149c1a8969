"""What the access matrix expects of one route."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from tests.integration.access.corners import Corner
from tests.integration.access.people import Place, Reach


def _nothing(corner: Corner) -> Mapping[str, Any]:
    del corner
    return {}


@dataclass(frozen=True, slots=True)
class Expectation:
    """Who gets into a route, how it is addressed, and what a valid request holds."""

    reach: Reach
    at: Callable[[Corner], Mapping[str, Any]] = _nothing
    """The variable parts of the address, for a thing of the corner."""
    sends: Callable[[Corner], Mapping[str, Any]] = _nothing
    """Body and headers, as werkzeug's test client takes them."""
    status: int | None = None
    """What those who get in are answered, where it is neither success nor a redirection."""
    foreign: int = HTTPStatus.NOT_FOUND
    """What those are answered whose role may enter, but not to this thing."""

    @property
    def places(self) -> tuple[Place, ...]:
        """Where to try: only once where the request is about no thing in particular."""
        is_about_a_thing = self.at is not _nothing or self.sends is not _nothing
        return tuple(Place) if is_about_a_thing else (Place.OWN,)


Expectations = dict[str, Expectation]
"""By method and endpoint, as ``GET account.show``."""
