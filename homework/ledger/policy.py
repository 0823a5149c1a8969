"""Who may read the ledger."""

from accounts.people.models import Hat
from accounts.people.policy import is_administrator, is_guardian, is_student, is_teacher
from accounts.people.policy import is_school_administrator as _leads_a_school


def may_read_ledger(hat: Hat | None) -> bool:
    """Everybody of a school and its administrations; queries decide which classes."""
    return is_student(hat) or is_guardian(hat) or is_teacher(hat) or is_administrator(hat)


def may_read_excesses(hat: Hat | None) -> bool:
    """Teachers those of the grades that they head, the school's administrator all of the school."""
    return is_teacher(hat) or _leads_a_school(hat)


def may_hear_of_excesses(hat: Hat | None) -> bool:
    """Those at whose homes new ones are told."""
    return may_read_excesses(hat)
