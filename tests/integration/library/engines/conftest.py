"""The engines that must all behave alike. Each is made from the running test's fixtures."""

from collections.abc import Callable

import pytest

from library.search.engine import Engine
from library.search.whoosh_engine import WhooshEngine

ENGINES: dict[str, Callable[[pytest.FixtureRequest], Engine]] = {
    "whoosh": lambda request: WhooshEngine(request.getfixturevalue("tmp_path")),
}


@pytest.fixture(params=ENGINES)
def index(request: pytest.FixtureRequest) -> Engine:
    """An engine without entries, once of each make."""
    return ENGINES[request.param](request)
