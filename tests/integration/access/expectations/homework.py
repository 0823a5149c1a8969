"""Access to homework: given by a class's teacher, done by its pupils, read by their guardians."""

from tests.integration.access.expectation import Expectations

HOMEWORK: Expectations = {}
