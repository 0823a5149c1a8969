"""Who keeps comments: who marks."""

from accounts.people.models import Hat
from accounts.people.policy import is_teacher


def may_keep_comments(hat: Hat | None) -> bool:
    """Teachers, each her own."""
    return is_teacher(hat)
