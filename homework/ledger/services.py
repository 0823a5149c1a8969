"""Measure what homework took."""

from datetime import datetime

from core.database import db, transaction
from homework.ledger import queries
from homework.load.services import measured


def measure(*, now: datetime) -> None:
    """Note how long pupils took over what was due of late.

    Opens a transaction for each assignment, so that nobody waits long for it.
    """
    for assignment_id in list(db.session.scalars(queries.to_measure(now))):
        medians = queries.medians_of(assignment_id)
        if medians:
            with transaction():
                measured(assignment_id, medians)
