"""Who has marks read again, and who reads: who marks."""

from accounts.people.models import Hat
from accounts.people.policy import is_teacher


def may_read_again(hat: Hat | None) -> bool:
    """Teachers; what they may mark, and who was asked, decides which work."""
    return is_teacher(hat)
