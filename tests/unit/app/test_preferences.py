from types import SimpleNamespace

import pytest
from flask import Flask, g
from flask.testing import FlaskClient
from sqlalchemy.exc import OperationalError

from app.preferences import Preferences, _back, current_preferences
from core.access import worn_hat


def test_a_choice_is_kept_in_the_browser_and_leads_back(client: FlaskClient) -> None:
    answer = client.post("/preferences", data={"theme": "dark", "next": "/style?x=1"})
    assert answer.status_code == 303
    assert answer.location == "/style?x=1"
    assert 'data-bs-theme="dark"' in client.get("/style").text


def test_the_language_changes_at_once(client: FlaskClient) -> None:
    client.post("/preferences", data={"language": "en"})
    assert '<html lang="en"' in client.get("/style").text
    client.post("/preferences", data={"language": "zh_CN"})
    assert '<html lang="zh-CN"' in client.get("/style").text


def test_what_is_not_a_choice_is_not_kept(client: FlaskClient) -> None:
    answer = client.post("/preferences", data={"theme": "pink"})
    assert not any("theme" in cookie for cookie in answer.headers.getlist("Set-Cookie"))


@pytest.mark.parametrize(
    "address", ["https://evil.example", "//evil.example", "/\\evil.example", "", "x", "/a\r\nb"]
)
def test_the_way_back_never_leaves_the_site(address: str) -> None:
    assert _back(address) == "/"


def test_scripts_get_an_empty_answer(client: FlaskClient) -> None:
    answer = client.post("/preferences", data={"touch": "large"}, headers={"X-Requested-With": "fetch"})
    assert answer.status_code == 204
    assert 'data-touch="large"' in client.get("/style").text


class Unreadable:
    """A person whose row must be read again from a database that does not answer."""

    @property
    def theme(self) -> str:
        raise OperationalError("SELECT", {}, Exception("gone"))

    touch = locale = theme


def test_the_page_that_says_the_database_is_gone_does_not_ask_it(app: Flask) -> None:
    with app.test_request_context(headers={"Cookie": "weike_theme=dark; weike_language=en"}):
        g.hat = SimpleNamespace(person=Unreadable())
        assert worn_hat() is g.hat
        assert current_preferences() == Preferences("en", "dark", "normal")


def test_the_accounts_choice_goes_before_the_browsers(app: Flask) -> None:
    with app.test_request_context(headers={"Cookie": "weike_theme=dark; weike_touch=large"}):
        g.hat = SimpleNamespace(person=SimpleNamespace(theme="light", touch="", locale=""))
        assert current_preferences() == Preferences("zh_CN", "light", "large")
