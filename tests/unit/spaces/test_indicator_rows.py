"""A figure and the rows behind it are one select, on every floor."""

import csv
import io
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from accounts.classes.models import SchoolClass
from accounts.organisations.models import Organisation
from accounts.people.models import Hat, Role
from core.clock import school_day
from core.database import db, transaction
from core.paging import BadCursor
from learning.classroom.models import TaughtLesson
from learning.records.services import count_activity
from library.resources.models import ReviewState, Tier
from spaces.indicators import queries, sheet
from spaces.indicators.coverage import Window
from spaces.indicators.listing import Listing, Reader, every_page, listing
from spaces.indicators.rows import Counted, Scope, rows_of
from tests.factories.accounts import (
    added,
    enrol,
    make_administrator,
    make_city,
    make_class,
    make_district,
    make_hat,
    make_school,
    make_student,
    make_teacher,
)
from tests.factories.homework import make_assignment
from tests.factories.library import make_resource
from tests.statements import statements_of

SECRET = "s" * 32
DAY = timedelta(days=1)


def teach(teacher: Hat, school_class: SchoolClass, now: datetime, *, resource_id: int | None = None) -> None:
    added(
        TaughtLesson(
            teacher_id=teacher.person_id,
            class_id=school_class.id,
            resource_id=resource_id or make_resource().id,
            day=school_day(now),
            taught_at=now,
        )
    )


def at_work(hat: Hat, now: datetime, days: int, **increments: int) -> None:
    for back in range(days):
        count_activity(hat.person_id, now - back * DAY, **increments)  # type: ignore[arg-type] # columns by name


def fill(school: Organisation, now: datetime) -> None:
    """Two classes with people of every depth, one who left, and one teacher of both; an idle class."""
    first, second, _idle = (make_class(school, name=f"七年级({number})班") for number in (1, 2, 3))
    teacher = make_teacher(first)
    enrol(teacher, second, "mathematics")
    enrol(teacher, second, "physics")
    teacher.person.first_signed_in_at = now
    at_work(teacher, now, 4, marked=1)
    for school_class in (first, second):
        for days, opened in ((0, False), (0, True), (2, True), (9, True)):
            pupil = make_student(school_class)
            pupil.person.first_signed_in_at = now if opened else None
            at_work(pupil, now, days, answers=1)
        teach(teacher, school_class, now)
        teach(teacher, school_class, now - 40 * DAY)
    left = make_student(first)
    left.ended_at = now
    make_assignment(teacher, second, opens_at=now - DAY, due_at=now + DAY, cut_off_at=now + DAY)
    make_resource(tier=Tier.SCHOOL, organisation=school)
    make_resource(tier=Tier.SCHOOL, organisation=school, review_state=ReviewState.DRAFT)
    make_resource()


@pytest.fixture
def city(session: Session, now: datetime) -> Organisation:
    del session
    made = make_city()
    east, west = make_district(made, "东"), make_district(made, "西")
    for district in (east, east, west):
        fill(make_school(district), now)
    fill(make_school(), now)
    db.session.flush()
    return made


def below(city: Organisation) -> list[Organisation]:
    """The city, a district with two schools, and a school."""
    [district] = db.session.scalars(
        select(Organisation).where(Organisation.parent_id == city.id, Organisation.name == "东")
    )
    school = db.session.scalars(select(Organisation).where(Organisation.parent_id == district.id)).first()
    assert school is not None
    return [city, district, school]


def counted_rows(scope: Scope, counted: Counted) -> int:
    found = db.session.scalar(select(func.count()).select_from(rows_of(scope, counted).subquery()))
    return found or 0


@pytest.mark.parametrize("counted", Counted)
def test_a_figure_is_the_number_of_its_rows_in_city_district_school_and_class(
    city: Organisation, now: datetime, counted: Counted
) -> None:
    window = Window.ending_on(school_day(now))
    sizes = []
    for organisation in below(city):
        report = queries.report(organisation, window.last)
        rows = counted_rows(Scope(organisation, window), counted)
        assert rows == report.figure(counted)
        sizes.append(rows)
    assert sizes[-1] > 0
    school = below(city)[-1]
    report = queries.report(school, window.last)
    for part in report.parts:
        if counted is Counted.SHARED_RESOURCES:
            continue
        school_class = db.session.get_one(SchoolClass, part.id)
        rows = counted_rows(Scope(school, window, school_class), counted)
        assert rows == report.figure(counted, school_class) == getattr(part.counts, counted.value)


def test_every_count_has_rows(session: Session) -> None:
    del session
    assert [one.value for one in Counted] == [*sheet.column_names(), Counted.SHARED_RESOURCES.value]


def reader(hat: Hat, organisation: Organisation, now: datetime) -> Reader:
    return Reader(hat, Scope(organisation, Window.ending_on(school_day(now))), SECRET)


def shown(found: Listing, key: str) -> list[str]:
    return [row[key].text for row in found.rows]


def test_a_school_reads_names_and_those_above_read_codes(context: Flask, now: datetime) -> None:
    with context.test_request_context(), transaction():
        school_class = make_class()
        pupil = make_student(school_class, "陈小雨")
        at_work(pupil, now, 1, answers=1)
        school = school_class.school
        district = db.session.get_one(Organisation, school.parent_id)
        principal, above = make_administrator(school), make_administrator(district)
        inside = listing(reader(principal, school, now), Counted.STUDENTS, None)
        outside = listing(reader(above, school, now), Counted.STUDENTS, None)
        deeper = listing(reader(above, district, now), Counted.STUDENTS_ACTIVE, None)
        city = make_administrator(db.session.get_one(Organisation, district.parent_id))
        elsewhere = listing(reader(city, school, now), Counted.STUDENTS, None)
    assert shown(inside, "person") == ["陈小雨"]
    assert inside.rows[0]["person"].href == f"/students/{pupil.person_id}"
    [code] = shown(outside, "person")
    assert outside.rows[0]["person"].href == ""
    assert len(code) == 8
    assert shown(deeper, "person") == [code]
    assert shown(elsewhere, "person") != [code]


def test_taught_lessons_tell_teacher_kind_and_class_and_lead_to_what_may_be_opened(
    context: Flask, now: datetime
) -> None:
    with context.test_request_context(), transaction():
        school_class = make_class()
        school, teacher = school_class.school, make_teacher(school_class, name="李老师")
        own = make_resource("校本阅读", tier=Tier.SCHOOL, organisation=school)
        teach(teacher, school_class, now, resource_id=own.id)
        district = db.session.get_one(Organisation, school.parent_id)
        inside = listing(reader(make_administrator(school), school, now), Counted.TAUGHT_LESSONS, None)
        outside = listing(reader(make_administrator(district), school, now), Counted.TAUGHT_LESSONS, None)
    [row] = inside.rows
    assert (row["teacher"].text, row["evidence"].text) == ("李老师", "阅读")
    assert row["class"].href == f"/classes/{school_class.id}"
    assert row["resource"].href == f"/library/{own.id}"
    [row] = outside.rows
    assert row["teacher"].text != "李老师"
    assert (row["class"].href, row["resource"].href, row["teacher"].href) == ("", "", "")


def test_pages_follow_each_other_until_all_rows_were_shown_once(context: Flask, now: datetime) -> None:
    with context.test_request_context(), transaction():
        school = make_school()
        school_class = make_class(school)
        for number in range(7):
            make_student(school_class, f"学生{number}")
            teach(make_teacher(school_class), school_class, now)
        who = reader(make_administrator(school), school, now)
        for counted, key in ((Counted.STUDENTS, "person"), (Counted.TAUGHT_LESSONS, "resource")):
            seen: list[str] = []
            cursor = None
            while True:
                page = listing(who, counted, cursor, 3)
                seen += [row[key].href for row in page.rows]
                cursor = page.next
                if cursor is None:
                    break
            assert len(seen) == len(set(seen)) == 7
        with pytest.raises(BadCursor):
            listing(who, Counted.STUDENTS, "damaged")


def test_a_sheet_of_rows_holds_all_of_them_and_no_formula(
    context: Flask, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("spaces.indicators.listing.AT_ONCE", 2)
    with context.test_request_context(), transaction():
        school = make_school()
        school_class = make_class(school)
        for name in ("=SUM(A1)", "+王芳", "陈小雨"):
            make_student(school_class, name)
        who = reader(make_administrator(school), school, now)
        text = "".join(sheet.csv_of_rows(every_page(who, Counted.STUDENTS)))
    assert text.startswith("\ufeff")
    rows = list(csv.reader(io.StringIO(text.lstrip("\ufeff"))))
    assert [row[0] for row in rows[1:]] == ["'=SUM(A1)", "'+王芳", "陈小雨"]


@pytest.mark.parametrize("counted", Counted)
def test_a_list_costs_the_same_statements_for_ten_rows_and_for_many(
    context: Flask, now: datetime, counted: Counted
) -> None:
    with context.test_request_context():
        sent = []
        for size in (10, 60):
            with transaction():
                school = make_school()
                for number in range(size):
                    school_class = make_class(school, name=f"{number}班")
                    pupil, teacher = make_student(school_class), make_teacher(school_class)
                    pupil.person.first_signed_in_at = teacher.person.first_signed_in_at = now
                    at_work(pupil, now, 8, answers=1)
                    at_work(teacher, now, 4, marked=1)
                    teach(teacher, school_class, now)
                    make_resource(tier=Tier.SCHOOL, organisation=school)
                hat_id = make_administrator(school).id
            db.session.expunge_all()
            hat = db.session.scalars(select(Hat).where(Hat.id == hat_id)).one()
            with statements_of(context) as statements:
                page = listing(reader(hat, hat.organisation, now), counted, None)
            assert len(page.rows) >= 10
            sent.append(len(statements))
    assert sent[0] == sent[1] <= 3


def test_who_has_two_hats_in_the_city_counts_once_in_each_school(city: Organisation, now: datetime) -> None:
    school = below(city)[-1]
    other = make_school(db.session.get_one(Organisation, school.parent_id))
    teacher = make_teacher(make_class(school))
    make_hat(Role.TEACHER, other, teacher.person)
    window = Window.ending_on(school_day(now))
    for organisation in (*below(city), other):
        figure = queries.report(organisation, window.last).whole.teachers
        assert counted_rows(Scope(organisation, window), Counted.TEACHERS) == figure
