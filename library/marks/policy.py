"""Who may mark what."""

from accounts.people.models import Hat
from accounts.people.policy import is_teacher


def may_prepare(hat: Hat | None) -> bool:
    """Teachers prepare lessons, so they have a tray. Favourites everybody has who is signed in."""
    return is_teacher(hat)
