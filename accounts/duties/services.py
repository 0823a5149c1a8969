"""Name heads of grades, and end their duty."""

from datetime import datetime

from accounts.duties import queries
from accounts.duties.errors import HeadsItAlready, NoTeacherHere
from accounts.duties.models import GradeHead
from accounts.people.models import Hat, Person
from core.audit import services as audit
from core.database import db


def name_head(grade: int, person_id: int, *, by: Hat, now: datetime) -> GradeHead:
    """Make a teacher of the administrator's school a head of *grade*; there may be several.

    Raises:
        NoTeacherHere: the person is no teacher of the school.
        HeadsItAlready: she heads the grade.
    """
    teachers = queries.teachers_of(by.organisation_id)
    person = db.session.scalar(teachers.where(Person.id == person_id))
    if person is None:
        raise NoTeacherHere
    standing = queries.heads_in(by.organisation_id).where(
        GradeHead.grade == grade, GradeHead.person_id == person_id
    )
    if db.session.scalar(standing) is not None:
        raise HeadsItAlready
    head = GradeHead(
        school_id=by.organisation_id,
        grade=grade,
        person_id=person_id,
        named_by_id=by.person_id,
        named_at=now,
    )
    db.session.add(head)
    db.session.flush()
    _record("name_grade_head", head, by, now)
    return head


def end_duty(head: GradeHead, *, by: Hat, now: datetime) -> None:
    """She heads the grade no longer."""
    if head.ended_at is None:
        head.ended_at = now
        _record("end_grade_head", head, by, now)


def _record(verb: str, head: GradeHead, by: Hat, now: datetime) -> None:
    audit.record(
        verb,
        "person",
        head.person_id,
        actor_id=by.person_id,
        role=by.role,
        now=now,
        details={"grade": head.grade},
    )
