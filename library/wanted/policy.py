"""Who sees what was not found."""

from accounts.people.models import Hat
from accounts.people.policy import is_staff


def may_see_wishes(hat: Hat | None) -> bool:
    """Teachers, who can write it, and those who administer a school, a district or the city."""
    return is_staff(hat)
