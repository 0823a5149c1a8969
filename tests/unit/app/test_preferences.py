import pytest
from flask.testing import FlaskClient

from app.preferences import _back


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
