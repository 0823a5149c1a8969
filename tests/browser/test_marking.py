"""The marking desk with nothing but a keyboard, and on a phone."""

from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy import select

from core.database import db
from homework.marking.models import Mark
from tests.browser.accessibility import assert_accessible, assert_fits
from tests.browser.conftest import PHONE, OpenPage
from tests.browsers import signed_in_browser
from tests.integration.homework.test_marking import JSON, Scene, answer_ids, scene
from tests.integration.homework.test_rubrics import typed

__all__ = ["scene"]
pytestmark = pytest.mark.browser

SignIn = Callable[[Page, int], None]


def marks(app: Flask) -> dict[int, tuple[float, str]]:
    with app.app_context():
        return {one.answer_id: (one.points, one.comment) for one in db.session.scalars(select(Mark))}


def test_a_teacher_marks_takes_back_comments_and_moves_with_keys_alone(
    app: Flask, scene: Scene, desktop: Page, sign_in: SignIn
) -> None:
    colleague = signed_in_browser(app, scene.colleague.id)
    signed_in_browser(app, scene.teacher.id).post("/comments", data={"text": "要写单位"})
    sign_in(desktop, scene.teacher.id)
    desktop.goto(f"{scene.desk}?question={scene.text}")
    cards = desktop.locator("[data-card]")
    expect(cards.first).to_be_focused()
    expect(cards.first).to_contain_text("4 份相近的答案")
    desktop.keyboard.press("?")
    expect(desktop.get_by_role("dialog")).to_contain_text("撤回上一次给分")
    assert_accessible(desktop)
    desktop.keyboard.press("Escape")
    cards.first.focus()
    desktop.keyboard.press("2")
    desktop.keyboard.press("Enter")
    expect(cards.nth(1)).to_be_focused()
    assert len(marks(app)) == 4
    desktop.keyboard.press("u")
    expect(cards.first.locator("[data-card-state]")).to_have_text("已撤回")
    assert marks(app) == {}
    desktop.keyboard.press("u")
    expect(cards.first.locator('input[name="points"]')).to_have_value("2")
    desktop.keyboard.press("j")
    desktop.keyboard.press("c")
    desktop.keyboard.type("yx")
    expect(cards.nth(1).get_by_role("option")).to_have_text("1要写单位")
    desktop.keyboard.press("Enter")
    expect(cards.nth(1).locator('input[name="comment"]')).to_have_value("要写单位")
    desktop.keyboard.press("Escape")
    last = max(answer_ids(app, scene, scene.text), key=lambda one: one not in marks(app))
    colleague.post(scene.desk, data={"answer": f"{last}:0", "points": "0", "comment": "不完整"}, headers=JSON)
    desktop.keyboard.press("1")
    desktop.keyboard.press("Enter")
    expect(cards.nth(1).locator("[data-card-state]")).to_contain_text("周老师")
    expect(cards.nth(1).locator('input[name="comment"]')).to_have_value("要写单位")
    assert_accessible(desktop)
    desktop.keyboard.press("Enter")
    expect(cards.nth(1).locator("[data-card-state]")).to_have_text("已保存")
    assert marks(app)[last] == (1.0, "要写单位")
    for photo in answer_ids(app, scene, scene.photo):
        colleague.post(scene.desk, data={"answer": f"{photo}:0", "points": "1"}, headers=JSON)
    cards.first.focus()
    desktop.keyboard.press("1")
    desktop.keyboard.press("Enter")
    goes_back = desktop.locator("#return-dialog p").first
    expect(goes_back).to_have_text("将发还 5 名学生已批完的作业。")


def test_levels_of_a_rubric_are_chosen_with_digits_or_with_a_finger(
    app: Flask, scene: Scene, open_page: OpenPage, sign_in: SignIn
) -> None:
    save = f"/questions/{scene.photo}/rubric/save"
    signed_in_browser(app, scene.teacher.id).post(save, data=typed())
    phone = open_page(PHONE)
    sign_in(phone, scene.teacher.id)
    phone.goto(f"{scene.desk}?question={scene.photo}")
    cards = phone.locator("[data-card]")
    cards.first.focus()
    phone.keyboard.press("1")
    phone.keyboard.press("2")
    phone.keyboard.press("Enter")
    expect(cards.nth(1)).to_be_focused()
    cards.nth(1).get_by_text("没有", exact=True).tap()
    cards.nth(1).get_by_text("通顺", exact=True).tap()
    expect(cards.nth(1).locator('input[name="points"]')).to_have_attribute("placeholder", "0.5")
    cards.nth(1).get_by_role("button", name="保存").tap()
    expect(cards.nth(1).locator("[data-card-state]")).to_have_text("已保存")
    assert sorted(points for points, _comment in marks(app).values()) == [0.5, 1.5]
    assert_accessible(phone)
    assert_fits(phone)
