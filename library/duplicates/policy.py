"""Who judges duplicates; which, the queries say."""

from accounts.people.models import Hat
from accounts.people.policy import is_administrator, is_staff


def may_judge(hat: Hat | None) -> bool:
    """Teachers judge what they made, administrators what stands in their collection."""
    return is_staff(hat)


def may_search(hat: Hat | None) -> bool:
    """Administrators may have the library looked through at once instead of by night."""
    return is_administrator(hat)
