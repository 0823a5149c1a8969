"""Who may report a fault, and who mends it; which resources, the queries say."""

from accounts.people.models import Hat
from accounts.people.policy import is_staff


def may_report(hat: Hat | None) -> bool:
    """Whoever is signed in may report a fault of what she sees."""
    return hat is not None


def may_mend(hat: Hat | None) -> bool:
    """Teachers mend what they made, administrators what stands in their collection."""
    return is_staff(hat)
