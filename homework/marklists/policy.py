"""Who reads the list of marks: who marks."""

from accounts.people.models import Hat
from accounts.people.policy import is_teacher


def may_read_marks(hat: Hat | None) -> bool:
    """Teachers, of work in their classes: pupils stand there by name."""
    return is_teacher(hat)
