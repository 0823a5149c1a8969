"""Assign in a real browser: how few actions it takes, and how it looks on a desk and on a phone."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
from flask import Flask
from playwright.sync_api import Locator, Page, expect
from sqlalchemy import func, select

from accounts.classes.models import SchoolClass
from accounts.people.models import Hat
from core import clock
from core.database import db, transaction
from homework.assignments.models import Assignment, AssignmentItem, AssignmentTarget
from homework.groups.services import make_group
from learning.classroom.models import TaughtLesson
from library.resources.models import ResourceKind
from tests.browser.accessibility import assert_accessible, assert_fits
from tests.browser.conftest import DESKTOP, PHONE, OpenPage
from tests.factories.accounts import added, enrol, make_class, make_student, make_teacher
from tests.factories.homework import make_assignment
from tests.factories.library import make_item, make_point, make_resource

pytestmark = pytest.mark.browser

SignIn = Callable[[Page, int], None]
QUESTIONS, CLASSES, MOST_ACTIONS = 10, 3, 8


@dataclass(frozen=True)
class Scene:
    """A teacher of three classes that were taught something, about which there are twelve questions."""

    teacher_hat: int
    class_ids: tuple[int, ...]


class Hand:
    """Presses and keys, counted: an action is a click, or a key pressed on a control."""

    def __init__(self) -> None:
        self.actions = 0

    def click(self, control: Locator) -> None:
        control.click()
        self.actions += 1


@pytest.fixture
def scene(app: Flask) -> Scene:
    with app.app_context(), transaction():
        first = make_class()
        classes = [first, *(make_class(first.school, name=f"七年级({one})班") for one in (2, 3))]
        teacher = make_teacher(first)
        for one in classes[1:]:
            enrol(teacher, one, "mathematics")
        pupils = [make_student(one) for one in classes]
        point = make_point("一元一次方程")
        items = [make_item(points=[point], minutes=2.0) for _ in range(12)]
        resource = make_resource("方程练习", kind=ResourceKind.PRACTICE, items=items, points=[point])
        now = clock.now()
        for one in classes:
            added(
                TaughtLesson(
                    teacher_id=teacher.person_id,
                    class_id=one.id,
                    resource_id=resource.id,
                    day=clock.school_day(now),
                    taught_at=now,
                )
            )
        make_group(teacher, first.id, "提高组", [pupils[0].person_id], now=now)
        return Scene(teacher.id, tuple(one.id for one in classes))


def test_ten_questions_reach_three_classes_in_eight_actions_or_fewer(
    app: Flask, scene: Scene, desktop: Page, sign_in: SignIn
) -> None:
    sign_in(desktop, scene.teacher_hat)
    desktop.goto("/")
    hand = Hand()
    hand.click(desktop.get_by_role("link", name="布置作业").first)
    for class_id in scene.class_ids:
        hand.click(desktop.locator(f"label:has(input[name=class_ids][value='{class_id}'])"))
    hand.click(desktop.locator(".plan-points label", has_text="一元一次方程"))
    hand.click(desktop.locator("[name=add_all]"))
    expect(desktop.locator("#plan-questions .plan-question")).to_have_count(QUESTIONS)
    expect(desktop.locator("#plan-load")).to_contain_text("20 分钟，上限 90 分钟")
    hand.click(desktop.get_by_role("button", name="布置", exact=True))
    desktop.wait_for_url("**/assignments/*")
    expect(desktop.get_by_role("heading", level=1)).to_have_text("一元一次方程")
    assert hand.actions == 7
    assert hand.actions <= MOST_ACTIONS
    with app.app_context():
        counts = [
            db.session.scalar(select(func.count()).select_from(one))
            for one in (Assignment, AssignmentItem, AssignmentTarget)
        ]
    assert counts == [1, QUESTIONS, CLASSES]


@pytest.mark.parametrize(("viewport", "dark"), [(DESKTOP, False), (PHONE, True)])
def test_the_plan_with_layers_groups_and_pupils_is_accessible_and_fits(
    scene: Scene, open_page: OpenPage, sign_in: SignIn, viewport: dict[str, int], *, dark: bool
) -> None:
    page = open_page(viewport, dark=dark)
    sign_in(page, scene.teacher_hat)
    page.goto(f"/assignments/new?class={scene.class_ids[0]}")
    page.locator(".plan-points label").first.click()
    expect(page.locator("#finder .plan-question")).to_have_count(QUESTIONS)
    assert_accessible(page)
    page.locator("[data-add]").first.click()
    expect(page.locator("#plan-questions .plan-question")).to_have_count(1)
    expect(page.locator("[data-add]").first).to_be_disabled()
    page.locator("#layer-1").select_option("challenge")
    expect(page.locator(f"#depth-class-{scene.class_ids[0]}")).to_be_visible()
    page.locator("details.plan-more > summary").first.click()
    page.locator("details details > summary").first.click()
    expect(page.locator("[name=pupil_ids]")).to_have_count(1)
    page.locator("#question-search").fill("没有这样的题")
    expect(page.locator("#finder")).to_contain_text("没有关于")
    page.locator("#question-search").fill("一元一次")
    expect(page.locator("#finder [data-add]")).to_have_count(QUESTIONS)
    page.get_by_role("button", name="下一页").click()
    expect(page.locator("#finder [data-add]")).to_have_count(2)
    assert_accessible(page)
    assert_fits(page)


def test_a_teacher_looks_at_the_work_as_a_pupil_in_a_tab_of_its_own(
    scene: Scene, desktop: Page, sign_in: SignIn
) -> None:
    sign_in(desktop, scene.teacher_hat)
    desktop.goto(f"/assignments/new?class={scene.class_ids[0]}")
    desktop.locator(".plan-points label").first.click()
    desktop.locator("[data-add]").first.click()
    expect(desktop.locator("#plan-questions .plan-question")).to_have_count(1)
    with desktop.context.expect_page() as opened:
        desktop.get_by_role("button", name="以学生身份预览").click()
    opened.value.wait_for_load_state()
    expect(opened.value.locator("main")).to_contain_text("现在还没有布置")
    expect(opened.value.locator("fieldset.question")).to_have_count(1)
    opened.value.close()
    expect(desktop.locator("#plan-questions .plan-question")).to_have_count(1)


@pytest.mark.parametrize(("viewport", "dark"), [(DESKTOP, True), (PHONE, False)])
def test_a_full_week_of_the_ledger_is_accessible_and_fits(
    app: Flask,
    scene: Scene,
    open_page: OpenPage,
    sign_in: SignIn,
    viewport: dict[str, int],
    *,
    dark: bool,
) -> None:
    with app.app_context(), transaction():
        school_class = db.session.get_one(SchoolClass, scene.class_ids[0])
        teacher = db.session.get_one(Hat, scene.teacher_hat)
        # In this week's ledger, whatever day and hour it is.
        evening = clock.start_of_day(clock.school_day(clock.now())) + timedelta(hours=20)
        for minutes in (50.0, 60.0):
            make_assignment(
                teacher,
                school_class,
                estimated_minutes=minutes,
                opens_at=evening - timedelta(hours=20),
                due_at=evening,
                cut_off_at=evening,
            )
    page = open_page(viewport, dark=dark)
    sign_in(page, scene.teacher_hat)
    for address in ("/load", f"/load/classes/{scene.class_ids[0]}"):
        page.goto(address)
        expect(page.locator("main")).to_contain_text("110")
        assert_accessible(page)
        assert_fits(page)
