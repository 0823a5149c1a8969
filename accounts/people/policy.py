"""Who is what: rules over the worn hat that routes name."""

from accounts.organisations.models import OrganisationKind
from accounts.people.models import Hat


def is_student(hat: Hat | None) -> bool:
    """Whether a pupil's hat is worn."""
    return hat is not None and hat.is_student


def is_teacher(hat: Hat | None) -> bool:
    """Whether a teacher's hat is worn."""
    return hat is not None and hat.is_teacher


def is_guardian(hat: Hat | None) -> bool:
    """Whether a guardian's hat is worn."""
    return hat is not None and hat.is_guardian


def is_administrator(hat: Hat | None) -> bool:
    """Whether a school, district or city administrator's hat is worn."""
    return hat is not None and hat.is_administrator


def is_staff(hat: Hat | None) -> bool:
    """Whether the hat is a teacher's or an administrator's."""
    return is_teacher(hat) or is_administrator(hat)


def is_school_administrator(hat: Hat | None) -> bool:
    """Whether the hat administers one school: its people, its classes, its roster."""
    return hat is not None and hat.is_administrator and hat.organisation.kind is OrganisationKind.SCHOOL
