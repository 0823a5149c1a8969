"""Bring questions along in a real browser: paste, correct beside the preview, choose, take, assign."""

from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy import delete

from accounts.sign_in.models import LoginSession
from core.database import db, transaction
from tests.browser.accessibility import assert_accessible, assert_fits
from tests.browser.conftest import PHONE, Site
from tests.factories.accounts import make_class, make_teacher
from tests.factories.library import make_point, make_subject

pytestmark = pytest.mark.browser

SignIn = Callable[[Page, int], None]
PAPER = "1. 1+1=____\n答案：2\n2. 下列是负数的是（　　）\nA. 3  B. -2\n3. $x^2=9$，x=____\n答案：±3\n"


def test_a_pasted_paper_is_corrected_chosen_and_assigned(
    app: Flask, site: Site, desktop: Page, sign_in: SignIn
) -> None:
    with app.app_context(), transaction():
        teacher = make_teacher(make_class()).id
        make_point("有理数", subject=make_subject())
    page = desktop
    sign_in(page, teacher)
    page.goto("/library/questions/imports")
    page.get_by_label("题目文字").fill(PAPER)
    page.get_by_role("button", name="查看题目").click()
    site.work()

    expect(page.locator(".intake-question")).to_have_count(3)
    address = page.url
    expect(page.get_by_text("第 2 题没有答案")).to_be_visible()
    assert_accessible(page)
    # A choice is remembered at once, without leaving the place.
    page.get_by_label("第 1 题怎么处理").select_option("skip")
    expect(page.get_by_text("已选 1 题。")).to_be_visible()
    second = page.locator("#question-2")
    second.get_by_label("题目的文字").fill("2. 下列是负数的是（ B ）\nA. 3  B. -2")
    with app.app_context(), transaction():
        db.session.execute(delete(LoginSession))
    second.get_by_role("button", name="重新读取").click()
    # What was typed is on the device until it arrived, and not longer.
    sign_in(page, teacher)
    page.goto(address)
    expect(second.get_by_text("您之前在这里输入的内容已恢复")).to_be_visible()
    second.get_by_role("button", name="重新读取").click()
    expect(page.get_by_text("已选 2 题。")).to_be_visible()
    assert page.evaluate("Object.keys(localStorage).filter((one) => one.startsWith('weike-draft'))") == []
    expect(page.locator("#question-2").get_by_role("heading", name="单选题")).to_be_visible()
    page.set_viewport_size({"width": PHONE["width"], "height": PHONE["height"]})
    assert_fits(page)
    page.get_by_role("button", name="导入这些题目").click()
    assert_accessible(page)

    page.get_by_role("link", name="布置这些题").click()
    expect(page.get_by_text("已选 2 题", exact=True)).to_be_visible()
