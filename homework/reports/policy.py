"""Who reads which report."""

from accounts.people.models import Hat
from accounts.people.policy import is_guardian, is_school_administrator, is_student, is_teacher


def may_read_work(hat: Hat | None) -> bool:
    """Teachers, of work in their classes: pupils stand there by name."""
    return is_teacher(hat)


def may_read_class(hat: Hat | None) -> bool:
    """Teachers of their classes; a school of all of its own, in figures."""
    return is_teacher(hat) or is_school_administrator(hat)


def may_read_reports(hat: Hat | None) -> bool:
    """Whoever has one to read."""
    return may_read_class(hat) or may_read_pupil(hat)


def may_read_pupil(hat: Hat | None) -> bool:
    """Pupils of themselves, guardians of their children, teachers of their pupils; never of others."""
    return is_student(hat) or is_guardian(hat) or is_teacher(hat)
