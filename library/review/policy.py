"""Who may do what on the review ladder; which resources, the queries say."""

from accounts.people.models import Hat
from accounts.people.policy import is_school_administrator, is_staff


def may_submit(hat: Hat | None) -> bool:
    """Teachers submit what they write; administrators, what stands in their collection."""
    return is_staff(hat)


def may_review(hat: Hat | None) -> bool:
    """Administrators review, and teachers whom their school named: the queries know them."""
    return is_staff(hat)


def may_withdraw(hat: Hat | None) -> bool:
    """Who answers for a resource takes it away."""
    return is_staff(hat)


def may_name_reviewers(hat: Hat | None) -> bool:
    """A school's administrators name teachers who review beside them."""
    return is_school_administrator(hat)
