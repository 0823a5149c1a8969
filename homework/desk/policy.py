"""Who may mark: teachers. Guardians never do (教育部 2021: 不得要求家长批改作业)."""

from accounts.people.models import Hat
from accounts.people.policy import is_teacher


def may_mark(hat: Hat | None) -> bool:
    """Teachers mark; what they may see decides which work."""
    return is_teacher(hat)
