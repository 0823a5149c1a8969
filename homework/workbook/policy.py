"""Who may work, and who may look at work."""

from accounts.people.models import Hat
from accounts.people.policy import is_guardian, is_student, is_teacher


def may_hand_in(hat: Hat | None) -> bool:
    """Pupils do their own homework."""
    return is_student(hat)


def may_read(hat: Hat | None) -> bool:
    """Pupils their own, guardians their children's, teachers their classes'; queries decide which."""
    return is_student(hat) or is_guardian(hat) or is_teacher(hat)
