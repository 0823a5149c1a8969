"""Who reads coverage figures."""

from accounts.people.models import Hat


def may_read_figures(hat: Hat | None) -> bool:
    """Administrators of a school, a district or the city do, each of their own."""
    return hat is not None and hat.is_administrator
