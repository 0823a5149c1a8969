"""Who gets notices."""

from accounts.people.models import Hat
from accounts.people.policy import is_teacher


def may_read_notices(hat: Hat | None) -> bool:
    """Teachers do, about the work they gave."""
    return is_teacher(hat)
