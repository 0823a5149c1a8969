import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


def test_a_missing_page_says_so_in_chinese_and_offers_a_way_on(phone: Page) -> None:
    answer = phone.goto("/nowhere")
    assert answer is not None
    assert answer.status == 404
    expect(phone.locator("html")).to_have_attribute("lang", "zh-CN")
    expect(phone.get_by_role("main").get_by_role("link").first).to_be_visible()
