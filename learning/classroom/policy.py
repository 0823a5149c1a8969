"""Who teaches with a resource."""

from accounts.people.models import Hat


def may_teach(hat: Hat | None) -> bool:
    """Teachers use resources in class."""
    return hat is not None and hat.is_teacher
