"""From a figure down to its rows, as each administrator walks it."""

import re
from html import unescape

import pytest
from flask import Flask

from accounts.people.models import Hat
from core import clock
from core.database import db, transaction
from learning.classroom.services import teach
from spaces.indicators.rows import Counted
from tests.browsers import Browser
from tests.conftest import SignInAs
from tests.factories.accounts import (
    make_administrator,
    make_city,
    make_class,
    make_district,
    make_school,
    make_student,
    make_teacher,
)
from tests.factories.library import make_resource


class Town:
    """A city with one class of one school: a pupil, and a teacher who taught a lesson. Another elsewhere."""

    def __init__(self) -> None:
        now = clock.now()
        with transaction():
            city = make_city()
            district = make_district(city)
            school = make_school(district)
            school_class = make_class(school)
            pupil, teacher = make_student(school_class, "陈小雨"), make_teacher(school_class, name="李老师")
            for hat in (pupil, teacher):
                hat.person.first_signed_in_at = now
            resource = make_resource("移项要变号")
            teach(teacher.person_id, school_class.id, resource.id, now=now)
            other = make_class(make_school(make_district(make_city())))
            self.hats = [make_administrator(one) for one in (school, district, city)]
            self.pupil_id, self.resource_id = pupil.person_id, resource.id
            self.class_id = school_class.id
            self.other_class_id, self.other_school_id = other.id, other.school_id
        for hat in self.hats:
            db.session.refresh(hat)
            db.session.expunge(hat)

    @property
    def principal(self) -> Hat:
        return self.hats[0]

    @property
    def mayor(self) -> Hat:
        return self.hats[-1]


@pytest.fixture
def town(app: Flask) -> Town:
    with app.app_context():
        return Town()


def links(page: str, part: str) -> list[str]:
    return [unescape(one) for one in re.findall(r'href="([^"]*)"', page) if part in one]


def follow(browser: Browser, page: str, part: str) -> str:
    """The page behind the first link that holds *part*."""
    return browser.get(links(page, part)[0]).text


def test_the_city_clicks_from_a_figure_to_a_row_without_a_name(town: Town, sign_in_as: SignInAs) -> None:
    mayor = sign_in_as(town.mayor)
    page = follow(mayor, mayor.get("/").text, "/indicators/rows/students_opened")
    for step in ("organisation=", "organisation=", "class_id="):
        [_title, chips] = page.split('class="chips"', 1)
        page = follow(mayor, chips, step)
    assert "七年级(1)班" in page
    assert len(re.findall(r'<th scope="row">[A-Z2-7]{8}</th>', page)) == 1
    assert "陈小雨" not in page


def test_every_number_of_the_table_of_parts_leads_to_its_rows(town: Town, sign_in_as: SignInAs) -> None:
    principal = sign_in_as(town.principal)
    page = principal.get("/indicators").text
    found = links(page, f"class_id={town.class_id}")
    assert {one.split("/rows/")[1].split("?")[0] for one in found} == {
        "students",
        "students_opened",
        "teachers",
        "teachers_opened",
        "teachers_active",
        "classes",
        "classes_with_resources",
        "taught_lessons",
    }
    assert all("1 条" in principal.get(one).text for one in found)


def test_inside_the_school_a_row_has_its_name_and_a_record_asks_for_a_reason(
    town: Town, sign_in_as: SignInAs
) -> None:
    principal = sign_in_as(town.principal)
    page = principal.get("/indicators/rows/students").text
    assert "陈小雨" in page
    assert "理由" in follow(principal, page, f"/students/{town.pupil_id}")


def test_a_taught_lesson_leads_to_its_resource_and_class(town: Town, sign_in_as: SignInAs) -> None:
    page = sign_in_as(town.principal).get("/indicators/rows/taught_lessons").text
    assert "李老师" in page
    assert f"/classes/{town.class_id}" in page
    assert f"/library/{town.resource_id}" in page
    above = sign_in_as(town.mayor).get("/indicators/rows/taught_lessons").text
    assert "李老师" not in above
    assert f"/classes/{town.class_id}" not in above
    assert f"/library/{town.resource_id}" in above


@pytest.mark.parametrize("counted", Counted)
def test_each_figure_has_a_page_and_a_sheet_with_as_many_rows(
    town: Town, sign_in_as: SignInAs, counted: Counted
) -> None:
    for hat in town.hats:
        browser = sign_in_as(hat)
        page = browser.get(f"/indicators/rows/{counted}")
        assert page.status_code == 200
        sheet = browser.get(f"/indicators/rows/{counted}/sheet.csv")
        assert sheet.mimetype == "text/csv"
        number = re.search(r"共 (\d+) 条", page.text)
        assert number is not None
        assert len(sheet.text.splitlines()) - 1 == int(number[1])


def test_what_is_not_there_or_not_ones_own_is_not_found(town: Town, sign_in_as: SignInAs) -> None:
    mayor = sign_in_as(town.mayor)
    for address in (
        "/indicators/rows/heads",
        "/indicators/rows/heads/sheet.csv",
        f"/indicators/rows/students?class_id={town.other_class_id}",
        f"/indicators/rows/students?organisation={town.other_school_id}",
        f"/indicators/rows/students/sheet.csv?class_id={town.other_class_id}",
    ):
        assert mayor.get(address).status_code == 404, address
    damaged = mayor.get("/indicators/rows/students?cursor=damaged")
    assert damaged.status_code == 422
    assert "请从第一页" in damaged.text
