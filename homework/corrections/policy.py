"""Who corrects, who judges, and who looks on."""

from accounts.people.models import Hat
from accounts.people.policy import is_guardian, is_student, is_teacher


def may_correct(hat: Hat | None) -> bool:
    """Pupils put their own mistakes right."""
    return is_student(hat)


def may_judge(hat: Hat | None) -> bool:
    """Teachers accept, or ask once more. Guardians never do."""
    return is_teacher(hat)


def may_read(hat: Hat | None) -> bool:
    """Pupils their own, guardians their children's, teachers their classes'; queries decide which."""
    return is_student(hat) or is_guardian(hat) or is_teacher(hat)
