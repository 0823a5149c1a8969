"""Access to what the composition root itself answers."""

from tests.integration.access.expectation import Expectation, Expectations
from tests.integration.access.people import EVERYONE, anywhere

APP: Expectations = {
    "GET asset": Expectation(
        anywhere(EVERYONE), at=lambda _: {"build": "0" * 12, "name": "app/css/tokens.css"}
    ),
    "GET openapi_document": Expectation(anywhere(EVERYONE)),
    "GET status.healthz": Expectation(anywhere(EVERYONE)),
    "GET status.readyz": Expectation(anywhere(EVERYONE)),
    "GET style.index": Expectation(anywhere(EVERYONE)),
    "POST preferences.save": Expectation(anywhere(EVERYONE), sends=lambda _: {"data": {"theme": "dark"}}),
}
