"""Submit, decide, withdraw, restore; each is told in the change log and in the audit log."""

from datetime import datetime

from sqlalchemy import delete

from accounts.organisations.models import Organisation, OrganisationKind
from accounts.people.models import Hat
from core.audit.services import record
from core.database import db, insert_if_absent, publish
from library.resources import services as resources
from library.resources.errors import ChangedMeanwhile
from library.resources.licences import licence_of
from library.resources.models import Resource, ReviewState, Tier
from library.review import ladder, queries
from library.review.errors import (
    AlreadyWithdrawn,
    AtTheTop,
    NoReason,
    NotFree,
    NotPublished,
    NotUnderReview,
    NotWithdrawn,
    UnderReview,
)
from library.review.events import Withdrawn
from library.review.models import Act, Decision, LogEntry, Reviewer, ReviewRequest


def submit(resource: Resource, by: Hat, *, note: str = "", now: datetime) -> ReviewRequest:
    """Ask the next level to take *resource* into its collection.

    Raises:
        UnderReview: it was submitted already.
        AtTheTop: there is no level above.
    """
    if db.session.scalar(queries.open_request(resource.id)):
        raise UnderReview
    step = next_step(resource)
    if step is None:
        raise AtTheTop
    request = ReviewRequest(
        resource_id=resource.id,
        open_for_id=resource.id,
        level=step.level,
        organisation_id=step.organisation_id,
        submitted_by_id=by.person_id,
        submitted_at=now,
        note=note.strip(),
    )
    db.session.add(request)
    _tell(resource, Act.SUBMITTED, by, reason="", now=now)
    return request


def take_back(resource: Resource, by: Hat, *, now: datetime) -> None:
    """End the open request about *resource* without a decision.

    Raises:
        NotUnderReview: there is none.
    """
    request = db.session.scalar(queries.open_request(resource.id))
    if request is None:
        raise NotUnderReview
    _close(request, Decision.TAKEN_BACK, by, "", now)
    _tell(resource, Act.TAKEN_BACK, by, reason="", now=now)


def accept(
    request: ReviewRequest, by: Hat, reason: str, *, version: int, for_everybody: bool = False, now: datetime
) -> None:
    """Take the resource into the collection that was asked; *for_everybody* makes it public.

    Raises:
        NoReason: the reason is missing.
        NotUnderReview: the request is decided.
        ChangedMeanwhile: the resource is no longer the *version* that was looked at.
        NotFree: it should be public, and its licence is not known to allow it.
    """
    resource = _decided_on(request, reason)
    if resource.version != version:
        raise ChangedMeanwhile
    tier, organisation_id = ladder.tier_at(request.level), request.organisation_id
    if for_everybody and request.level is OrganisationKind.CITY:
        licence = licence_of(resource.licence)
        if licence is None or not licence.is_free_to_pass_on:
            raise NotFree
        resources.place(resource, Tier.PUBLIC, None, now=now)
    else:
        resources.place(resource, tier, organisation_id, now=now)
    _close(request, Decision.ACCEPTED, by, reason, now)
    _tell(resource, Act.ACCEPTED, by, reason=reason, now=now)


def give_back(request: ReviewRequest, by: Hat, reason: str, *, now: datetime) -> None:
    """Return the resource to its author with the reason; it stays where it stood.

    Raises:
        NoReason: the reason is missing.
        NotUnderReview: the request is decided.
    """
    resource = _decided_on(request, reason)
    _close(request, Decision.RETURNED, by, reason, now)
    _tell(resource, Act.RETURNED, by, reason=reason, now=now)


def withdraw(
    resource: Resource, by: Hat, reason: str, *, instead: Resource | None = None, now: datetime
) -> None:
    """Let *resource* be found no more, perhaps with another *instead*; those who gave it to a class are told.

    Raises:
        NoReason: the reason is missing.
        AlreadyWithdrawn: it is withdrawn.
        NotPublished: what should stand instead is not to be found itself.
    """
    if not reason.strip():
        raise NoReason
    if resource.review_state is ReviewState.WITHDRAWN:
        raise AlreadyWithdrawn
    if instead is not None and instead.review_state is not ReviewState.PUBLISHED:
        raise NotPublished
    if request := db.session.scalar(queries.open_request(resource.id)):
        _close(request, Decision.TAKEN_BACK, by, reason, now)
    resources.withdraw(resource, replaced_by_id=instead.id if instead else None, now=now)
    act = Act.REPLACED if instead else Act.WITHDRAWN
    _tell(resource, act, by, reason=reason, now=now)
    publish(Withdrawn(resource.id))


def restore(resource: Resource, by: Hat, *, now: datetime) -> None:
    """Publish *resource* again in the collection from which it was withdrawn.

    Raises:
        NotWithdrawn: it is not withdrawn.
    """
    if resource.review_state is not ReviewState.WITHDRAWN:
        raise NotWithdrawn
    resources.place(resource, resource.tier, resource.organisation_id, now=now)
    _tell(resource, Act.RESTORED, by, reason="", now=now)


def name_reviewer(organisation_id: int, person_id: int, by: Hat, *, now: datetime) -> None:
    """Let a teacher review beside the school's administrators."""
    row = {"organisation_id": organisation_id, "person_id": person_id, "named_at": now}
    if insert_if_absent(Reviewer, [row]):
        _audit("named reviewer", "person", person_id, by, now)


def dismiss_reviewer(organisation_id: int, person_id: int, by: Hat, *, now: datetime) -> None:
    """Let a teacher review no more."""
    db.session.execute(
        delete(Reviewer).where(Reviewer.organisation_id == organisation_id, Reviewer.person_id == person_id)
    )
    _audit("dismissed reviewer", "person", person_id, by, now)


def next_step(resource: Resource) -> ladder.Step | None:
    """The next step of *resource* on the ladder, or None where it ends."""
    owner = db.session.get(Organisation, resource.organisation_id) if resource.organisation_id else None
    above = db.session.get(Organisation, owner.parent_id) if owner and owner.parent_id else None
    return ladder.next_step(resource, owner, above)


def _decided_on(request: ReviewRequest, reason: str) -> Resource:
    if request.decision is not None:
        raise NotUnderReview
    if not reason.strip():
        raise NoReason
    return db.session.get_one(Resource, request.resource_id)


def _close(request: ReviewRequest, decision: Decision, by: Hat, reason: str, now: datetime) -> None:
    request.decision, request.open_for_id = decision, None
    request.decided_by_id, request.decided_at, request.reason = by.person_id, now, reason.strip()
    db.session.flush()


def _tell(resource: Resource, act: Act, by: Hat, *, reason: str, now: datetime) -> None:
    db.session.flush()
    db.session.add(
        LogEntry(
            resource_id=resource.id,
            act=act,
            actor_id=by.person_id,
            role=by.role,
            organisation_id=by.organisation_id,
            tier=resource.tier,
            version=resource.version,
            reason=reason.strip(),
            at=now,
        )
    )
    db.session.flush()
    _audit(f"resource {act}", "resource", resource.id, by, now)


def _audit(verb: str, object_type: str, object_id: int, by: Hat, now: datetime) -> None:
    record(verb, object_type, object_id, actor_id=by.person_id, role=by.role, now=now)
