import csv
import io
from datetime import date, datetime, timedelta

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from accounts.classes.models import SchoolClass
from accounts.organisations.models import Organisation
from core.clock import school_day
from core.database import db, transaction
from learning.classroom.models import TaughtLesson
from learning.records.services import count_activity
from library.resources.models import ReviewState, Tier
from spaces.indicators import queries, services, sheet
from spaces.indicators.coverage import Counts, Window, share, total
from spaces.indicators.models import CoverageSnapshot, Figure
from spaces.indicators.schemas import ReportOut
from tests.factories.accounts import (
    added,
    make_administrator,
    make_city,
    make_class,
    make_district,
    make_school,
    make_student,
    make_teacher,
)
from tests.factories.homework import make_assignment
from tests.factories.library import make_resource
from tests.statements import statements_of

counts = st.builds(
    Counts, students=st.integers(0, 99), teachers=st.integers(0, 99), classes=st.integers(0, 9)
)


@given(st.lists(counts, max_size=6))
def test_parts_add_up_whatever_their_order(parts: list[Counts]) -> None:
    assert total(parts) == total(reversed(parts))
    assert total(parts).students == sum(part.students for part in parts)


def test_four_weeks_end_on_the_day_asked_for() -> None:
    window = Window.ending_on(date(2026, 9, 28))
    assert (window.first, window.last) == (date(2026, 9, 1), date(2026, 9, 28))


def test_a_share_of_nothing_is_none() -> None:
    assert share(0, 0) is None
    assert share(1, 4) == 0.25


@pytest.fixture
def school(session: Session) -> Organisation:
    return make_school(make_district(make_city()))


@pytest.fixture
def school_class(school: Organisation) -> SchoolClass:
    return make_class(school)


def at_work(person_id: int, now: datetime, days: int, **increments: int) -> None:
    for back in range(days):
        count_activity(person_id, now - timedelta(days=back), **increments)  # type: ignore[arg-type] # columns by name


def test_opened_active_and_deep_are_three_depths(school_class: SchoolClass, now: datetime) -> None:
    silent, opened, active, deep = (make_student(school_class) for _ in range(4))
    for hat in (opened, active, deep):
        hat.person.first_signed_in_at = now
    at_work(active.person_id, now, 2, opened=1)
    at_work(deep.person_id, now, 8, answers=3)
    at_work(silent.person_id, now - timedelta(days=40), 8, answers=3)
    make_student()
    whole = queries.report(school_class.school, school_day(now)).whole
    assert (whole.students, whole.students_opened, whole.students_active, whole.students_deep) == (4, 3, 2, 1)


def test_a_teacher_is_in_deep_use_by_teaching_assigning_and_marking(
    school_class: SchoolClass, now: datetime
) -> None:
    at_work(make_teacher(school_class).person_id, now, 4, marked=1)
    at_work(make_teacher(school_class).person_id, now, 9, opened=2)
    whole = queries.report(school_class.school, school_day(now)).whole
    assert (whole.teachers, whole.teachers_active, whole.teachers_deep) == (2, 2, 1)


def teach(school_class: SchoolClass, now: datetime) -> None:
    added(
        TaughtLesson(
            teacher_id=make_teacher(school_class).person_id,
            class_id=school_class.id,
            resource_id=make_resource().id,
            day=school_day(now),
            taught_at=now,
        )
    )


def test_a_class_uses_resources_by_a_taught_lesson_or_by_homework(
    school: Organisation, now: datetime
) -> None:
    taught, assigned, _idle = (make_class(school, name=name) for name in "甲乙丙")
    teach(taught, now)
    make_assignment(
        make_teacher(assigned), assigned, opens_at=now - timedelta(hours=1), due_at=now + timedelta(days=1)
    )
    found = queries.report(school, school_day(now))
    assert (found.whole.classes, found.whole.classes_with_resources, found.whole.taught_lessons) == (3, 2, 1)
    assert {part.name: part.counts.classes_with_resources for part in found.parts} == {
        "甲": 1,
        "乙": 1,
        "丙": 0,
    }


def test_own_resources_count_where_they_belong_and_shared_ones_for_everyone(
    school: Organisation, now: datetime
) -> None:
    make_resource(tier=Tier.SCHOOL, organisation=school)
    make_resource(tier=Tier.SCHOOL, organisation=school, review_state=ReviewState.DRAFT)
    make_resource()
    found = queries.report(school, school_day(now))
    assert (found.whole.resources, found.shared_resources) == (1, 1)


def test_a_city_is_the_sum_of_its_districts_and_a_district_of_its_schools(
    session: Session, now: datetime
) -> None:
    city = make_city()
    east, west = make_district(city, "东"), make_district(city, "西")
    for district, pupils in ((east, 2), (east, 1), (west, 3)):
        school_class = make_class(make_school(district))
        for _ in range(pupils):
            make_student(school_class)
        teach(school_class, now)
    make_student()
    whole = queries.report(city, school_day(now))
    below = queries.report(east, school_day(now))
    assert [part.counts.students for part in whole.parts] == [3, 3]
    assert whole.whole == total(part.counts for part in whole.parts)
    assert below.whole == whole.parts[0].counts == total(part.counts for part in below.parts)
    assert whole.whole.taught_lessons == 3


def test_page_csv_and_api_show_one_number(school_class: SchoolClass, now: datetime) -> None:
    make_student(school_class).person.first_signed_in_at = now
    db.session.flush()
    report = queries.report(school_class.school, school_day(now))
    rows = list(csv.reader(io.StringIO(sheet.csv_of(report).lstrip("\ufeff"))))
    column = rows[0].index(sheet.column_names()["students_opened"])
    api = ReportOut.of(report)
    assert int(rows[-1][column]) == api.organisation.counts["students_opened"] == report.whole.students_opened
    assert int(rows[1][column]) == api.parts[0].counts["students_opened"] == 1


@pytest.mark.parametrize("name", ["=HYPERLINK(1)", "+1", "-1", "@x", "\tx", "\nx", "＝1", "＋1"])
def test_no_name_becomes_a_formula_in_a_spreadsheet(name: str) -> None:
    assert sheet.neutral(name) == f"'{name}"
    assert sheet.neutral("七年级(1)班") == "七年级(1)班"


def test_administrators_see_their_own_organisation_and_those_below(session: Session) -> None:
    city = make_city()
    district = make_district(city)
    school, other = make_school(district), make_school()

    def visible(organisation: Organisation) -> set[int]:
        hat = make_administrator(organisation)
        return set(
            db.session.scalars(queries.organisations_visible_to(hat).with_only_columns(Organisation.id))
        )

    assert visible(city) == {city.id, district.id, school.id}
    assert visible(district) == {district.id, school.id}
    assert visible(school) == {school.id}
    assert other.id not in visible(city)


def test_a_frozen_day_is_replaced_not_doubled(school_class: SchoolClass, now: datetime) -> None:
    make_student(school_class)
    day = school_day(now)
    for _ in range(2):
        services.freeze(services.organisation_ids(), day, now)
    found = db.session.scalars(
        queries.snapshots(school_class.school_id, Figure.STUDENT_SPACES, day, day)
    ).all()
    assert [one.values for one in found] == [{"total": 1, "opened": 0, "active": 0, "deep": 0}]
    frozen = db.session.scalar(select(func.count()).select_from(CoverageSnapshot))
    assert frozen == len(Figure) * len(services.organisation_ids())


def test_a_report_costs_the_same_statements_for_one_class_and_for_many(context: Flask, now: datetime) -> None:
    with transaction():
        few, many = make_school(), make_school()
        make_student(make_class(few))
        for _ in range(20):
            make_student(make_class(many))
    sent = []
    for school in (few, many):
        found = db.session.get_one(Organisation, school.id)
        with statements_of(context) as statements:
            queries.report(found, school_day(now))
        sent.append(len(statements))
    assert sent[0] == sent[1]
