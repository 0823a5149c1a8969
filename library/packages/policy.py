"""Who may take packages in."""

from accounts.people.models import Hat
from accounts.people.policy import is_school_administrator, is_teacher


def may_import(hat: Hat | None) -> bool:
    """Teachers and administrators of a school, for the drafts of that school."""
    return is_teacher(hat) or is_school_administrator(hat)
