"""Tell teachers that their work uses something which was withdrawn."""

from datetime import datetime

from core.database import db, insert_if_absent
from homework.notices import queries
from homework.notices.models import Notice
from library.resources.models import Resource, ReviewState
from library.resources.services import keep_open
from library.review.queries import withdrawal_of


def tell(resource_id: int, *, now: datetime) -> None:
    """Keep the withdrawn resource open for the classes that have it, and tell the teachers who gave it.

    Telling twice tells once; a resource that is published again meanwhile is left alone.
    """
    resource = db.session.get(Resource, resource_id)
    withdrawal = db.session.scalar(withdrawal_of(resource_id))
    if resource is None or withdrawal is None or resource.review_state is not ReviewState.WITHDRAWN:
        return
    keep_open(resource_id, set(db.session.scalars(queries.class_ids_given(resource_id))))
    insert_if_absent(
        Notice,
        [
            {
                "person_id": one.teacher_id,
                "assignment_id": one.id,
                "resource_id": resource_id,
                "reason": withdrawal.reason,
                "made_at": now,
            }
            for one in db.session.scalars(queries.assignments_with(resource_id))
        ],
    )


def put_away(notice: Notice, *, now: datetime) -> None:
    """The teacher has read it."""
    notice.seen_at = now
