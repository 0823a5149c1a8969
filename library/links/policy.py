"""Who looks after links; which ones, the queries say."""

from accounts.people.models import Hat
from accounts.people.policy import is_staff


def may_look_after_links(hat: Hat | None) -> bool:
    """Teachers look after what they made, administrators after their collection."""
    return is_staff(hat)
