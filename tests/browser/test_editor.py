"""A teacher writes questions, sees them as pupils will, loses the page and goes on; and draws some."""

import pytest
from flask import Flask
from playwright.sync_api import Page, Route, expect
from sqlalchemy import Select, select

from accounts.people.models import Hat
from core.database import db, transaction
from library.items.models import ItemKind, ItemVersion
from library.resources.models import ResourceKind
from tests.browser.accessibility import assert_accessible, assert_fits
from tests.browser.conftest import SignIn
from tests.factories.accounts import make_class, make_teacher
from tests.factories.library import make_item, make_point, make_resource
from tests.factories.media import picture_bytes

pytestmark = pytest.mark.browser

SETTLED = "() => !document.querySelector('.htmx-request, [data-math]:not([data-math=done])')"

PASTE = """(field, bytes) => {
  const clipboardData = new DataTransfer();
  clipboardData.items.add(new File([new Uint8Array(bytes)], "image.png", { type: "image/png" }));
  field.setSelectionRange(field.value.length, field.value.length);
  field.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
}"""


@pytest.fixture
def teacher(app: Flask) -> Hat:
    with app.app_context(), transaction():
        hat = make_teacher(make_class())
        point = make_point("小数乘法")
        items = [make_item(ItemKind.CHOICE, points=[point]) for _number in range(6)]
        make_resource("乘法练习", kind=ResourceKind.PRACTICE, items=items, points=[point])
        db.session.flush()
        db.session.refresh(hat)
        db.session.expunge_all()
    return hat


def own_versions(teacher: Hat) -> Select[ItemVersion]:
    return select(ItemVersion).where(ItemVersion.made_by_id == teacher.person_id)


def begin_set(page: Page) -> None:
    page.goto("/library/sets/new")
    page.get_by_label("标题").fill("坐标小练")
    page.get_by_role("button", name="开始").click()
    page.get_by_role("link", name="出新题").first.click()


def test_a_question_is_written_tried_kept_on_the_device_and_saved(
    app: Flask, desktop: Page, sign_in: SignIn, teacher: Hat
) -> None:
    page = desktop
    sign_in(page, teacher.id)
    begin_set(page)
    address = page.url
    preview = page.locator("#preview")

    page.get_by_label("题干").fill("解方程 $2x=4$。")
    for letter, text in zip("AB", ("$x=1$", "$x=2$"), strict=True):
        page.get_by_label(f"选项 {letter}", exact=True).fill(text)
    page.get_by_label("选 A 的学生会看到的话").fill("再除以 2。")
    page.get_by_role("button", name="公式").click()
    page.locator("#formula-dialog math-field").press_sequentially("x^2")
    page.get_by_role("button", name="插入").click()
    expect(page.get_by_label("选 A 的学生会看到的话")).to_have_value("再除以 2。$x^2$")
    page.get_by_label("题干").evaluate(PASTE, list(picture_bytes(40, 30, "PNG")))
    expect(page.get_by_label("题干")).to_have_value("解方程 $2x=4$。[[picture:p1]]")
    page.get_by_label("图片 p1 的文字描述").fill("一架天平")
    with page.expect_response("**/questions/preview"):
        page.get_by_label("B 是正确答案").check()
    page.wait_for_function(SETTLED)
    expect(preview.locator(".option .katex").first).to_be_visible()
    preview.locator(".option").first.click()
    preview.get_by_role("button", name="试答").click()
    expect(preview.get_by_text("再除以 2。")).to_be_visible()
    expect(page.locator("[data-editor-state]")).to_contain_text("已存在本机")
    page.get_by_role("button", name="添加提示").click()
    page.get_by_label("提示 1", exact=True).fill("两边同时除以 2。")
    expect(preview.get_by_text("1 条提示")).to_be_visible()
    assert_accessible(page)

    page.wait_for_function("() => JSON.stringify(localStorage).includes('两边同时除以')")
    page.goto("/library/sets")
    page.goto(address)
    expect(page.get_by_label("题干")).to_have_value("")
    page.get_by_role("button", name="恢复").click()
    expect(page.get_by_label("提示 1", exact=True)).to_have_value("两边同时除以 2。")
    page.get_by_role("button", name="加入题集", exact=True).click()
    expect(page.get_by_text("题目已加入题集。")).to_be_visible()
    assert "question-new" not in str(page.evaluate("() => Object.keys(localStorage)"))
    with app.app_context():
        made = db.session.scalars(
            select(ItemVersion).where(ItemVersion.made_by_id == teacher.person_id)
        ).one()
        assert made.correct == {"choices": ["B"]}
        assert made.misconceptions[0]["feedback"].startswith("再除以 2。")
        assert made.pictures[0]["alt"] == "一架天平"


def test_a_kind_chosen_before_the_scripts_came_is_followed(
    desktop: Page, sign_in: SignIn, teacher: Hat
) -> None:
    page = desktop
    sign_in(page, teacher.id)
    begin_set(page)
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/htmx.min.js*", hold)
    page.reload(wait_until="commit")
    page.get_by_label("题型").select_option("hotspot")
    expect(page.get_by_text("请先添加图片")).to_be_hidden()
    for one in held:
        one.continue_()
    expect(page.get_by_text("请先添加图片")).to_be_visible()


def test_regions_are_drawn_by_pointer_and_keyboard_on_a_phone(
    app: Flask, phone: Page, sign_in: SignIn, teacher: Hat
) -> None:
    page = phone
    sign_in(page, teacher.id)
    begin_set(page)
    page.get_by_label("题型").select_option("hotspot")
    expect(page.get_by_text("请先添加图片")).to_be_visible()
    page.get_by_label("添加图片").set_input_files(
        {"name": "map.png", "mimeType": "image/png", "buffer": picture_bytes(320, 240, "PNG")}
    )
    page.get_by_label("题干").fill("点出左上角。")
    page.get_by_label("图片 p1 的文字描述").fill("一块绿色的地")
    frame = page.locator("wk-regions [data-frame]")
    frame.scroll_into_view_if_needed()
    box = frame.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 20, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + 100, box["y"] + 80, steps=3)
    page.mouse.up()
    numbers = page.get_by_label("第 1 个区域的数字")
    left, top, right, bottom = (int(one) for one in numbers.input_value().split())
    assert left < right
    assert top < bottom
    frame.press("ArrowRight")
    moved = [int(one) for one in numbers.input_value().split()]
    assert (moved[0] - left, moved[1] - top) == (moved[2] - right, 0)
    assert moved[0] > left
    assert_fits(page)
    page.get_by_role("button", name="加入题集", exact=True).click()
    expect(page.get_by_text("题目已加入题集。")).to_be_visible()
    with app.app_context():
        made = db.session.scalars(
            select(ItemVersion).where(ItemVersion.made_by_id == teacher.person_id)
        ).one()
        assert made.correct == {"regions": [{"shape": "rect", "coords": moved}]}


def test_questions_are_drawn_into_a_plan(desktop: Page, sign_in: SignIn, teacher: Hat) -> None:
    page = desktop
    sign_in(page, teacher.id)
    page.goto("/assignments/new")
    page.get_by_text("自动组卷").click()
    page.get_by_label("其他知识点").press_sequentially("乘法")
    page.get_by_text("小数乘法").first.click()
    page.get_by_label("题数").fill("4")
    page.get_by_role("button", name="组卷", exact=True).click()
    expect(page.get_by_text("抽到 4 道题")).to_be_visible()
    first = page.locator("#drawn").inner_text()
    page.get_by_role("button", name="换一组").click()
    expect(page.get_by_text("第 2 组")).to_be_visible()
    assert page.locator("#drawn").inner_text() != first
    assert_accessible(page)
    page.get_by_role("button", name="把这 4 道题放进作业").click()
    expect(page.locator("#plan-questions [name=row_version]")).to_have_count(4)
