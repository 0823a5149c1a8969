"""Who may mark anew: who gave the work, and who wrote the question."""

from accounts.people.models import Hat
from accounts.people.policy import is_teacher


def may_regrade(hat: Hat | None) -> bool:
    """Teachers, in the work that they gave; queries decide which."""
    return is_teacher(hat)
