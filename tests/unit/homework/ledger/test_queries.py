from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.classes.models import SchoolClass
from accounts.people.models import Hat
from core.database import db
from homework.assignments.models import Assignment
from homework.ledger import queries
from homework.ledger.sheet import csv_of
from homework.load.models import LoadEntry
from homework.load.services import measured
from learning.attempts.models import Attempt
from tests.factories.accounts import (
    make_administrator,
    make_class,
    make_district,
    make_guardian,
    make_school,
    make_student,
    make_teacher,
)
from tests.factories.homework import make_assignment, make_submission

MONDAY = date(2026, 9, 7)
TUESDAY = date(2026, 9, 8)


@pytest.fixture
def school_class(session: Session) -> SchoolClass:
    return make_class(grade=5, name="五年级(1)班")


@pytest.fixture
def teacher(school_class: SchoolClass) -> Hat:
    return make_teacher(school_class)


def read_by(hat: Hat) -> set[int]:
    return {one.id for one in db.session.scalars(queries.classes_for(hat))}


def test_a_family_reads_its_class_a_school_all_of_its_own_and_a_district_those_below(
    session: Session, school_class: SchoolClass, teacher: Hat
) -> None:
    district = make_district()
    school_class.school.parent_id = district.id
    beside, foreign = make_class(school_class.school), make_class(make_school())
    pupil = make_student(school_class)
    assert read_by(pupil) == read_by(make_guardian(pupil)) == {school_class.id}
    own = {school_class.id, beside.id}
    assert read_by(teacher) == read_by(make_administrator(school_class.school)) == own
    assert read_by(make_administrator(district)) == own
    assert foreign.id not in own


def test_a_week_holds_what_counts_in_it_and_says_which_days_are_too_long(
    session: Session, school_class: SchoolClass, teacher: Hat, now: datetime
) -> None:
    make_assignment(teacher, school_class, estimated_minutes=40.0, title="口算")
    make_assignment(teacher, school_class, estimated_minutes=25.0, title="应用题")
    make_assignment(teacher, make_class(grade=5), estimated_minutes=300.0)
    make_assignment(
        teacher,
        school_class,
        opens_at=now + timedelta(days=7),
        due_at=now + timedelta(days=9),
        cut_off_at=now + timedelta(days=9),
    )
    (week,) = queries.weeks_of(teacher, [school_class], MONDAY, now)
    assert [one.title for one in week.lines] == ["口算", "应用题"]
    assert (week.minutes(TUESDAY), week.minutes(MONDAY), week.cap) == (65.0, 0, 60)
    assert [one for one in week.days if week.is_over(one)] == [TUESDAY]
    sheet = csv_of([week]).splitlines()
    assert len(sheet) == 3
    assert sheet[1].startswith("五年级(1)班,5,2026-09-08,数学,口算,40,")


def test_families_see_the_minutes_of_what_is_not_open_yet_but_not_its_title(
    session: Session, school_class: SchoolClass, teacher: Hat, now: datetime
) -> None:
    make_assignment(
        teacher, school_class, title="突击测验", opens_at=now + timedelta(hours=1), estimated_minutes=12.0
    )
    pupil = make_student(school_class)
    titles = {
        hat.role: [
            (line.title, line.minutes)
            for week in queries.weeks_of(hat, [school_class], MONDAY, now)
            for line in week.lines
        ]
        for hat in (pupil, teacher)
    }
    assert titles == {"student": [("", 12.0)], "teacher": [("突击测验", 12.0)]}


def test_what_it_took_is_told_once_enough_pupils_have_told(
    session: Session, school_class: SchoolClass, teacher: Hat, now: datetime
) -> None:
    assignment = make_assignment(teacher, school_class)
    for seconds in (60.0, 120.0, 180.0, 240.0, None):
        submission = make_submission(assignment, make_student(school_class), now=now)
        for attempt in session.scalars(select(Attempt).where(Attempt.person_id == submission.student_id)):
            attempt.seconds = seconds
    session.flush()
    assert queries.medians_of(assignment.id) == {}
    last = make_submission(assignment, make_student(school_class), now=now)
    session.scalars(select(Attempt).where(Attempt.person_id == last.student_id)).one().seconds = 600.0
    session.flush()
    assert queries.medians_of(assignment.id) == {school_class.id: (3.0, 5)}
    measured(assignment.id, queries.medians_of(assignment.id))
    entry = session.scalars(select(LoadEntry)).one()
    assert (entry.actual_minutes, entry.actual_pupils) == (3.0, 5)


def test_work_is_measured_for_a_while_after_it_is_due(
    session: Session, school_class: SchoolClass, teacher: Hat, now: datetime
) -> None:
    assignment = make_assignment(teacher, school_class)
    due: datetime = session.get_one(Assignment, assignment.id).due_at
    asked = [
        list(session.scalars(queries.to_measure(moment)))
        for moment in (now, due + timedelta(days=1), due + timedelta(days=15))
    ]
    assert asked == [[], [assignment.id], []]
