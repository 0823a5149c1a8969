"""Who may make groups."""

from accounts.people.models import Hat
from accounts.people.policy import is_teacher


def may_group(hat: Hat | None) -> bool:
    """Teachers group the pupils of their classes."""
    return is_teacher(hat)
