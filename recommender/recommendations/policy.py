"""Who gets suggestions."""

from accounts.people.models import Hat


def may_get_suggestions(hat: Hat | None) -> bool:
    """Pupils do."""
    return hat is not None and hat.is_student
