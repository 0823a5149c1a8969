import re
from http import HTTPStatus

import pytest
from flask import Flask
from sqlalchemy import select

from accounts.people.models import Hat, Person, Role
from core.audit.models import AuditEntry
from core.database import db, transaction
from tests.conftest import SignInAs
from tests.factories.accounts import (
    make_administrator,
    make_class,
    make_hat,
    make_person,
    make_school,
    make_student,
)

People = dict[str, Hat]


@pytest.fixture
def people(app: Flask) -> People:
    """Two schools: the administrator's own, and another."""
    with app.app_context(), transaction():
        school = make_school()
        own_class = make_class(school)
        found = {
            "administrator": make_administrator(school),
            "colleague": make_administrator(school),
            "pupil": make_student(own_class, "陈小雨"),
            "classmate": make_student(own_class, "王芳"),
            "stranger": make_student(name="陈大雨"),
            "traveller": make_hat(Role.TEACHER, school, make_person("李明")),
        }
        make_hat(Role.ADMINISTRATOR, make_school(), found["traveller"].person)
        db.session.expunge_all()
        return found


def verbs(app: Flask) -> list[str]:
    with app.app_context():
        return list(db.session.scalars(select(AuditEntry.verb).order_by(AuditEntry.id)))


def test_people_are_found_by_name_and_role_in_the_own_school_only(
    people: People, sign_in_as: SignInAs
) -> None:
    office = sign_in_as(people["administrator"])
    found = office.get("/people?q=陈").get_data(as_text=True)
    assert f"/people/{people['pupil'].person_id}" in found
    assert f"/people/{people['classmate'].person_id}" not in found
    assert f"/people/{people['stranger'].person_id}" not in found
    assert "陈小雨" not in office.get("/people?role=teacher").get_data(as_text=True)
    assert office.get("/people?q=%25").get_data(as_text=True).count("/people/") < 5


def test_a_suspended_person_is_out_at_once_and_may_come_back(
    app: Flask, people: People, sign_in_as: SignInAs
) -> None:
    office, pupil = sign_in_as(people["administrator"]), sign_in_as(people["pupil"])
    assert pupil.get("/api/v1/me").status_code == HTTPStatus.OK
    address = f"/people/{people['pupil'].person_id}"
    assert office.post(f"{address}/suspend").status_code == HTTPStatus.SEE_OTHER
    assert pupil.get("/api/v1/me").status_code == HTTPStatus.UNAUTHORIZED
    assert office.post(f"{address}/reinstate").status_code == HTTPStatus.SEE_OTHER
    assert pupil.get("/api/v1/me").status_code == HTTPStatus.UNAUTHORIZED
    assert verbs(app) == ["account_suspended", "account_reinstated"]


def test_a_new_first_password_is_shown_once_and_opens_the_account(
    app: Flask, people: People, sign_in_as: SignInAs
) -> None:
    office, pupil = sign_in_as(people["administrator"]), sign_in_as(people["pupil"])
    address = f"/people/{people['pupil'].person_id}"
    page = office.post(f"{address}/password").get_data(as_text=True)
    shown = re.search(r"<code>([a-z2-9]{10})</code>", page)
    assert shown
    assert "<code>" not in office.get(address).get_data(as_text=True)
    assert pupil.get("/api/v1/me").status_code == HTTPStatus.UNAUTHORIZED
    with app.app_context():
        username = db.session.scalars(
            select(Person.username).where(Person.id == people["pupil"].person_id)
        ).one()
    credentials = {"username": username, "password": shown[1]}
    assert pupil.post("/api/v1/session", json=credentials).json["password_change_needed"] is True
    assert "password_reset" in verbs(app)


@pytest.mark.parametrize("deed", ["suspend", "reinstate", "password"])
@pytest.mark.parametrize("whose", ["administrator", "traveller"])
def test_nobody_takes_over_her_own_account_or_one_that_opens_another_school(
    app: Flask, people: People, sign_in_as: SignInAs, deed: str, whose: str
) -> None:
    office = sign_in_as(people["administrator"])
    address = f"/people/{people[whose].person_id}"
    assert office.post(f"{address}/{deed}").status_code == HTTPStatus.FORBIDDEN
    assert f"{address}/{deed}" not in office.get(address).get_data(as_text=True)
    assert verbs(app) == []
