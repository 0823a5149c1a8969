"""Who sees what suggestions use of a pupil, and who decides."""

from accounts.people.models import Hat


def may_see_use(hat: Hat | None) -> bool:
    """The pupil and her guardians."""
    return hat is not None and (hat.is_student or hat.is_guardian)
