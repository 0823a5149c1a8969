"""Link guardians with pupils, and record what they consent to."""

from datetime import datetime

from sqlalchemy import select

from accounts.guardians import policy, queries
from accounts.guardians.consents import TEXT_VERSION
from accounts.guardians.errors import NotYoursToDecide
from accounts.guardians.models import ConsentRecord, GuardianLink, Purpose
from accounts.people.models import Hat, Person
from core.audit import services as audit
from core.clock import school_day
from core.database import db


def link(guardian: Person, student: Person, relationship: str, *, now: datetime) -> GuardianLink:
    """Have *guardian* look after *student* from now on; an ended link stands up again."""
    found = db.session.scalar(
        select(GuardianLink).where(
            GuardianLink.guardian_id == guardian.id, GuardianLink.student_id == student.id
        )
    )
    if found is None:
        found = GuardianLink(
            guardian_id=guardian.id, student_id=student.id, relationship=relationship, started_at=now
        )
        db.session.add(found)
    elif found.ended_at is not None:
        found.started_at, found.ended_at = now, None
    found.relationship = relationship
    db.session.flush()
    return found


def unlink(found: GuardianLink, *, by: Hat, now: datetime) -> None:
    """End the link; from the next request on the guardian sees nothing of the pupil."""
    if found.ended_at is not None:
        return
    found.ended_at = now
    audit.record(
        "guardian_unlinked",
        "guardian_link",
        found.id,
        actor_id=by.person_id,
        role=by.role,
        now=now,
        details={"guardian": found.guardian_id, "student": found.student_id},
    )


def decide_consent(
    student: Person, purpose: Purpose, *, is_granted: bool, by: Hat, now: datetime, address: str = ""
) -> ConsentRecord:
    """Record a decision on *purpose*; it stands until the next one. Withdrawing is as easy as granting.

    Raises:
        NotYoursToDecide: *by* is neither a linked guardian nor a pupil of the age to decide.
    """
    is_linked = (
        db.session.scalar(
            queries.links_of_student(student.id).where(GuardianLink.guardian_id == by.person_id)
        )
        is not None
    )
    today = school_day(now)
    if not policy.may_decide(by, student, is_linked=is_linked, is_granted=is_granted, today=today):
        raise NotYoursToDecide
    record = ConsentRecord(
        student_id=student.id,
        purpose=purpose,
        is_granted=is_granted,
        decided_by_id=by.person_id,
        decided_at=now,
        text_version=TEXT_VERSION,
        channel="web",
    )
    db.session.add(record)
    db.session.flush()
    audit.record(
        "consent_granted" if is_granted else "consent_refused",
        "person",
        student.id,
        actor_id=by.person_id,
        role=by.role,
        now=now,
        address=address,
        details={"purpose": purpose.value, "text_version": TEXT_VERSION},
    )
    return record
