"""Who sends files ahead."""

from accounts.people.models import Hat
from accounts.people.policy import is_student


def may_send(hat: Hat | None) -> bool:
    """Pupils, for their own work."""
    return is_student(hat)
