from datetime import timedelta
from http import HTTPStatus

import pytest
from flask import Flask
from sqlalchemy import func, select

from accounts.people.models import Hat, Person, Role
from accounts.sign_in import passwords, services
from accounts.sign_in.limits import MOST_PER_ACCOUNT, MOST_PER_ADDRESS
from accounts.sign_in.models import FailedSignIn, LoginSession
from core import clock
from core.audit.models import AuditEntry
from core.database import db, transaction
from tests.browsers import Browser
from tests.conftest import SignInAs
from tests.factories.accounts import make_hat, make_school, make_student

PASSWORD = "correct horse battery"


@pytest.fixture
def student(app: Flask) -> Hat:
    with app.app_context(), transaction():
        hat = make_student()
        hat.person.username = "chen"
        hat.person.password_hash = passwords.hash_password(PASSWORD)
        db.session.flush()
        db.session.refresh(hat)
        db.session.expunge_all()
    return hat


def sign_in(client: Browser, username: str = "chen", password: str = PASSWORD, **more: str) -> int:
    return client.post("/sign-in", data={"username": username, "password": password, **more}).status_code


def me_status(client: Browser) -> int:
    return client.get("/api/v1/me").status_code


def test_the_right_password_opens_a_session_and_goes_where_one_wanted_to_go(
    client: Browser, student: Hat
) -> None:
    answer = client.post("/sign-in", data={"username": " CHEN ", "password": PASSWORD, "next": "/account"})
    assert answer.status_code == HTTPStatus.SEE_OTHER
    assert answer.location == "/account"
    assert client.get("/account").status_code == HTTPStatus.OK
    me = client.get("/api/v1/me").json
    assert me["person"]["username"] == "chen"
    assert me["hat"]["role"] == "student"


def test_a_wrong_password_opens_nothing_and_does_not_say_what_was_wrong(
    client: Browser, student: Hat
) -> None:
    wrong = client.post("/sign-in", data={"username": "chen", "password": "wrong"})
    nobody = client.post("/sign-in", data={"username": "nobody", "password": "wrong"})
    assert wrong.status_code == nobody.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    sentence = "用户名或密码" if "用户名或密码" in wrong.text else "The username or the password is wrong."
    assert sentence in wrong.text
    assert sentence in nobody.text
    assert me_status(client) == HTTPStatus.UNAUTHORIZED


def test_an_account_without_a_password_cannot_be_entered(app: Flask, client: Browser, student: Hat) -> None:
    with app.app_context(), transaction():
        db.session.get_one(Person, student.person_id).password_hash = ""
    assert sign_in(client, password="") == HTTPStatus.UNPROCESSABLE_ENTITY
    assert sign_in(client, password="x") == HTTPStatus.UNPROCESSABLE_ENTITY


def test_the_first_sign_in_opens_the_space_once(app: Flask, client: Browser, student: Hat) -> None:
    sign_in(client)
    with app.app_context():
        first = db.session.get_one(Person, student.person_id).first_signed_in_at
    assert first is not None
    sign_in(client)
    with app.app_context():
        assert db.session.get_one(Person, student.person_id).first_signed_in_at == first


def test_an_account_is_slowed_down_after_ten_wrong_passwords_even_for_the_right_one(
    app: Flask, client: Browser, student: Hat
) -> None:
    for _ in range(MOST_PER_ACCOUNT):
        assert sign_in(client, password="wrong") == HTTPStatus.UNPROCESSABLE_ENTITY
    answer = client.post("/sign-in", data={"username": "chen", "password": PASSWORD})
    assert answer.status_code == HTTPStatus.TOO_MANY_REQUESTS
    assert 0 < int(answer.headers["Retry-After"]) <= 300
    with app.app_context():
        assert db.session.scalars(select(AuditEntry.verb)).all() == ["sign_in_slowed"]


def test_an_address_is_slowed_down_after_thirty_wrong_passwords(client: Browser, student: Hat) -> None:
    for number in range(MOST_PER_ADDRESS):
        assert sign_in(client, f"nobody-{number}", "wrong") == HTTPStatus.UNPROCESSABLE_ENTITY
    assert sign_in(client) == HTTPStatus.TOO_MANY_REQUESTS


def test_failures_are_forgotten_after_five_minutes_and_by_the_right_password(
    app: Flask, client: Browser, student: Hat
) -> None:
    for _ in range(MOST_PER_ACCOUNT - 1):
        sign_in(client, password="wrong")
    assert sign_in(client) == HTTPStatus.SEE_OTHER
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(FailedSignIn)) == 0
    with app.app_context(), transaction():
        long_ago = clock.now() - timedelta(minutes=5, seconds=1)
        db.session.add_all(FailedSignIn(username="chen", address="x", at=long_ago) for _ in range(20))
    assert sign_in(client) == HTTPStatus.SEE_OTHER


def test_a_new_sign_in_gets_a_new_session_and_the_cookie_holds_no_personal_data(
    app: Flask, client: Browser, student: Hat
) -> None:
    sign_in(client)
    with client.session_transaction() as cookie:
        first = cookie["_user_id"]
    sign_in(client)
    with client.session_transaction() as cookie:
        second = dict(cookie)
    assert second["_user_id"] != first
    assert "chen" not in str(second)
    with app.app_context():
        stored = db.session.scalars(select(LoginSession.token_sha256)).all()
    assert services.token_hash(first) in stored
    assert first not in stored


def test_signing_out_ends_the_session_on_the_server(client: Browser, student: Hat, app: Flask) -> None:
    sign_in(client)
    with client.session_transaction() as cookie:
        kept = dict(cookie)
    assert client.post("/sign-out").status_code == HTTPStatus.SEE_OTHER
    thief = Browser(app)
    with thief.session_transaction() as cookie:
        cookie.update(kept)
    assert me_status(client) == me_status(thief) == HTTPStatus.UNAUTHORIZED


def test_suspension_takes_effect_on_the_next_request(
    app: Flask, client: Browser, student: Hat, sign_in_as: SignInAs
) -> None:
    browser = sign_in_as(student)
    assert me_status(browser) == HTTPStatus.OK
    with app.app_context(), transaction():
        db.session.get_one(Person, student.person_id).suspended_at = clock.now()
    assert me_status(browser) == HTTPStatus.UNAUTHORIZED
    assert sign_in(client) == HTTPStatus.FORBIDDEN


def test_an_ended_hat_takes_effect_on_the_next_request(
    app: Flask, student: Hat, sign_in_as: SignInAs
) -> None:
    browser = sign_in_as(student)
    assert browser.get("/account").status_code == HTTPStatus.OK
    with app.app_context(), transaction():
        db.session.get_one(Hat, student.id).ended_at = clock.now()
    answer = browser.get("/account")
    assert answer.status_code == HTTPStatus.FOUND
    assert answer.location.startswith("/hat")


def test_a_session_ends_when_it_was_idle_too_long(app: Flask, student: Hat, sign_in_as: SignInAs) -> None:
    browser = sign_in_as(student)
    limit = timedelta(hours=app.config["SESSION_HOURS"])
    with app.app_context(), transaction():
        login = db.session.scalars(select(LoginSession)).one()
        login.last_seen_at = clock.now() - limit - timedelta(minutes=1)
    with browser.session_transaction() as cookie:
        cookie["seen"] = int((clock.now() - limit + timedelta(minutes=5)).timestamp())
    assert me_status(browser) == HTTPStatus.OK
    with browser.session_transaction() as cookie:
        assert cookie["seen"] >= int(clock.now().timestamp()) - 60
        cookie["seen"] = int((clock.now() - limit - timedelta(minutes=1)).timestamp())
    assert me_status(browser) == HTTPStatus.UNAUTHORIZED


def test_who_has_two_hats_chooses_one_and_wears_only_that(app: Flask, client: Browser, student: Hat) -> None:
    with app.app_context(), transaction():
        school = make_school()
        make_hat(Role.GUARDIAN, school, db.session.get_one(Person, student.person_id))
    sign_in(client)
    assert client.get("/account").location.startswith("/hat")
    me = client.get("/api/v1/me").json
    assert me["hat"] is None
    guardian = next(hat for hat in me["hats"] if hat["role"] == "guardian")
    assert client.post("/hat", data={"hat_id": guardian["id"]}).status_code == HTTPStatus.SEE_OTHER
    assert client.get("/api/v1/me").json["hat"] == guardian
    assert client.post("/hat", data={"hat_id": student.id}).status_code == HTTPStatus.SEE_OTHER
    assert client.get("/api/v1/me").json["hat"]["role"] == "student"


def test_nobody_wears_another_persons_hat(app: Flask, student: Hat, sign_in_as: SignInAs) -> None:
    with app.app_context(), transaction():
        other = make_student().id
    browser = sign_in_as(student)
    assert browser.post("/hat", data={"hat_id": other}).status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert browser.get("/api/v1/me").json["hat"]["id"] == student.id


@pytest.mark.parametrize(
    "foreign",
    ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "https:evil"],
)
def test_signing_in_never_leads_to_another_site(client: Browser, student: Hat, foreign: str) -> None:
    answer = client.post("/sign-in", data={"username": "chen", "password": PASSWORD, "next": foreign})
    assert answer.location == "/"


def test_a_form_sent_after_the_session_ended_leads_to_sign_in_and_back(app: Flask, student: Hat) -> None:
    browser = Browser(app)
    answer = browser.post(
        "/account/password", data={}, headers={"Referer": "http://localhost/account/password"}
    )
    assert answer.status_code == HTTPStatus.FOUND
    assert answer.location.startswith("/sign-in?next=")
    page = browser.get(answer.location)
    assert 'value="/account/password"' in page.text


def test_the_schools_first_password_must_be_replaced_before_anything_else(
    app: Flask, client: Browser, student: Hat
) -> None:
    with app.app_context(), transaction():
        db.session.get_one(Person, student.person_id).must_change_password = True
    sign_in(client)
    assert client.get("/account").location.startswith("/account/password")
    refused = client.get("/api/v1/openapi.json")
    assert refused.status_code == HTTPStatus.OK
    change = {"present": PASSWORD, "new": "12345678", "again": "12345678"}
    assert client.post("/account/password", data=change).status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    change = {"present": PASSWORD, "new": "blue-kite-47", "again": "blue-kite-47"}
    assert client.post("/account/password", data=change).status_code == HTTPStatus.SEE_OTHER
    assert client.get("/account").status_code == HTTPStatus.OK


def test_changing_the_password_signs_out_everywhere_else(
    app: Flask, student: Hat, sign_in_as: SignInAs
) -> None:
    here, there = sign_in_as(student), sign_in_as(student)
    change = {"present": PASSWORD, "new": "blue-kite-47", "again": "blue-kite-47"}
    assert here.post("/account/password", data=change).location == "/account"
    assert me_status(here) == HTTPStatus.OK
    assert me_status(there) == HTTPStatus.UNAUTHORIZED


def test_a_program_signs_in_changes_and_signs_out(app: Flask, student: Hat) -> None:
    program = app.test_client()
    opened = program.post("/api/v1/session", json={"username": "chen", "password": PASSWORD})
    assert opened.status_code == HTTPStatus.CREATED
    assert set(opened.json) >= {"person", "csrf_token"}
    assert program.delete("/api/v1/session").status_code == HTTPStatus.BAD_REQUEST
    token = {"X-CSRFToken": opened.json["csrf_token"]}
    assert program.delete("/api/v1/session", headers=token).status_code == HTTPStatus.NO_CONTENT
    assert program.get("/api/v1/me").status_code == HTTPStatus.UNAUTHORIZED


def test_a_program_is_told_what_went_wrong(app: Flask, student: Hat) -> None:
    program = app.test_client()
    wrong = program.post("/api/v1/session", json={"username": "chen", "password": "wrong"})
    assert wrong.status_code == HTTPStatus.UNAUTHORIZED
    assert wrong.json["error"]["code"] == "wrong_sign_in"
    disguised = program.post("/api/v1/session", data='{"username": "chen"}', content_type="text/plain")
    assert disguised.status_code == HTTPStatus.UNSUPPORTED_MEDIA_TYPE
    foreign = program.post("/api/v1/session", json={}, headers={"Origin": "https://evil.example"})
    assert foreign.status_code == HTTPStatus.FORBIDDEN
    extra = program.post("/api/v1/session", json={"username": "a", "password": "b", "role": "administrator"})
    assert extra.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
