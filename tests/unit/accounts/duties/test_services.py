from datetime import datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.duties import queries, services
from accounts.duties.errors import HeadsItAlready, NoTeacherHere
from core.audit.models import AuditEntry
from tests.factories.accounts import make_administrator, make_class, make_school, make_student, make_teacher


def test_a_teacher_heads_a_grade_until_the_duty_ends(session: Session, now: datetime) -> None:
    school = make_school()
    administrator, teacher = make_administrator(school), make_teacher(make_class(school))
    head = services.name_head(7, teacher.person_id, by=administrator, now=now)
    with pytest.raises(HeadsItAlready):
        services.name_head(7, teacher.person_id, by=administrator, now=now)
    assert list(session.scalars(queries.grades_headed_by(teacher))) == [7]
    services.end_duty(head, by=administrator, now=now)
    services.end_duty(head, by=administrator, now=now)
    assert list(session.scalars(queries.grades_headed_by(teacher))) == []
    assert list(session.scalars(select(AuditEntry.verb))) == ["name_grade_head", "end_grade_head"]


def test_only_teachers_of_the_school_head_its_grades(session: Session, now: datetime) -> None:
    school = make_school()
    administrator = make_administrator(school)
    pupil, stranger = make_student(make_class(school)), make_teacher(make_class())
    for one in (pupil, stranger):
        with pytest.raises(NoTeacherHere):
            services.name_head(7, one.person_id, by=administrator, now=now)
