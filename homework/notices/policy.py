"""Who gets notices."""

from accounts.people.models import Hat
from accounts.people.policy import is_guardian, is_student, is_teacher


def may_read_notices(hat: Hat | None) -> bool:
    """Teachers about work they are in charge of, pupils about theirs, guardians about their children's."""
    return is_teacher(hat) or is_student(hat) or is_guardian(hat)


def may_put_away(hat: Hat | None) -> bool:
    """Whom it was told; guardians read what their children were told."""
    return is_teacher(hat) or is_student(hat)
