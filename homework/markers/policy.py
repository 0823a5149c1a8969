"""Who says how work is marked, and who looks behind a number."""

from accounts.people.models import Hat
from accounts.people.policy import is_teacher


def may_plan_marking(hat: Hat | None) -> bool:
    """Teachers, for work that they gave; queries decide which."""
    return is_teacher(hat)


def may_look_behind(hat: Hat | None) -> bool:
    """Who marks, with a reason that is written down."""
    return is_teacher(hat)
