"""Who enters work that was done on paper."""

from accounts.people.models import Hat
from accounts.people.policy import is_teacher


def may_enter(hat: Hat | None) -> bool:
    """Teachers enter; what they may see decides which work. Pupils and guardians never do."""
    return is_teacher(hat)
