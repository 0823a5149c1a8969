"""Who prints answer sheets: pupils stand on them by name."""

from accounts.people.models import Hat
from accounts.people.policy import is_teacher


def may_print(hat: Hat | None) -> bool:
    """Teachers, of work in their classes."""
    return is_teacher(hat)
