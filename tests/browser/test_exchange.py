"""Exchange with other libraries in a real browser: add one, decide a difference, give a key."""

from collections.abc import Callable
from typing import IO

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from core.database import transaction
from tests.browser.accessibility import assert_accessible, assert_fits
from tests.browser.conftest import Site
from tests.factories.accounts import make_administrator, make_city
from tests.factories.library import make_resource
from tests.providers import Provider, reading

pytestmark = pytest.mark.browser

SignIn = Callable[[Page, int], None]


@pytest.fixture
def city_hat(app: Flask, monkeypatch: pytest.MonkeyPatch) -> int:
    """The city's administrator; another library stands in place of the network."""
    provider = Provider()
    provider.add(reading("r1", title="他们的标题", difficulty=0.5), reading("r2"), reading("r3", kind="song"))

    def fetch(_outside: object, url: str, key: str = "") -> IO[bytes]:
        return provider.fetch(url, key)

    monkeypatch.setattr("library.harvests.outside.Outside.fetch", fetch)
    with app.app_context(), transaction():
        make_resource("我们的标题", identifier="r1", body="一段话。")
        return make_administrator(make_city()).id


def looks_well(page: Page) -> None:
    assert_fits(page)
    assert_accessible(page)


@pytest.mark.parametrize("screen", ["phone", "desktop"])
def test_a_library_is_added_read_and_its_difference_decided(
    request: pytest.FixtureRequest, site: Site, sign_in: SignIn, city_hat: int, screen: str
) -> None:
    page: Page = request.getfixturevalue(screen)
    sign_in(page, city_hat)
    page.goto("/exchange")
    looks_well(page)
    page.get_by_role("link", name="添加第一个").click()
    expect(page.get_by_label("资源库名称")).to_be_visible()
    looks_well(page)
    page.get_by_label("资源库名称").fill("邻市资源库")
    page.get_by_label("OAI-PMH 地址").fill("https://other.example/oai")
    page.get_by_role("button", name="添加并开始采集").click()
    expect(page.get_by_text("已添加，正在采集。")).to_be_visible()
    site.work()
    page.reload()
    looks_well(page)
    page.locator("#runs").get_by_role("link").first.click()
    expect(page.get_by_text("oai:other.example:r3")).to_be_visible()
    looks_well(page)

    page.goto("/exchange/conflicts")
    looks_well(page)
    page.get_by_role("link", name="我们的标题").click()
    expect(page.get_by_role("cell", name="他们的标题")).to_be_visible()
    looks_well(page)
    page.get_by_role("button", name="采用对方版本").click()
    expect(page.get_by_text("没有需要决定的差异。")).to_be_visible()


def test_a_partners_key_is_shown_once(desktop: Page, sign_in: SignIn, city_hat: int) -> None:
    sign_in(desktop, city_hat)
    desktop.goto("/exchange/offer")
    desktop.get_by_label("密钥给哪个资源库？").fill("邻市")
    desktop.get_by_role("button", name="生成密钥").click()
    expect(desktop.locator(".partner-key")).to_contain_text("weike-")
    looks_well(desktop)
    desktop.get_by_role("button", name="停用密钥").first.click()
    desktop.get_by_role("dialog").get_by_role("button", name="停用密钥").click()
    expect(desktop.get_by_text("密钥已停用。")).to_be_visible()
