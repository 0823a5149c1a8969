from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.classes.queries import students_visible_to
from accounts.guardians import queries, services
from accounts.guardians.errors import NotYoursToDecide
from accounts.guardians.models import Purpose
from accounts.people.models import Hat, Role
from core.audit.models import AuditEntry
from tests.factories.accounts import make_guardian, make_hat, make_person, make_student, make_teacher

RECOMMENDATIONS = Purpose.RECOMMENDATIONS


@pytest.fixture
def student(session: Session) -> Hat:
    return make_student()


def test_a_guardians_decision_stands_until_the_next_one(
    session: Session, student: Hat, now: datetime
) -> None:
    guardian = make_guardian(student)
    noise = make_student()
    services.decide_consent(noise.person, RECOMMENDATIONS, is_granted=False, by=noise, now=now)
    services.decide_consent(student.person, RECOMMENDATIONS, is_granted=True, by=guardian, now=now)
    later = now + timedelta(days=1)
    services.decide_consent(student.person, RECOMMENDATIONS, is_granted=False, by=guardian, now=later)
    latest = session.scalars(queries.latest_consent(student.person_id, RECOMMENDATIONS)).one()
    assert (latest.is_granted, latest.decided_at, latest.decided_by_id) == (False, later, guardian.person_id)
    assert len(session.scalars(queries.consents(student.person_id, RECOMMENDATIONS)).all()) == 2


def test_every_decision_stands_in_the_audit_log(session: Session, student: Hat, now: datetime) -> None:
    guardian = make_guardian(student)
    services.decide_consent(student.person, RECOMMENDATIONS, is_granted=True, by=guardian, now=now)
    entry = session.scalars(select(AuditEntry)).one()
    assert (entry.verb, entry.actor_id, entry.object_id) == (
        "consent_granted",
        guardian.person_id,
        str(student.person_id),
    )


def test_nobody_else_decides(session: Session, student: Hat, now: datetime) -> None:
    others = [make_guardian(make_student()), make_teacher(), make_student()]
    for other in others:
        with pytest.raises(NotYoursToDecide):
            services.decide_consent(student.person, RECOMMENDATIONS, is_granted=False, by=other, now=now)


def test_a_child_may_refuse_but_not_grant(session: Session, student: Hat, now: datetime) -> None:
    student.person.born_on = date(2016, 1, 1)
    with pytest.raises(NotYoursToDecide):
        services.decide_consent(student.person, RECOMMENDATIONS, is_granted=True, by=student, now=now)
    refused = services.decide_consent(student.person, RECOMMENDATIONS, is_granted=False, by=student, now=now)
    assert refused.is_granted is False


def test_an_ended_link_shows_and_decides_nothing(session: Session, student: Hat, now: datetime) -> None:
    guardian = make_guardian(student)
    assert session.scalars(queries.children_of(guardian)).all() == [student.person]
    link = session.scalars(queries.links_of_guardian(guardian.person_id)).one()
    services.unlink(link, by=make_teacher(), now=now)
    assert session.scalars(queries.children_of(guardian)).all() == []
    assert session.scalars(students_visible_to(guardian)).all() == []
    with pytest.raises(NotYoursToDecide):
        services.decide_consent(student.person, RECOMMENDATIONS, is_granted=True, by=guardian, now=now)


def test_under_another_hat_a_guardian_has_no_children(session: Session, student: Hat) -> None:
    guardian = make_guardian(student)
    as_teacher = make_hat(Role.TEACHER, student.organisation, guardian.person)
    assert session.scalars(queries.children_of(as_teacher)).all() == []


def test_a_link_made_again_stands_up_again(session: Session, student: Hat, now: datetime) -> None:
    guardian = make_person("陈太太")
    first = services.link(guardian, student.person, "mother", now=now)
    services.unlink(first, by=make_teacher(), now=now)
    again = services.link(guardian, student.person, "mother", now=now + timedelta(days=1))
    assert again.id == first.id
    assert again.ended_at is None
