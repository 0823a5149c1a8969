"""Who takes channels in."""

from accounts.people.models import Hat
from accounts.people.policy import is_administrator


def may_take_channels(hat: Hat | None) -> bool:
    """Those who administer a school, a district or the city."""
    return is_administrator(hat)
