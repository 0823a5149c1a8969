"""Links and consents by whom they concern."""

from sqlalchemy import Select, false, select

from accounts.guardians.models import ConsentRecord, GuardianLink, Purpose
from accounts.people.models import Hat, Person


def links_of_guardian(guardian_id: int) -> Select[GuardianLink]:
    """The standing links of a guardian."""
    return select(GuardianLink).where(
        GuardianLink.guardian_id == guardian_id, GuardianLink.ended_at.is_(None)
    )


def links_of_student(student_id: int) -> Select[GuardianLink]:
    """The standing links of a pupil."""
    return select(GuardianLink).where(GuardianLink.student_id == student_id, GuardianLink.ended_at.is_(None))


def children_of(hat: Hat) -> Select[Person]:
    """The pupils that the wearer of a guardian's hat looks after; nobody's under any other hat."""
    linked = links_of_guardian(hat.person_id).with_only_columns(GuardianLink.student_id)
    children = select(Person).where(Person.id.in_(linked)).order_by(Person.id)
    return children if hat.is_guardian else children.where(false())


def guardians_of(student_id: int) -> Select[Person]:
    """Who looks after the pupil."""
    linked = links_of_student(student_id).with_only_columns(GuardianLink.guardian_id)
    return select(Person).where(Person.id.in_(linked)).order_by(Person.id)


def consents(student_id: int, purpose: Purpose) -> Select[ConsentRecord]:
    """All decisions on a purpose, the latest first."""
    return (
        select(ConsentRecord)
        .where(ConsentRecord.student_id == student_id, ConsentRecord.purpose == purpose)
        .order_by(ConsentRecord.id.desc())
    )


def latest_consent(student_id: int, purpose: Purpose) -> Select[ConsentRecord]:
    """The decision that stands, if one was ever made."""
    return consents(student_id, purpose).limit(1)
