"""Carry out a decision about suggestions."""

from datetime import datetime

from accounts.guardians.models import ConsentRecord, Purpose
from accounts.guardians.services import decide_consent
from accounts.people.models import Hat, Person
from recommender.recommendations.services import withdraw


def decide(student: Person, *, is_granted: bool, by: Hat, now: datetime, address: str) -> ConsentRecord:
    """Record the decision; a refusal also deletes what was made from the pupil's data to suggest from.

    Raises:
        NotYoursToDecide: *by* may not decide this for the pupil.
    """
    decision = decide_consent(
        student, Purpose.RECOMMENDATIONS, is_granted=is_granted, by=by, now=now, address=address
    )
    if not is_granted:
        withdraw(student.id)
    return decision
