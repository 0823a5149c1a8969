"""Notices, and the work that they are about."""

from datetime import datetime, timedelta

from sqlalchemy import Select, select

from accounts.classes.queries import students_visible_to
from accounts.people.models import Hat, Person
from homework.assignments import queries as assignments
from homework.assignments.models import Assignment, AssignmentTarget
from homework.notices.models import Notice, WorkNotice
from homework.usage.queries import used_in

GUARDIANS_SEE = timedelta(days=14)
"""How long guardians see what their child was told, whether she has put it away or not."""


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
    """What nobody has put away yet about work that the teacher is in charge of, newest first."""
    return _told_to(hat).where(Notice.seen_at.is_(None)).order_by(Notice.id.desc())


def about(hat: Hat, assignment_id: int) -> Select[Notice]:
    """What there is to know about one piece of work that the teacher is in charge of."""
    return _told_to(hat).where(Notice.assignment_id == assignment_id)


def news_for(hat: Hat, now: datetime, assignment_id: int | None = None) -> Select[WorkNotice]:
    """What happened to work: one's own, or a child's; not put away yet, or all about one assignment."""
    news = select(WorkNotice).where(WorkNotice.shown_from <= now).order_by(WorkNotice.id.desc())
    if assignment_id is not None:
        news = news.where(WorkNotice.assignment_id == assignment_id)
    if hat.is_guardian:
        children = students_visible_to(hat).with_only_columns(Person.id)
        return news.where(WorkNotice.person_id.in_(children), WorkNotice.shown_from > now - GUARDIANS_SEE)
    news = news.where(WorkNotice.person_id == hat.person_id)
    return news if assignment_id is not None else news.where(WorkNotice.seen_at.is_(None))


def _told_to(hat: Hat) -> Select[Notice]:
    # Asked when it is read: who gave the work may leave after it was told, and can then do nothing about it.
    in_charge = assignments.in_charge_of(hat).where(Assignment.id == Notice.assignment_id)
    return select(Notice).where(in_charge.with_only_columns(Assignment.id).correlate(Notice).exists())


def people_told(about: str) -> Select[int]:
    """Ids of those who were told something."""
    return select(WorkNotice.person_id).where(WorkNotice.about == about)
