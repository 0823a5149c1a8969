"""Keeping, preparing and collecting in a real browser."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from core.database import transaction
from library.resources.models import ResourceKind
from tests.browser.accessibility import assert_accessible, assert_fits
from tests.browser.conftest import DESKTOP, PHONE, OpenPage
from tests.factories.accounts import make_class, make_teacher
from tests.factories.library import make_item, make_resource

pytestmark = pytest.mark.browser

SignIn = Callable[[Page, int], None]


@dataclass(frozen=True)
class Scene:
    """A teacher, and two resources."""

    teacher_hat: int
    reading: int
    practice: int


@pytest.fixture
def scene(app: Flask) -> Scene:
    with app.app_context(), transaction():
        return Scene(
            teacher_hat=make_teacher(make_class()).id,
            reading=make_resource("分数的故事", minutes=12).id,
            practice=make_resource("分数练习", kind=ResourceKind.PRACTICE, items=[make_item()]).id,
        )


@pytest.mark.parametrize("width", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_a_tray_is_filled_without_loading_a_page_and_put_in_order_by_keyboard(
    open_page: OpenPage, sign_in: SignIn, scene: Scene, width: dict[str, int]
) -> None:
    page = open_page(width)
    sign_in(page, scene.teacher_hat)
    page.goto("/library")
    page.evaluate("window.stayed = true")
    for one in (scene.reading, scene.practice):
        page.locator(f"#tray-{one}").click()
        expect(page.locator(f"#tray-{one}")).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".tray-count")).to_contain_text("2")
    assert page.evaluate("window.stayed")
    assert_accessible(page)
    assert_fits(page)
    page.goto("/library/tray")
    up = page.locator(f"#up-{scene.practice}")
    up.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#tray-list .row-title").first).to_have_text("分数练习")
    expect(up).to_be_focused()
    assert_accessible(page)
    assert_fits(page)
    page.get_by_role("button", name="取出 分数的故事").click()
    expect(page.locator("#tray-list .row-title")).to_have_count(1)
    page.get_by_role("button", name="撤销").click()
    expect(page.locator("#tray-list .row-title")).to_have_text(["分数练习", "分数的故事"])


def test_the_buttons_of_a_resource_stand_on_its_page(desktop: Page, sign_in: SignIn, scene: Scene) -> None:
    sign_in(desktop, scene.teacher_hat)
    desktop.goto(f"/library/{scene.reading}")
    desktop.locator(f"#favourite-{scene.reading}").click()
    expect(desktop.locator(f"#favourite-{scene.reading}")).to_have_attribute("aria-pressed", "true")
    assert_accessible(desktop)
    desktop.goto("/library/favourites")
    expect(desktop.locator(".row-title")).to_have_text("分数的故事")
    assert_accessible(desktop)


@pytest.mark.parametrize("width", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_a_collection_is_put_together(
    open_page: OpenPage, sign_in: SignIn, scene: Scene, width: dict[str, int]
) -> None:
    page = open_page(width)
    sign_in(page, scene.teacher_hat)
    page.goto("/library/collections")
    assert_accessible(page)
    page.get_by_role("link", name="新建资源集").click()
    page.get_by_label("标题").fill("分数单元")
    page.get_by_label("范围").select_option("school")
    assert_accessible(page)
    page.get_by_role("button", name="创建资源集").click()
    for title in ("分数的故事", "分数练习"):
        page.get_by_placeholder("例如").fill("分数")
        page.get_by_role("button", name="搜索").click()
        page.get_by_role("button", name=f"加入 {title}").click()
    page.locator(f"#up-{scene.practice}").click()
    expect(page.locator("#collection-list .row-title").first).to_have_text("分数练习")
    assert_accessible(page)
    assert_fits(page)
    page.get_by_role("button", name="共享", exact=True).click()
    page.goto("/library/collections")
    expect(page.locator(".row-title")).to_have_text("分数单元")
    page.get_by_role("link", name="分数单元").click()
    assert_accessible(page)
    assert_fits(page)
    page.get_by_role("button", name="全部放入备课篮").click()
    expect(page.locator("#tray-list .row-title")).to_have_count(2)
