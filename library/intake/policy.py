"""Who imports questions; which imports, the queries say."""

from accounts.people.models import Hat
from accounts.people.policy import is_teacher


def may_import(hat: Hat | None) -> bool:
    """Teachers, for their own use."""
    return is_teacher(hat)
