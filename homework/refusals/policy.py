"""Who decides about refused texts: who marks."""

from accounts.people.models import Hat
from accounts.people.policy import is_teacher


def may_accept(hat: Hat | None) -> bool:
    """Teachers; what they may mark decides which."""
    return is_teacher(hat)
