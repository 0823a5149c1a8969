"""Searching the library by keyboard, on a phone and on a desktop, and what is told when nothing is found."""

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy import select

from core.database import db, transaction
from library.search.current import engine
from library.search.services import rebuild_index
from library.wanted.models import Wanted
from tests.browser.accessibility import assert_accessible, assert_fits
from tests.browser.conftest import DESKTOP, PHONE, OpenPage, Site
from tests.browsers import signed_in_browser
from tests.factories.accounts import make_teacher
from tests.factories.library import make_resource

pytestmark = pytest.mark.browser
BOX, LIST, OPTION = "#library-q", "#library-words", "#library-words [role=option]"
WIDTHS = (PHONE, DESKTOP)


def fill(app: Flask) -> int:
    """A small library; returns the hat of a teacher who looks around in it."""
    with app.app_context():
        with transaction():
            hat = make_teacher()
            hat.person.must_change_password = False
            for title in ("分数的初步认识", "分数加法", "分母", "一次函数"):
                make_resource(title=title, description="说明。", body="正文里讲约分和通分。")
            hat_id = hat.id
        rebuild_index(engine(), lambda _done, _total: None)
        return hat_id


def wear(page: Page, site: Site, hat_id: int) -> None:
    cookie = signed_in_browser(site.app, hat_id).get_cookie(site.app.config["SESSION_COOKIE_NAME"])
    assert cookie is not None
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": site.url}])


@pytest.fixture(params=WIDTHS, ids=["phone", "desktop"])
def page(request: pytest.FixtureRequest, open_page: OpenPage, site: Site) -> Page:
    opened = open_page(request.param)
    wear(opened, site, fill(site.app))
    return opened


def test_the_suggestions_are_used_by_keyboard(page: Page) -> None:
    page.goto("/library")
    box = page.locator(BOX)
    box.press_sequentially("fens")
    expect(page.locator(OPTION)).to_have_text(["分数"])
    expect(box).to_have_attribute("aria-expanded", "true")
    assert_accessible(page)
    box.press("ArrowDown")
    expect(box).to_have_value("分数")
    expect(box).to_have_attribute("aria-activedescendant", "library-words-0")
    box.press("Escape")
    expect(page.locator(LIST)).to_be_hidden()
    expect(box).to_have_value("fens")
    box.fill("")
    box.press_sequentially("fens")
    expect(page.locator(LIST)).to_be_visible()
    box.press("ArrowDown")
    box.press("Enter")
    expect(page.locator(".search-results mark").first).to_have_text("分数")


def test_a_suggestion_is_taken_by_a_tap(page: Page) -> None:
    page.goto("/library")
    page.locator(BOX).press_sequentially("一次")
    page.locator(OPTION).filter(has_text="一次函数").click()
    expect(page.locator(".row-title")).to_have_text(["一次函数"])


def test_filters_are_folded_where_there_is_no_room(page: Page) -> None:
    page.goto("/library?q=分数")
    is_wide = page.viewport_size is not None and page.viewport_size["width"] > 991
    expect(page.locator(".facet-card .chip").first).to_be_visible(visible=is_wide)
    if not is_wide:
        page.locator(".facet-summary").click()
    expect(page.locator(".facet-card .chip").first).to_be_visible()
    assert_fits(page)
    assert_accessible(page)


def test_what_found_nothing_comes_on_the_list_of_wishes(page: Page, site: Site) -> None:
    with page.expect_response("**/library/wanted") as told:
        page.goto("/library?q=量子纠缠")
    assert told.value.status == 204
    with site.app.app_context():
        assert db.session.scalars(select(Wanted.text)).all() == ["量子纠缠"]
    assert_accessible(page)
    page.goto("/library/wanted")
    expect(page.locator(".row-title")).to_have_text(["量子纠缠"])
    assert_fits(page)
    assert_accessible(page)
    page.get_by_role("link", name="我来写").click()
    expect(page.locator("input[name=title]")).to_have_value("量子纠缠")


@pytest.mark.parametrize("query", ["fenshu", "分数 量子", "***"])
def test_what_is_said_about_a_search_can_be_read_by_all(page: Page, query: str) -> None:
    page.goto(f"/library?q={query}")
    assert_fits(page)
    assert_accessible(page)
