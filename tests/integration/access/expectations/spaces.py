"""Access to each person's space, to progress and to figures."""

from tests.integration.access.expectation import Expectations

SPACES: Expectations = {}
