"""Who chooses groups, and who says who is in them."""

from accounts.people.models import Hat
from accounts.people.policy import is_student, is_teacher


def may_choose(hat: Hat | None) -> bool:
    """Pupils find together, where the work lets them."""
    return is_student(hat)


def may_arrange(hat: Hat | None) -> bool:
    """Teachers move pupils between groups, and mark one of a group apart."""
    return is_teacher(hat)
