"""A wrong key and corrections in a real browser: on a teacher's desk, and on a pupil's phone."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from core import clock
from core.database import db, transaction
from homework.assignments.queries import questions_of
from homework.marking.services import return_one
from library.items.models import ItemKind
from tests.browser.accessibility import assert_accessible, assert_fits
from tests.browser.conftest import DESKTOP, PHONE, SignIn
from tests.factories.accounts import make_class, make_student, make_teacher
from tests.factories.homework import make_assignment, make_submission

pytestmark = pytest.mark.browser


@dataclass(frozen=True)
class Scene:
    """A class of three with returned work; the key of its first question is said to be wrong."""

    assignment_id: int
    submission_id: int
    choice: int
    order: int
    student_hat: int
    teacher_hat: int


@pytest.fixture
def scene(app: Flask) -> Scene:
    now = clock.now()
    with app.app_context(), transaction():
        school_class = make_class()
        teacher = make_teacher(school_class)
        assignment = make_assignment(
            teacher,
            school_class,
            kinds=(ItemKind.CHOICE, ItemKind.TEXT_ENTRY, ItemKind.ORDER),
            opens_at=now - timedelta(days=2),
            due_at=now - timedelta(days=1),
            cut_off_at=now + timedelta(days=1),
        )
        choice, text, order = (one.id for one in db.session.scalars(questions_of(assignment.id)))
        made = []
        for said in "ABC":
            student = make_student(school_class)
            responses = {
                choice: {"choices": [said]},
                text: {"blanks": ["床前明月光", "疑似地上霜"]},
                order: {"order": ["A", "B", "C", "D"]},
            }
            submission = make_submission(assignment, student, responses, now=now - timedelta(days=1, hours=2))
            return_one(submission, teacher, now=now)
            made.append((student, submission))
        return Scene(assignment.id, made[2][1].id, choice, order, made[2][0].id, teacher.id)


def test_a_teacher_corrects_a_key_looks_first_and_undoes_it(
    scene: Scene, desktop: Page, sign_in: SignIn
) -> None:
    page = desktop
    sign_in(page, scene.teacher_hat)
    page.goto(f"/assignments/{scene.assignment_id}")
    page.get_by_role("link", name="答案有误").first.click()
    page.locator("label:has([name=key-choices][value=A])").click()
    page.get_by_label("哪里有误").fill("第 1 题答案应为 A")
    page.get_by_role("button", name="查看谁的分数会变").click()
    expect(page.get_by_role("heading", name="按新答案判分")).to_be_visible()
    assert_accessible(page)
    page.set_viewport_size(PHONE)
    assert_fits(page)
    page.set_viewport_size(DESKTOP)
    page.get_by_role("button", name="应用", exact=True).click()
    expect(page.get_by_text("已应用")).to_be_visible()
    page.get_by_role("button", name="撤销").first.click()
    page.get_by_role("dialog").get_by_role("button", name="撤销").click()
    expect(page.get_by_text("已撤销").first).to_be_visible()


def test_a_pupil_corrects_on_a_phone_until_it_is_right(scene: Scene, phone: Page, sign_in: SignIn) -> None:
    page = phone
    sign_in(page, scene.student_hat)
    page.goto(f"/submissions/{scene.submission_id}")
    page.get_by_role("link", name="去订正").click()
    question = page.locator(f"#question-{scene.choice}")
    question.locator("label", has_text="$").or_(question.locator("label.option")).first.click()
    question.get_by_role("button", name="提交订正").click()
    expect(question.get_by_text("需再订正").first).to_be_visible()
    question.locator("label.option").nth(1).click()
    question.get_by_role("button", name="提交订正").click()
    expect(question.get_by_text("订正已通过").first).to_be_visible()
    question = page.locator(f"#question-{scene.order}")
    for thing, times in (("B", 1), ("D", 2)):
        for _time in range(times):
            question.locator(f'[data-thing={thing}] [data-move="-1"]').click()
    question.get_by_role("button", name="提交订正").click()
    expect(question.get_by_text("订正已通过").first).to_be_visible()
    assert_accessible(page)
    assert_fits(page)
