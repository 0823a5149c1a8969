"""Who may annotate: who may mark. Who may look: who may read the work, once it is returned."""

from accounts.people.models import Hat
from accounts.people.policy import is_guardian, is_student, is_teacher


def may_annotate(hat: Hat | None) -> bool:
    """Teachers; what they may see decides which pages."""
    return is_teacher(hat)


def may_look(hat: Hat | None) -> bool:
    """Whoever reads work; whose, and whether it is returned, queries decide."""
    return is_student(hat) or is_guardian(hat) or is_teacher(hat)
