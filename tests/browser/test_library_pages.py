"""Pages of the library as people meet them: public pages, merging points, where a resource belongs."""

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from core.database import transaction
from library.items.models import ItemKind
from library.resources.models import ResourceKind
from tests.browser.accessibility import assert_accessible, assert_fits
from tests.browser.conftest import DESKTOP, PHONE, OpenPage, SignIn, Site
from tests.factories.accounts import make_administrator, make_city, make_class, make_teacher
from tests.factories.library import make_item, make_point, make_resource, make_subject, make_unit

pytestmark = pytest.mark.browser


@pytest.fixture
def public_name(app: Flask) -> str:
    with app.app_context(), transaction():
        unit = make_unit([])
        item = make_item(ItemKind.CHOICE)
        made = make_resource(
            "用等式的性质解方程",
            kind=ResourceKind.PRACTICE,
            items=[item],
            points=[make_point("等式的性质"), make_point("移项")],
            subject=make_subject(),
            licence="CC BY 4.0",
            description="八道题,从一步到三步。",
            author="王芳",
            source="微课市第一中学",
            keywords=["移项", "方程"],
            accessibility=["largePrint"],
            minutes=12,
            difficulty=0.4,
            volume_id=unit.volume_id,
            unit_id=unit.id,
            edition_id=1,
        )
        return made.identifier


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("locale", ["zh-CN", "en"])
def test_a_public_page_is_accessible_fits_and_sets_formulas(
    open_page: OpenPage, public_name: str, viewport: dict[str, int], locale: str
) -> None:
    page = open_page(viewport, locale=locale)
    page.goto(f"/r/{public_name}")
    page.wait_for_selector("[data-math=done]")
    assert_accessible(page)
    assert_fits(page)
    assert page.context.cookies() == []


def test_the_code_of_a_long_address_is_shown_whole(app: Flask, desktop: Page) -> None:
    name = "urn:weike:" + "a" * 150
    with app.app_context(), transaction():
        make_resource(identifier=name)
    desktop.goto(f"/r/{name}")
    drawn, given = desktop.evaluate(
        """() => [document.querySelector(".qr path").getBoundingClientRect(),
                  document.querySelector(".qr").getBoundingClientRect()]
                 .map((one) => [one.left, one.top, one.right, one.bottom])"""
    )
    assert given[0] < drawn[0]
    assert given[1] < drawn[1]
    assert drawn[2] < given[2]
    assert drawn[3] < given[3]


def test_the_link_of_a_public_page_is_copied(desktop: Page, public_name: str) -> None:
    desktop.context.grant_permissions(["clipboard-read", "clipboard-write"])
    desktop.goto(f"/r/{public_name}")
    desktop.get_by_role("button", name="复制链接").click()
    expect(desktop.get_by_role("button", name="已复制")).to_be_visible()
    assert desktop.evaluate("() => navigator.clipboard.readText()").endswith(f"/r/{public_name}")


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_the_city_merges_two_points_and_undoes_it(
    app: Flask, open_page: OpenPage, sign_in: SignIn, viewport: dict[str, int]
) -> None:
    with app.app_context(), transaction():
        hat_id = make_administrator(make_city()).id
        before = make_point("等式的性质")
        kept = make_point("一元一次方程的解法", requires=[before])
        merged = make_point("一元一次方程解法")
        make_resource("解方程", points=[merged, kept])
        make_resource("再解方程", points=[merged])
        make_unit([merged])
    page = open_page(viewport)
    sign_in(page, hat_id)
    page.goto("/library/curriculum/duplicates")
    assert_accessible(page)
    assert_fits(page)
    page.get_by_role("link", name="比较").click()
    assert_accessible(page)
    assert_fits(page)
    page.get_by_role("button", name="合并", exact=True).click()
    page.get_by_role("dialog").get_by_role("button", name="合并").click()
    expect(page.get_by_text("可在下方撤销")).to_be_visible()
    page.get_by_role("button", name="撤销合并").click()
    expect(page.get_by_text("已恢复为两个知识点")).to_be_visible()


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_the_form_offers_what_fits_as_soon_as_it_is_known(
    app: Flask, site: Site, open_page: OpenPage, sign_in: SignIn, viewport: dict[str, int]
) -> None:
    with app.app_context(), transaction():
        hat_id = make_teacher(make_class()).id
        make_unit([], subject=make_subject())
        make_point("有理数")
        make_point("勾股定理", grade=8)
    page = open_page(viewport)
    sign_in(page, hat_id)
    page.goto("/library/ours/new")
    page.get_by_label("学科").select_option("数学")
    expect(page.get_by_label("有理数")).to_be_visible()
    page.get_by_label("教材", exact=True).select_option(index=1)
    page.get_by_label("教材单元").select_option(index=1)
    page.get_by_label("结束年级").select_option("八年级")
    expect(page.get_by_label("勾股定理")).to_be_visible()
    assert page.get_by_label("教材单元").input_value() != "0"
    page.get_by_text("无障碍").first.click()
    assert_accessible(page)
    assert_fits(page)


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_books_units_and_the_way_to_a_point_are_accessible_and_fit(
    app: Flask, open_page: OpenPage, sign_in: SignIn, viewport: dict[str, int]
) -> None:
    with app.app_context(), transaction():
        hat_id = make_teacher(make_class()).id
        before = make_point("等式的性质")
        point = make_point("一元一次方程", requires=[before])
        make_point("二元一次方程组", requires=[point])
        unit = make_unit([point])
        for kind in (ResourceKind.READING, ResourceKind.PRACTICE, ResourceKind.WORKSHEET):
            make_resource(f"方程 {kind}", kind=kind, unit_id=unit.id, points=[point])
        point_id, unit_id = point.id, unit.id
    page = open_page(viewport)
    sign_in(page, hat_id)
    for address in ("/library/textbooks", f"/library/units/{unit_id}", f"/library/points/{point_id}"):
        page.goto(address)
        assert_accessible(page)
        assert_fits(page)
