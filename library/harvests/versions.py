"""What a resource says now, in the words of the interchange format, and putting one away."""

from collections.abc import Sequence
from datetime import datetime

from core.database import db
from library.interchange.exports import export, fingerprint
from library.resources.models import Resource, ReviewState


def fingerprints(resources: Sequence[Resource]) -> dict[int, str]:
    """What resources say now, by id; empty for one that no record can express: it was changed here."""
    unique = list({one.id: one for one in resources}.values())
    return {one.resource.id: fingerprint(one.record) if one.record else "" for one in export(unique)}


def put_away(resource: Resource, now: datetime) -> None:
    """Withdraw a resource that is published."""
    if resource.review_state is ReviewState.PUBLISHED:
        resource.review_state = ReviewState.WITHDRAWN
        resource.updated_at = now
    db.session.flush()
