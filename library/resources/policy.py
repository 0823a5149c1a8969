"""Who may do what with a resource."""

from accounts.people.models import Hat
from accounts.people.policy import is_student, is_teacher


def may_see_keys(hat: Hat | None) -> bool:
    """Teachers see the answers to what a resource asks."""
    return is_teacher(hat)


def may_practise(hat: Hat | None) -> bool:
    """Pupils answer what a resource asks, and teachers who prepare."""
    return is_student(hat) or is_teacher(hat)


def may_write(hat: Hat | None) -> bool:
    """Teachers write for their school's collection."""
    return is_teacher(hat)
