"""A teacher's draft is submitted on a phone, decided by keyboard at a desk, and found by a pupil."""

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from core.database import transaction
from library.resources.models import ReviewState, Tier
from tests.browser.accessibility import assert_accessible, assert_fits
from tests.browser.conftest import DESKTOP, PHONE, OpenPage, Site
from tests.browsers import signed_in_browser
from tests.factories.accounts import make_administrator, make_class, make_student, make_teacher
from tests.factories.library import make_resource

pytestmark = pytest.mark.browser


def people(app: Flask) -> tuple[int, dict[str, int]]:
    """The draft of a teacher, and the hats of who meets it."""
    with app.app_context(), transaction():
        school_class = make_class()
        teacher = make_teacher(school_class)
        draft = make_resource(
            "移项的道理",
            tier=Tier.SCHOOL,
            organisation=school_class.school,
            created_by=teacher.person,
            review_state=ReviewState.DRAFT,
            body="两边同时减去同一个数。",
            licence="CC BY 4.0",
        )
        office, pupil = make_administrator(school_class.school), make_student(school_class)
        return draft.id, {"teacher": teacher.id, "office": office.id, "pupil": pupil.id}


def wear(page: Page, site: Site, hat_id: int) -> Page:
    cookie = signed_in_browser(site.app, hat_id).get_cookie(site.app.config["SESSION_COOKIE_NAME"])
    assert cookie is not None
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": site.url}])
    return page


def looked_at(page: Page) -> None:
    assert_accessible(page)
    assert_fits(page)


def test_a_draft_is_submitted_decided_and_found(site: Site, open_page: OpenPage) -> None:
    number, hats = people(site.app)
    teacher = wear(open_page(PHONE), site, hats["teacher"])
    teacher.goto(f"/library/{number}")
    teacher.get_by_role("button", name="送校审").click()
    expect(teacher.get_by_text("已送审，将由实验学校的其他人员审核。")).to_be_visible()
    expect(teacher.get_by_role("button", name="撤回送审")).to_be_visible()
    looked_at(teacher)

    office = wear(open_page(DESKTOP), site, hats["office"])
    office.goto("/library/review")
    looked_at(office)
    office.get_by_role("link", name="移项的道理").focus()
    office.keyboard.press("Enter")
    office.get_by_role("radio", name="通过").focus()
    office.keyboard.press("Space")
    office.keyboard.press("Tab")
    office.keyboard.type("结构清楚")
    looked_at(office)
    office.keyboard.press("Tab")
    office.keyboard.press("Enter")
    expect(office.get_by_text("没有等您审核的资源")).to_be_visible()

    pupil = wear(open_page(PHONE), site, hats["pupil"])
    pupil.goto(f"/library/{number}")
    expect(pupil.get_by_text("结构清楚")).to_be_visible()
    pupil.get_by_role("link", name="报错").click()
    looked_at(pupil)
    pupil.get_by_text("有错字或排版错误").click()
    pupil.get_by_label("问题在哪里？应该是什么？").fill("我的电话 138 1234 5678")
    pupil.get_by_role("button", name="发送").click()
    expect(pupil.get_by_text("似乎有电话号码")).to_be_visible()
    pupil.get_by_label("问题在哪里？应该是什么？").fill("第二行少了一个字")
    pupil.get_by_role("button", name="发送").click()
    expect(pupil.get_by_text("待处理")).to_be_visible()
