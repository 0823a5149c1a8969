"""Who may keep question sets; which ones, the queries say."""

from accounts.people.models import Hat
from library.resources.policy import may_write


def may_keep_sets(hat: Hat | None) -> bool:
    """Teachers keep question sets for their school."""
    return may_write(hat)
