"""Who may mark anew: who is in charge of the work, and who wrote the question."""

from accounts.people.models import Hat
from accounts.people.policy import is_teacher


def may_regrade(hat: Hat | None) -> bool:
    """Teachers, in the work that is theirs to decide about; queries tell which."""
    return is_teacher(hat)
