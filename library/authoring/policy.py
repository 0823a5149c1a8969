"""Who may write questions; which ones, the queries of the sets say."""

from accounts.people.models import Hat
from library.resources.policy import may_write


def may_write_questions(hat: Hat | None) -> bool:
    """Teachers write questions for the sets that they may edit."""
    return may_write(hat)
