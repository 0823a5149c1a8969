"""Access to the library's resources and files."""

from uuid import UUID

from tests.integration.access.expectation import Expectation, Expectations
from tests.integration.access.people import STAFF, Actor, anywhere, reach

AN_UPLOAD = {"key": UUID(int=1)}

MEDIA: Expectations = {
    # The token was made for the pupil: nobody else gets in with it, not even her teacher.
    "GET media.file": Expectation(
        reach(own=frozenset({Actor.STUDENT})),
        at=lambda corner: {"token": corner.media_token, "asset_id": corner.asset_id},
    ),
    "GET media.received": Expectation(anywhere(STAFF), at=lambda _: AN_UPLOAD),
    "PUT media.append": Expectation(
        anywhere(STAFF),
        at=lambda corner: {"key": UUID(int=corner.class_id)},
        sends=lambda _: {"data": b"", "headers": {"Upload-Offset": "0"}},
    ),
}

LIBRARY: Expectations = MEDIA
