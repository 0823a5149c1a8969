"""What anyone may read without signing in: public pages, sitemaps, robots."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask

from core.database import db, transaction
from library.items.models import ItemKind
from library.resources.models import Resource, ResourceKind, ReviewState, Tier
from library.showcase import queries, views
from tests.browsers import Browser
from tests.conftest import SignInAs
from tests.factories.accounts import make_school, make_student
from tests.factories.library import make_item, make_point, make_resource, make_subject
from tests.statements import statements_of

FREE = "CC BY 4.0"


def keep(title: str = "海水为什么是咸的", **more: Any) -> tuple[int, str]:  # noqa: ANN401 -- any column
    made = make_resource(title, **{"licence": FREE, "body": "河流带来**盐**。"} | more)
    return made.id, made.identifier


@pytest.fixture
def closed(app: Flask) -> Iterator[Flask]:
    app.config["PUBLIC_LIBRARY"] = False
    yield app
    app.config["PUBLIC_LIBRARY"] = True


def test_a_visitor_reads_a_public_resource_and_no_cookie_is_set(app: Flask, client: Browser) -> None:
    with app.app_context(), transaction():
        _, name = keep(points=[make_point("盐的来历")])

    answer = client.get(f"/r/{name}")
    page = answer.get_data(as_text=True)

    assert answer.status_code == 200
    for text in ("海水为什么是咸的", "<strong>盐</strong>", "盐的来历", "CC BY 4.0", "creativecommons.org"):
        assert text in page
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["Vary"] == "Accept-Language"
    assert (answer.cache_control.public, answer.cache_control.max_age) == (True, 600)
    assert "nonce" not in page
    assert "nonce" not in answer.headers["Content-Security-Policy"]


def test_a_page_is_the_same_for_who_is_signed_in(app: Flask, client: Browser, sign_in_as: SignInAs) -> None:
    with app.app_context():
        with transaction():
            _, name = keep()
            hat = make_student()
        db.session.refresh(hat)
    pupil = sign_in_as(hat)

    assert pupil.get(f"/r/{name}").data == client.get(f"/r/{name}").data
    assert "private" not in pupil.get(f"/r/{name}").headers["Cache-Control"]


def test_a_picture_that_is_signed_for_one_person_is_words_here(
    app: Flask, client: Browser, sign_in_as: SignInAs
) -> None:
    with app.app_context():
        with transaction():
            _, name = keep(kind=ResourceKind.PRACTICE, items=[make_item(ItemKind.HOTSPOT)])
            hat = make_student()
        db.session.refresh(hat)
    page = sign_in_as(hat).get(f"/r/{name}").text
    assert page == client.get(f"/r/{name}").text
    assert "中国地图" in page
    assert "/media/" not in page


def test_what_has_not_changed_is_not_sent_again(app: Flask, client: Browser) -> None:
    with app.app_context(), transaction():
        resource_id, name = keep()
    etag = client.get(f"/r/{name}").headers["ETag"]
    assert client.get(f"/r/{name}", headers={"If-None-Match": etag}).status_code == 304
    assert client.get(f"/r/{name}?lang=en", headers={"If-None-Match": etag}).status_code == 200
    with app.app_context(), transaction():
        resource = db.session.get_one(Resource, resource_id)
        resource.title = "海水为什么咸"
    assert client.get(f"/r/{name}", headers={"If-None-Match": etag}).status_code == 200


def described(page: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert found is not None
    said: dict[str, Any] = json.loads(found[1])
    return said


def test_search_engines_are_told_in_their_words(app: Flask, client: Browser) -> None:
    with app.app_context(), transaction():
        point = make_point("盐")
        _, name = keep(
            "</script><b>盐",
            points=[point],
            subject=make_subject(),
            minutes=1.5,
            author="王芳",
            keywords=["海洋"],
            accessibility=["captions"],
        )
        code = point.code

    said = described(client.get(f"/r/{name}?lang=en").get_data(as_text=True))

    assert said["@type"] == "LearningResource"
    assert said["name"] == "</script><b>盐"
    assert said["url"] == f"http://localhost/r/{name}"
    assert said["teaches"] == [{"@type": "DefinedTerm", "termCode": code, "name": "盐"}]
    assert (said["timeRequired"], said["inLanguage"]) == ("PT1M30S", "zh-CN")
    assert said["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert said["audience"]["educationalRole"] == "student"
    assert (said["accessibilityFeature"], said["isAccessibleForFree"]) == (["captions"], True)
    assert said["author"] == {"@type": "Person", "name": "王芳"}


def test_the_page_speaks_the_language_that_is_asked_for(app: Flask, client: Browser) -> None:
    with app.app_context(), transaction():
        _, name = keep()
    client.set_cookie("weike_language", "en")
    assert 'lang="zh-CN"' in client.get(f"/r/{name}").get_data(as_text=True)
    english = client.get(f"/r/{name}", headers={"Accept-Language": "en"}).get_data(as_text=True)
    assert "About this resource" in english
    assert "About this resource" in client.get(f"/r/{name}?lang=en").get_data(as_text=True)


def test_neither_keys_nor_explanations_stand_on_a_public_page(app: Flask, client: Browser) -> None:
    with app.app_context(), transaction():
        item = make_item(ItemKind.TEXT_ENTRY, prompt="床前明月光的作者是谁?", explanation="见题注。")
        _, practice = keep("练一练", kind=ResourceKind.PRACTICE, items=[item], body=None)
        _, worksheet = keep("练习单", kind=ResourceKind.WORKSHEET, body="1. 谁?\n\n## 参考答案\n\n1. 李白")

    asked = client.get(f"/r/{practice}").get_data(as_text=True)
    assert "床前明月光的作者是谁" in asked
    for secret in ("见题注", "疑是地上霜", "先移项"):
        assert secret not in asked
    sheet = client.get(f"/r/{worksheet}").get_data(as_text=True)
    assert "谁?" in sheet
    assert "李白" not in sheet


@pytest.mark.parametrize("licence", ["", "All rights reserved", "某种许可"])
def test_a_text_that_may_not_be_passed_on_is_not_shown(app: Flask, client: Browser, licence: str) -> None:
    with app.app_context(), transaction():
        _, name = keep(licence=licence)
    page = client.get(f"/r/{name}").get_data(as_text=True)
    assert "海水为什么是咸的" in page
    assert "河流带来" not in page


def addresses(client: Browser, file: str) -> list[str]:
    return re.findall(r"<loc>(.*?)</loc>", client.get(file).get_data(as_text=True))


def test_only_the_public_tier_has_pages_and_stands_in_sitemaps(app: Flask, client: Browser) -> None:
    with app.app_context(), transaction():
        school = make_school()
        hidden = [
            keep("校本", tier=Tier.SCHOOL, organisation=school)[1],
            keep("地方", tier=Tier.LOCAL, organisation=school)[1],
            keep("个人", tier=Tier.PERSONAL)[1],
            keep("草稿", review_state=ReviewState.DRAFT)[1],
        ]
        _, shown = keep()
    for name in [*hidden, "nothing", "9" * 30, "%00", "a" * 500]:
        assert client.get(f"/r/{name}").status_code == 404, name
    assert addresses(client, "/sitemaps/1.xml") == [f"http://localhost/r/{shown}"]


def test_a_withdrawn_resource_is_gone_and_still_has_its_title(app: Flask, client: Browser) -> None:
    with app.app_context(), transaction():
        _, name = keep(review_state=ReviewState.WITHDRAWN)
    answer = client.get(f"/r/{name}")
    assert answer.status_code == 410
    assert "海水为什么是咸的" in answer.get_data(as_text=True)
    assert "河流带来" not in answer.get_data(as_text=True)
    assert client.get("/sitemap.xml").get_data(as_text=True).count("<sitemap>") == 0


def test_a_number_leads_to_the_address_with_the_identifier(app: Flask, client: Browser) -> None:
    with app.app_context(), transaction():
        resource_id, name = keep()
        odd_id, _ = keep("odd", identifier="https://elsewhere.example/a b")
    assert client.get(f"/r/{resource_id}").location == f"/r/{name}"
    assert client.get(f"/r/{odd_id}").status_code == 200


def test_a_sitemap_is_read_in_portions(app: Flask, client: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "ROWS_AT_ONCE", 2)
    with app.app_context(), transaction():
        names = [keep(f"第 {number} 篇")[1] for number in range(5)]
    assert addresses(client, "/sitemaps/1.xml") == [f"http://localhost/r/{name}" for name in names]


def test_a_closed_door_shows_nothing(closed: Flask, client: Browser) -> None:
    with closed.app_context(), transaction():
        _, name = keep()
    for address in (f"/r/{name}", "/sitemap.xml", "/sitemaps/1.xml"):
        assert client.get(address).status_code == 404
    assert client.get("/robots.txt").get_data(as_text=True) == "User-agent: *\nDisallow: /\n"


def test_sitemaps_are_cut_at_what_the_protocol_allows(
    app: Flask, client: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "PER_FILE", 2)
    with app.app_context(), transaction():
        names = [keep(f"第 {number} 篇")[1] for number in range(5)]
    found: list[str] = []
    for file in addresses(client, "/sitemap.xml"):
        listed = addresses(client, file)
        assert len(listed) <= 2
        found += listed
    assert found == [f"http://localhost/r/{name}" for name in names]
    assert client.get("/sitemaps/99.xml").status_code == 404
    assert "Sitemap: http://localhost/sitemap.xml" in client.get("/robots.txt").get_data(as_text=True)


@pytest.mark.parametrize("count", [1, 40])
def test_a_public_page_asks_the_same_for_few_and_many_points(app: Flask, client: Browser, count: int) -> None:
    with app.app_context(), transaction():
        _, name = keep(points=[make_point(f"点 {number}") for number in range(count)])
    with statements_of(app) as sent:
        assert client.get(f"/r/{name}").status_code == 200
    assert len(sent) <= 6


def test_a_resource_s_page_leads_to_its_public_one_where_it_has_one(app: Flask, sign_in_as: SignInAs) -> None:
    with app.app_context():
        with transaction():
            hat = make_student()
            public_id, name = keep()
            school_id, _ = keep("校本", tier=Tier.SCHOOL, organisation=hat.organisation)
        db.session.refresh(hat)
    pupil = sign_in_as(hat)
    assert f"/r/{name}" in pupil.get(f"/library/{public_id}/share").get_data(as_text=True)
    assert pupil.get(f"/library/{school_id}/share").get_data(as_text=True) == ""
    assert f'hx-get="/library/{public_id}/share"' in pupil.get(f"/library/{public_id}").get_data(as_text=True)
