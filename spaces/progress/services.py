"""Write down that staff looked at a child's record."""

from datetime import datetime

from accounts.people.models import Hat, Person
from core.audit import services as audit


def note_reading(student: Person, reason: str, *, by: Hat, now: datetime, address: str) -> None:
    """Keep who read the pupil's record from outside her classes, and why."""
    audit.record(
        "read_progress",
        "person",
        student.id,
        actor_id=by.person_id,
        role=by.role,
        now=now,
        address=address,
        details={"reason": reason},
    )
