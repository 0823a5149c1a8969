"""Requests, reviewers, and the change log, as a hat may see them."""

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, false, or_, select
from sqlalchemy.orm import aliased

from accounts.organisations.models import Organisation, OrganisationKind
from accounts.organisations.queries import descendants_of
from accounts.people.models import Hat, Person, Role
from library.resources.models import Resource, ResourceVersion, ReviewState, Tier
from library.resources.queries import edited_by
from library.review.models import Act, Decision, LogEntry, Reviewer, ReviewRequest

PersonId = int | ColumnElement[int] | Any

# Who may move what


def climbing_by(hat: Hat) -> Select[Resource]:
    """What *hat* may submit: a teacher's work and that of colleagues, an administrator's collection."""
    if hat.is_administrator:
        return select(Resource).where(
            Resource.tier.in_((Tier.SCHOOL, Tier.LOCAL)), Resource.organisation_id == hat.organisation_id
        )
    if hat.is_teacher:
        own = and_(Resource.created_by_id == hat.person_id, Resource.tier != Tier.PERSONAL)
        return select(Resource).where(
            or_(own, Resource.id.in_(edited_by(hat).with_only_columns(Resource.id)))
        )
    return select(Resource).where(false())


def withdrawable_by(hat: Hat) -> Select[Resource]:
    """What *hat* may withdraw.

    A teacher may withdraw what the own school holds and she writes; an administrator, what the own
    organisation and those below hold; the city's, also what is public.
    """
    if hat.is_administrator:
        held: ColumnElement[bool] = and_(
            Resource.tier.in_((Tier.SCHOOL, Tier.LOCAL)),
            Resource.organisation_id.in_(descendants_of(hat.organisation)),
        )
        if hat.organisation.kind is OrganisationKind.CITY:
            held = or_(held, Resource.tier == Tier.PUBLIC)
        return select(Resource).where(held)
    return climbing_by(hat).where(
        Resource.tier == Tier.SCHOOL, Resource.organisation_id == hat.organisation_id
    )


# Who may decide


def reviewable_by(hat: Hat) -> Select[ReviewRequest]:
    """Open requests that *hat* may decide.

    These are those to the own organisation, and those to one below in which nobody else may. Nobody decides
    on her own work, and nobody at two levels.
    """
    asked = and_(ReviewRequest.organisation_id == hat.organisation_id, _is_reviewer(hat))
    if hat.is_administrator:
        below = select(Organisation.id).where(Organisation.parent_id == hat.organisation_id)
        asked = or_(asked, and_(ReviewRequest.organisation_id.in_(below), ~_has_reviewer()))
    return (
        select(ReviewRequest)
        .join(ReviewRequest.resource)
        .where(ReviewRequest.decision.is_(None), asked, ~_is_partial(hat.person_id))
    )


def decided_for(hat: Hat) -> Select[ReviewRequest]:
    """The decided requests to the reviewer's organisation."""
    return (
        select(ReviewRequest)
        .join(ReviewRequest.resource)
        .where(
            ReviewRequest.organisation_id == hat.organisation_id,
            ReviewRequest.decision.is_not(None),
            _is_reviewer(hat),
        )
    )


def requests_of(hat: Hat) -> Select[ReviewRequest]:
    """What *hat*'s person submitted."""
    return (
        select(ReviewRequest)
        .join(ReviewRequest.resource)
        .where(ReviewRequest.submitted_by_id == hat.person_id)
    )


def open_request(resource_id: int) -> Select[ReviewRequest]:
    """The request about a resource that is not decided yet."""
    return select(ReviewRequest).where(ReviewRequest.open_for_id == resource_id)


def latest_request(resource_id: int) -> Select[ReviewRequest]:
    """The last request about a resource."""
    return (
        select(ReviewRequest)
        .where(ReviewRequest.resource_id == resource_id)
        .order_by(ReviewRequest.id.desc())
        .limit(1)
    )


def _is_reviewer(hat: Hat) -> ColumnElement[bool]:
    if hat.is_administrator:
        return ReviewRequest.id.is_not(None)
    if not hat.is_teacher:
        return false()
    return exists().where(
        Reviewer.organisation_id == hat.organisation_id, Reviewer.person_id == hat.person_id
    )


def _is_partial(person_id: PersonId) -> ColumnElement[bool]:
    """Whether a person made, changed or submitted the resource, or accepted it at another level."""
    earlier = aliased(ReviewRequest)
    return or_(
        and_(Resource.created_by_id.is_not(None), Resource.created_by_id == person_id),
        ReviewRequest.submitted_by_id == person_id,
        exists()
        .where(ResourceVersion.resource_id == Resource.id, ResourceVersion.changed_by_id == person_id)
        .correlate_except(ResourceVersion),
        exists()
        .where(
            earlier.resource_id == Resource.id,
            earlier.decided_by_id == person_id,
            earlier.decision == Decision.ACCEPTED,
            earlier.level != ReviewRequest.level,
        )
        .correlate_except(earlier),
    )


def _has_reviewer() -> ColumnElement[bool]:
    """Whether the organisation that is asked has anybody who may decide."""
    named = exists().where(
        Reviewer.organisation_id == Hat.organisation_id, Reviewer.person_id == Hat.person_id
    )
    return (
        exists()
        .where(
            Hat.organisation_id == ReviewRequest.organisation_id,
            Hat.ended_at.is_(None),
            Person.id == Hat.person_id,
            Person.suspended_at.is_(None),
            or_(Hat.role == Role.ADMINISTRATOR, and_(Hat.role == Role.TEACHER, named)),
            ~_is_partial(Hat.person_id),
        )
        .correlate(ReviewRequest, Resource)
    )


def reviewers_of(organisation_id: int) -> Select[Person]:
    """The teachers whom a school named."""
    return (
        select(Person)
        .join(Reviewer, Reviewer.person_id == Person.id)
        .where(Reviewer.organisation_id == organisation_id)
        .order_by(Person.name, Person.id)
    )


def nameable_in(organisation_id: int) -> Select[Person]:
    """The teachers of a school who are not named yet."""
    named = select(Reviewer.person_id).where(Reviewer.organisation_id == organisation_id)
    teachers = select(Hat.person_id).where(
        Hat.organisation_id == organisation_id, Hat.role == Role.TEACHER, Hat.ended_at.is_(None)
    )
    return (
        select(Person)
        .where(Person.id.in_(teachers), Person.id.not_in(named), Person.suspended_at.is_(None))
        .order_by(Person.name, Person.id)
    )


# The change log


def log_of(resource_id: int) -> Select[LogEntry]:
    """A resource's change log, newest first."""
    return select(LogEntry).where(LogEntry.resource_id == resource_id).order_by(LogEntry.id.desc())


def withdrawal_of(resource_id: int) -> Select[LogEntry]:
    """Why a resource was withdrawn the last time."""
    return log_of(resource_id).where(LogEntry.act.in_((Act.WITHDRAWN, Act.REPLACED))).limit(1)


def restorable_by(hat: Hat) -> Select[Resource]:
    """What *hat* may publish again: what somebody like her withdrew, or an organisation below."""
    last = aliased(LogEntry)
    newest = (
        select(last.id)
        .where(last.resource_id == Resource.id, last.act.in_((Act.WITHDRAWN, Act.REPLACED)))
        .order_by(last.id.desc())
        .limit(1)
        .correlate(Resource)
        .scalar_subquery()
    )
    entry = aliased(LogEntry)
    by = (
        and_(entry.organisation_id == hat.organisation_id, entry.role == Role.TEACHER)
        if hat.is_teacher
        else entry.organisation_id.in_(descendants_of(hat.organisation))
    )
    return withdrawable_by(hat).where(
        Resource.review_state == ReviewState.WITHDRAWN, exists().where(entry.id == newest, by)
    )
