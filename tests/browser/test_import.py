"""A bulk import in a real browser: tried, imported, and its progress watched without loading the page."""

import json
from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from core.database import transaction
from tests.browser.accessibility import assert_accessible, assert_fits
from tests.browser.conftest import DESKTOP, PHONE, OpenPage, Site
from tests.factories.accounts import make_administrator, make_school

pytestmark = pytest.mark.browser

SignIn = Callable[[Page, int], None]


@pytest.mark.parametrize("width", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_a_file_is_tried_imported_and_found(
    open_page: OpenPage, sign_in: SignIn, app: Flask, site: Site, width: dict[str, int]
) -> None:
    with app.app_context(), transaction():
        hat_id = make_administrator(make_school()).id
    page = open_page(width)
    sign_in(page, hat_id)
    page.goto("/library/imports")
    assert_accessible(page)
    assert_fits(page)
    good = {"identifier": "urn:t:1", "kind": "link", "title": "国家平台", "url": "https://example.org/"}
    lines = [good, {"identifier": "urn:t:2", "kind": "song", "title": "歌"}]
    content = "\n".join(json.dumps(one, ensure_ascii=False) for one in lines).encode()
    page.get_by_label("资源文件").set_input_files(
        {"name": "春季资源.jsonl", "mimeType": "application/json", "buffer": content}
    )
    page.get_by_role("button", name="先看看结果").click()
    expect(page.get_by_role("progressbar")).to_be_visible()
    page.evaluate("window.stayed = true")
    assert_accessible(page)
    site.work()
    expect(page.get_by_role("button", name="导入", exact=True)).to_be_visible()
    assert page.evaluate("window.stayed")
    expect(page.get_by_role("cell", name="kind")).to_be_visible()
    assert_accessible(page)
    assert_fits(page)
    page.get_by_role("button", name="导入", exact=True).click()
    expect(page.get_by_role("progressbar")).to_be_visible()
    site.work()
    expect(page.get_by_text("导入完成")).to_be_visible()
    page.goto("/library")
    expect(page.get_by_role("link", name="国家平台")).to_be_visible()
