"""Whose answers are recorded."""

from accounts.people.models import Hat


def may_answer(hat: Hat | None) -> bool:
    """Pupils answer; teachers try a question before they give it to a class."""
    return hat is not None and (hat.is_student or hat.is_teacher)
