"""Who may take a return back: who may return. What a teacher may see decides which work."""

from accounts.people.models import Hat
from accounts.people.policy import is_teacher


def may_take_back(hat: Hat | None) -> bool:
    """Teachers return, and take back."""
    return is_teacher(hat)
