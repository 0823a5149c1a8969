"""Who may assign, and who may look."""

from accounts.organisations.models import OrganisationKind
from accounts.people.models import Hat
from accounts.people.policy import is_administrator, is_guardian, is_student, is_teacher


def may_assign(hat: Hat | None) -> bool:
    """Teachers give work."""
    return is_teacher(hat)


def may_read(hat: Hat | None) -> bool:
    """Pupils and guardians what they owe, teachers what they gave, schools how it goes in figures."""
    return is_student(hat) or is_guardian(hat) or is_teacher(hat) or _leads_a_school(hat)


def may_list(hat: Hat | None) -> bool:
    """Who has a list of assignments of her own."""
    return may_read(hat)


def _leads_a_school(hat: Hat | None) -> bool:
    return hat is not None and is_administrator(hat) and hat.organisation.kind is OrganisationKind.SCHOOL
