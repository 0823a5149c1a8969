"""What the page of a resource tells of its review."""

from dataclasses import dataclass

from sqlalchemy import Select
from sqlalchemy.orm import joinedload, selectinload

from accounts.people.models import Hat
from core.database import db
from library.resources import queries as resources
from library.resources.models import Resource, ReviewState
from library.review import queries, services
from library.review.ladder import Step
from library.review.models import LogEntry, ReviewRequest

MOST_ENTRIES = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a resource stands, and what a hat can do about it."""

    asked: ReviewRequest | None
    """The last request."""
    next_step: Step | None
    """Where the hat can submit it."""
    may_climb: bool
    may_decide: bool
    may_withdraw: bool
    may_restore: bool
    withdrawal: LogEntry | None
    """Why it was withdrawn."""
    instead: Resource | None
    """What stands for it, if the hat sees that."""


def standing(hat: Hat, resource: Resource) -> Standing:
    """What *hat* is told about where *resource* stands."""
    is_staff = hat.is_teacher or hat.is_administrator
    may_climb = is_staff and _is_among(queries.climbing_by(hat), resource.id)
    latest = queries.latest_request(resource.id).options(joinedload(ReviewRequest.organisation))
    asked = db.session.scalar(latest) if is_staff else None
    is_waiting = asked is not None and asked.decision is None
    is_withdrawn = resource.review_state is ReviewState.WITHDRAWN
    instead = resources.visible_to(hat).where(Resource.id == resource.replaced_by_id)
    return Standing(
        asked=asked,
        next_step=services.next_step(resource) if may_climb and not is_waiting else None,
        may_climb=may_climb,
        may_decide=is_waiting and _is_among(queries.reviewable_by(hat), resource.id),
        may_withdraw=is_staff
        and resource.review_state is ReviewState.PUBLISHED
        and _is_among(queries.withdrawable_by(hat), resource.id),
        may_restore=is_staff and is_withdrawn and _is_among(queries.restorable_by(hat), resource.id),
        withdrawal=db.session.scalar(queries.withdrawal_of(resource.id)) if is_withdrawn else None,
        instead=db.session.scalar(instead) if is_withdrawn and resource.replaced_by_id else None,
    )


def change_log(resource_id: int) -> dict[str, object]:
    """The log that everybody who sees the resource may read, and its former versions."""
    log = queries.log_of(resource_id).options(selectinload(LogEntry.organisation))
    return {
        "log": db.session.scalars(log.limit(MOST_ENTRIES)).all(),
        "versions": db.session.scalars(resources.versions_of(resource_id).limit(MOST_ENTRIES)).all(),
    }


def _is_among(these: Select[Resource] | Select[ReviewRequest], resource_id: int) -> bool:
    found = these.where(Resource.id == resource_id).with_only_columns(Resource.id).limit(1)
    return db.session.scalar(found) is not None
