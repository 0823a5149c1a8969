"""Who writes rubrics: who gives work and marks it."""

from accounts.people.models import Hat
from accounts.people.policy import is_teacher


def may_write_rubrics(hat: Hat | None) -> bool:
    """Teachers, for work that they gave; queries decide which."""
    return is_teacher(hat)
