"""What is typed survives an expired session, on a device that several people use."""

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from core.database import transaction
from tests.browser.conftest import PHONE, OpenPage, Site
from tests.browsers import signed_in_browser
from tests.factories.accounts import make_student

pytestmark = pytest.mark.browser
FIELD = "textarea[name=light-answer]"
NOTICE = "[data-draft-notice=light]"


def student(app: Flask) -> int:
    with app.app_context(), transaction():
        hat = make_student()
        hat.person.must_change_password = False
        return hat.id


def wear(page: Page, site: Site, hat_id: int) -> None:
    cookie = signed_in_browser(site.app, hat_id).get_cookie(site.app.config["SESSION_COOKIE_NAME"])
    assert cookie is not None
    page.context.clear_cookies()
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": site.url}])


@pytest.fixture
def phone(open_page: OpenPage, site: Site) -> Page:
    page = open_page(PHONE)
    wear(page, site, student(site.app))
    return page


def test_typed_text_is_back_after_the_session_expired(phone: Page, site: Site) -> None:
    phone.goto("/style")
    expect(phone.locator(NOTICE)).to_be_hidden()
    phone.locator(FIELD).fill("因为分母相同")
    phone.locator("input[name=light-unit][value=cm]").check()
    cookies = phone.context.cookies()
    phone.context.clear_cookies()
    phone.goto("/nowhere")
    phone.context.add_cookies(cookies)  # type: ignore[arg-type] # Playwright types what it gives differently from what it takes
    phone.goto("/style")
    expect(phone.locator(FIELD)).to_have_value("因为分母相同")
    expect(phone.locator("input[name=light-unit][value=cm]")).to_be_checked()
    expect(phone.locator(NOTICE)).to_be_visible()


def test_the_next_person_on_the_device_sees_nothing_of_it(phone: Page, site: Site) -> None:
    phone.goto("/style")
    phone.locator(FIELD).fill("秘密")
    wear(phone, site, student(site.app))
    phone.goto("/style")
    expect(phone.locator(FIELD)).to_have_value("")
    expect(phone.locator(NOTICE)).to_be_hidden()
