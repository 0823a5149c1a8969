import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessibility import assert_accessible, assert_fits
from tests.browser.conftest import DESKTOP, PHONE, OpenPage

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("locale", ["zh-CN", "en"])
def test_every_part_of_the_look_is_accessible_and_fits(
    open_page: OpenPage, viewport: dict[str, int], locale: str
) -> None:
    page = open_page(viewport, locale=locale)
    page.goto("/style")
    page.wait_for_selector("[data-math=done]")
    assert_accessible(page)
    assert_fits(page)


def test_large_touch_fits_the_narrowest_phone(open_page: OpenPage) -> None:
    """320 px, as WCAG 1.4.10 asks."""
    page = open_page({"width": 320, "height": 640}, locale="en")
    page.goto("/style")
    page.locator("html").evaluate("root => { root.dataset.touch = 'large' }")
    assert_fits(page)


def test_the_error_page_is_accessible(phone: Page) -> None:
    phone.goto("/nowhere")
    assert_accessible(phone)
    assert_fits(phone)


def test_automatic_colours_follow_the_device(open_page: OpenPage) -> None:
    page = open_page(PHONE, dark=True)
    page.goto("/style")
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")


def test_colours_and_size_change_at_once_and_stay(phone: Page) -> None:
    phone.goto("/style")
    phone.locator("details.menu > summary").click()
    with phone.expect_response("**/preferences"):
        phone.get_by_role("button", name="深色").click()
    with phone.expect_response("**/preferences"):
        phone.get_by_role("button", name="大", exact=True).click()
    expect(phone.locator("html")).to_have_attribute("data-bs-theme", "dark")
    phone.reload()
    expect(phone.locator("html")).to_have_attribute("data-bs-theme", "dark")
    expect(phone.locator("html")).to_have_attribute("data-touch", "large")


def test_the_menu_closes_with_escape_and_by_looking_elsewhere(desktop: Page) -> None:
    desktop.goto("/style")
    menu = desktop.locator("details.menu")
    menu.locator("summary").click()
    expect(menu).to_have_attribute("open", "")
    desktop.keyboard.press("Escape")
    expect(menu).not_to_have_attribute("open", "")
    expect(menu.locator("summary")).to_be_focused()


def test_the_language_changes_without_scripts_too(open_page: OpenPage) -> None:
    page = open_page(DESKTOP)
    page.route("**/*.js", lambda route: route.abort())
    page.goto("/style")
    page.locator("details.menu > summary").click()
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_a_form_that_asks_first_is_sent_only_after_a_yes(desktop: Page) -> None:
    desktop.goto("/style")
    form = desktop.locator("form[data-confirm=light-sure]")
    dialog = desktop.locator("#light-sure")
    form.get_by_role("button", name="提交").click()
    expect(dialog).to_be_visible()
    dialog.get_by_role("button", name="取消").click()
    expect(dialog).to_be_hidden()
    form.get_by_role("button", name="提交").click()
    dialog.get_by_role("button", name="提交").click()
    desktop.wait_for_url("**/style?**")


def test_the_first_tab_stop_leads_past_the_navigation(desktop: Page) -> None:
    desktop.goto("/style")
    desktop.keyboard.press("Tab")
    skip = desktop.locator(".skip-link")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    desktop.keyboard.press("Enter")
    expect(desktop.locator("#main")).to_be_focused()


def test_a_double_click_sends_a_form_once(desktop: Page) -> None:
    desktop.goto("/style")
    sent: list[str] = []
    desktop.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    desktop.locator("details.menu > summary").click()
    desktop.get_by_role("button", name="English").dblclick()
    expect(desktop.locator("html")).to_have_attribute("lang", "en")
    assert len(sent) == 1


def test_every_tab_stop_shows_where_it_is(desktop: Page) -> None:
    desktop.goto("/style")
    for _ in range(40):
        desktop.keyboard.press("Tab")
        stop = desktop.evaluate(
            "() => { const at = document.activeElement, look = getComputedStyle(at);"
            " return [at.outerHTML.slice(0, 80), look.outlineStyle, parseFloat(look.outlineWidth)] }"
        )
        assert stop[1:] == ["solid", 3], stop[0]
