"""Notices, and the work that they are about."""

from sqlalchemy import Select, select

from accounts.people.models import Hat
from homework.assignments.models import Assignment, AssignmentTarget
from homework.notices.models import Notice
from homework.usage.queries import used_in


def assignments_with(resource_id: int) -> Select[Assignment]:
    """The work that uses a resource and is not withdrawn."""
    uses = used_in().subquery()
    return select(Assignment).where(
        Assignment.id.in_(select(uses.c.assignment_id).where(uses.c.resource_id == resource_id))
    )


def class_ids_given(resource_id: int) -> Select[int]:
    """Ids of the classes to which work with the resource was given."""
    uses = used_in().subquery()
    return (
        select(AssignmentTarget.class_id)
        .join(uses, uses.c.assignment_id == AssignmentTarget.assignment_id)
        .where(uses.c.resource_id == resource_id)
        .distinct()
    )


def unseen_by(hat: Hat) -> Select[Notice]:
    """What a teacher has not put away yet, newest first."""
    return (
        select(Notice)
        .where(Notice.person_id == hat.person_id, Notice.seen_at.is_(None))
        .order_by(Notice.id.desc())
    )


def about(hat: Hat, assignment_id: int) -> Select[Notice]:
    """What there is to know about one piece of the teacher's work."""
    return select(Notice).where(Notice.person_id == hat.person_id, Notice.assignment_id == assignment_id)
