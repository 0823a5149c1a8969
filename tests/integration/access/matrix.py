"""All that is decided about routes: the access matrix reads it, and the walk through all pages."""

from tests.integration.access.expectation import Expectations
from tests.integration.access.expectations.accounts import ACCOUNTS
from tests.integration.access.expectations.app import APP
from tests.integration.access.expectations.authoring import AUTHORING
from tests.integration.access.expectations.homework import HOMEWORK
from tests.integration.access.expectations.learning import LEARNING
from tests.integration.access.expectations.library import LIBRARY
from tests.integration.access.expectations.marking import MARKING
from tests.integration.access.expectations.recommender import RECOMMENDER
from tests.integration.access.expectations.returned import RETURNED
from tests.integration.access.expectations.spaces import SPACES

TABLES = (APP, ACCOUNTS, LIBRARY, AUTHORING, LEARNING, HOMEWORK, MARKING, RETURNED, RECOMMENDER, SPACES)
MATRIX: Expectations = {route: expected for table in TABLES for route, expected in table.items()}
