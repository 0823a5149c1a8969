"""Work goes back too early and is taken back, with the mouse and with the keyboard."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from flask import Flask
from playwright.sync_api import Locator, Page, expect

from core import clock
from core.database import transaction
from tests.browser.accessibility import assert_accessible, assert_fits
from tests.browser.conftest import DESKTOP, PHONE, SignIn
from tests.factories.accounts import enrol, make_class, make_student, make_teacher
from tests.factories.homework import make_assignment, make_submission

pytestmark = pytest.mark.browser
MOST_TABS = 60


@dataclass(frozen=True)
class Scene:
    """Work of two classes, with one marked hand-in each."""

    assignment_id: int
    submission_id: int
    teacher_hat: int
    student_hat: int


@pytest.fixture
def scene(app: Flask) -> Scene:
    now = clock.now()
    with app.app_context(), transaction():
        first = make_class()
        second = make_class(first.school, name="七年级(2)班")
        teacher = make_teacher(first)
        enrol(teacher, second, "mathematics")
        assignment = make_assignment(
            teacher,
            first,
            second,
            opens_at=now - timedelta(days=2),
            due_at=now + timedelta(days=1),
            cut_off_at=now + timedelta(days=2),
        )
        pupils = [make_student(one) for one in (first, second)]
        works = [make_submission(assignment, one, now=now) for one in pupils]
        return Scene(assignment.id, works[0].id, teacher.id, pupils[0].id)


def give_back(page: Page) -> Locator:
    """Return all that is marked; the button that takes it back."""
    page.get_by_role("button", name="发还 2 份").click()
    page.get_by_role("dialog").get_by_role("button", name="发还").click()
    expect(page.get_by_text("发还早了")).to_be_visible()
    return page.locator(".message").get_by_role("button", name="收回")


def go_to(button: Locator) -> None:
    """Press Tab until the button has the focus."""
    for _time in range(MOST_TABS):
        if button.evaluate("one => one === document.activeElement"):
            return
        button.page.keyboard.press("Tab")
    message = "The button is not reached with Tab."
    raise AssertionError(message)


def test_a_return_is_taken_back_by_a_click_and_by_keys(
    scene: Scene, desktop: Page, phone: Page, sign_in: SignIn
) -> None:
    page = desktop
    sign_in(page, scene.teacher_hat)
    sign_in(phone, scene.student_hat)
    page.goto(f"/assignments/{scene.assignment_id}")
    undo = give_back(page)
    phone.goto(f"/submissions/{scene.submission_id}")
    expect(phone.get_by_text("（满分 2 分）").first).to_be_visible()
    undo.click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("已经看过的人")
    assert_accessible(page)
    page.set_viewport_size(PHONE)
    assert_fits(page)
    page.set_viewport_size(DESKTOP)
    dialog.get_by_role("button", name="收回").click()
    expect(page.get_by_text("2 名学生的作业已收回")).to_be_visible()
    phone.reload()
    expect(phone.get_by_text("作业已提交")).to_be_visible()
    expect(phone.get_by_text("（满分 2 分）")).to_have_count(0)

    undo = give_back(page)
    go_to(undo)
    page.keyboard.press("Enter")
    expect(dialog.get_by_role("button", name="取消")).to_be_focused()
    page.keyboard.press("Escape")
    expect(undo).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("2 名学生的作业已收回")).to_be_visible()


def test_later_one_class_is_taken_back_from_the_marking_page(
    scene: Scene, desktop: Page, sign_in: SignIn
) -> None:
    page = desktop
    sign_in(page, scene.teacher_hat)
    page.goto(f"/assignments/{scene.assignment_id}")
    give_back(page)
    page.goto(f"/assignments/{scene.assignment_id}/marking")
    page.get_by_text("收回已发还的作业", exact=True).click()
    assert_accessible(page)
    page.set_viewport_size(PHONE)
    assert_fits(page)
    page.set_viewport_size(DESKTOP)
    page.get_by_role("button", name="收回 七年级(2)班").click()
    page.get_by_role("dialog").get_by_role("button", name="收回").click()
    expect(page.get_by_text("1 名学生的作业已收回")).to_be_visible()
    assert page.url.endswith("/marking")
    expect(page.get_by_text("收回已发还的作业", exact=True)).to_be_visible()
