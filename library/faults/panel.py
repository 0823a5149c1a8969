"""What the page of a resource tells of reported faults."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func

from accounts.people.models import Hat
from core.database import db
from library.faults import queries
from library.faults.models import FaultReport
from library.faults.policy import may_mend

MOST_HERE = 5


@dataclass(frozen=True, slots=True)
class Faults:
    """What a person reported about a resource, and how many reports wait for her own answer."""

    mine: Sequence[FaultReport]
    waiting: int


def faults(hat: Hat, resource_id: int) -> Faults:
    """What *hat* is told about faults of a resource."""
    mine = queries.reported_by(hat).where(FaultReport.resource_id == resource_id)
    waiting = queries.open_for_mending(hat).where(FaultReport.resource_id == resource_id)
    return Faults(
        db.session.scalars(mine.order_by(FaultReport.reported_at.desc()).limit(MOST_HERE)).all(),
        (db.session.scalar(waiting.with_only_columns(func.count(FaultReport.id))) or 0)
        if may_mend(hat)
        else 0,
    )
