from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.preferences import _back


@pytest.fixture
def visitor(app: Flask) -> Iterator[FlaskClient]:
    app.config["WTF_CSRF_ENABLED"] = False
    try:
        yield app.test_client()
    finally:
        app.config["WTF_CSRF_ENABLED"] = True


def test_a_choice_is_kept_in_the_browser_and_leads_back(visitor: FlaskClient) -> None:
    answer = visitor.post("/preferences", data={"theme": "dark", "next": "/style?x=1"})
    assert answer.status_code == 303
    assert answer.location == "/style?x=1"
    assert 'data-bs-theme="dark"' in visitor.get("/style").text


def test_the_language_changes_at_once(visitor: FlaskClient) -> None:
    visitor.post("/preferences", data={"language": "en"})
    assert '<html lang="en"' in visitor.get("/style").text
    visitor.post("/preferences", data={"language": "zh_CN"})
    assert '<html lang="zh-CN"' in visitor.get("/style").text


def test_what_is_not_a_choice_is_not_kept(visitor: FlaskClient) -> None:
    answer = visitor.post("/preferences", data={"theme": "pink"})
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize(
    "address", ["https://evil.example", "//evil.example", "/\\evil.example", "", "x", "/a\r\nb"]
)
def test_the_way_back_never_leaves_the_site(address: str) -> None:
    assert _back(address) == "/"


def test_scripts_get_an_empty_answer(visitor: FlaskClient) -> None:
    answer = visitor.post("/preferences", data={"touch": "large"}, headers={"X-Requested-With": "fetch"})
    assert answer.status_code == 204
    assert 'data-touch="large"' in visitor.get("/style").text
