"""Who reads a pupil's or a class's progress."""

from accounts.organisations.models import OrganisationKind
from accounts.people.models import Hat


def may_read_progress(hat: Hat | None) -> bool:
    """Pupils, guardians and teachers, and a school's administrators with a reason; each of their own."""
    return hat is not None and (not hat.is_administrator or _of_a_school(hat))


def may_read_progress_freely(hat: Hat | None) -> bool:
    """Those who need no reason: pupils, guardians and teachers."""
    return hat is not None and not hat.is_administrator


def may_read_with_reason(hat: Hat | None) -> bool:
    """A school's administrators, who say why, which is written down (未成年人网络保护条例 §36)."""
    return hat is not None and hat.is_administrator and _of_a_school(hat)


def may_read_class(hat: Hat | None) -> bool:
    """Teachers of the class, and administrators of its school."""
    return hat is not None and (hat.is_teacher or may_read_with_reason(hat))


def _of_a_school(hat: Hat) -> bool:
    return hat.organisation.kind is OrganisationKind.SCHOOL
