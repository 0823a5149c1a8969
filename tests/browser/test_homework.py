"""Homework in a real browser: on a pupil's phone, and on a teacher's desk."""

import struct
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from PIL import Image, ImageDraw
from playwright.sync_api import Page, expect
from sqlalchemy import func, select

from accounts.people.models import Hat
from accounts.sign_in.models import LoginSession
from core import clock
from core.database import db, transaction
from homework.assignments.models import Assignment
from homework.assignments.queries import classes_of, questions_of
from homework.assignments.release import AnswersShown
from homework.submissions import models
from homework.submissions.models import Draft, Submission
from homework.submissions.queries import answers_of
from learning.attempts.models import Attempt
from library.items.models import ItemKind
from library.resources.models import Resource, ResourceKind, ReviewState
from tests.browser.accessibility import assert_accessible, assert_fits
from tests.browser.conftest import DESKTOP, PHONE, OpenPage
from tests.factories.accounts import make_class, make_student, make_teacher
from tests.factories.homework import make_assignment, make_submission
from tests.factories.library import make_item, make_point, make_resource

pytestmark = pytest.mark.browser

SignIn = Callable[[Page, int], None]

SLOW_PICTURES = """
() => {
  const toBlob = HTMLCanvasElement.prototype.toBlob;
  HTMLCanvasElement.prototype.toBlob = function (...given) {
    setTimeout(() => toBlob.apply(this, given), 400);
  };
}
"""
"""A phone that takes its time over each photo."""


@dataclass(frozen=True)
class Scene:
    """Work with a choice, a number and a photo question."""

    assignment_id: int
    choice: int
    number: int
    photo: int
    student_hat: int
    teacher_hat: int

    @property
    def work(self) -> str:
        return f"/assignments/{self.assignment_id}/work"


@pytest.fixture
def scene(app: Flask) -> Scene:
    now = clock.now()
    with app.app_context(), transaction():
        school_class = make_class()
        teacher, student = make_teacher(school_class), make_student(school_class)
        point = make_point("一元一次方程")
        make_resource("方程练习", kind=ResourceKind.PRACTICE, items=[make_item(points=[point])])
        assignment = make_assignment(
            teacher,
            school_class,
            kinds=(ItemKind.CHOICE, ItemKind.NUMERIC, ItemKind.PHOTO),
            opens_at=now - timedelta(hours=1),
            due_at=now + timedelta(hours=5),
            cut_off_at=now + timedelta(days=2),
        )
        choice, number, photo = (one.id for one in db.session.scalars(questions_of(assignment.id)))
        return Scene(assignment.id, choice, number, photo, student.id, teacher.id)


@pytest.fixture
def photos(tmp_path: Path) -> list[Path]:
    """Two pages of a phone's camera, one lying on its side."""
    made = []
    for number, size in enumerate(((3000, 4000), (4000, 3000)), start=1):
        image = Image.new("RGB", size, "white")
        ImageDraw.Draw(image).line((200, 200, 2400, 1800), fill="black", width=40)
        path = tmp_path / f"{number}.jpg"
        image.save(path, "JPEG", quality=92)
        made.append(path)
    return made


def begin(page: Page, scene: Scene) -> None:
    page.goto(scene.work)
    page.wait_for_selector("form[data-ready]")


def hand_in(page: Page) -> None:
    page.locator("#hand-in").click()
    page.locator("#hand-in-dialog button[value=yes]").click()


def count(app: Flask, model: type[Draft | Submission]) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(model)) or 0


@pytest.mark.parametrize(("viewport", "dark"), [(DESKTOP, False), (PHONE, True)])
def test_a_question_that_was_withdrawn_meanwhile_is_left_out_and_said(
    app: Flask, scene: Scene, open_page: OpenPage, sign_in: SignIn, viewport: dict[str, int], *, dark: bool
) -> None:
    page = open_page(viewport, dark=dark)
    sign_in(page, scene.teacher_hat)
    with app.app_context():
        resource_id = db.session.scalars(select(Resource.id).where(Resource.title == "方程练习")).one()
    page.goto(f"/assignments/new?resource={resource_id}")
    expect(page.locator(".plan-question")).to_have_count(1)
    with app.app_context(), transaction():
        db.session.get_one(Resource, resource_id).review_state = ReviewState.WITHDRAWN
    page.locator("[name=add_photo]").click()
    expect(page.locator("#plan-questions .message")).to_contain_text("有一道题无法使用")
    expect(page.locator(".plan-question")).to_have_count(1)
    expect(page.locator(".plan-question textarea")).to_be_visible()
    assert_accessible(page)
    assert_fits(page)


def test_a_hand_in_survives_a_lost_network_and_a_closed_tab_and_so_does_what_was_changed_since(
    app: Flask, scene: Scene, phone: Page, sign_in: SignIn, photos: list[Path]
) -> None:
    sign_in(phone, scene.student_hat)
    begin(phone, scene)
    phone.get_by_label("x=2").check(force=True)
    phone.locator("[data-photo-plain] input").set_input_files(photos)
    tiles = phone.locator(".photo-tile")
    expect(tiles).to_have_count(2)
    tiles.nth(1).locator("[data-do=turn]").click()
    tiles.nth(1).locator("[data-do=earlier]").click()
    expect(tiles.nth(0).locator("[data-do=earlier]")).to_be_disabled()
    expect(tiles.locator(".state")).to_have_text(["已上传 ✓"] * 2)
    phone.context.set_offline(True)
    hand_in(phone)
    expect(phone.locator("[data-state]")).to_contain_text("已保存在本机，还没有送达")
    assert count(app, Submission) == 0
    arrived: list[str] = []
    phone.on("requestfinished", lambda one: arrived.append(one.url.rsplit("/", 1)[1]))
    # Handed in is what stood there then; what comes after it waits for another hand-in, and holds up nothing.
    number = phone.locator(f"[name=q{scene.number}-value]")
    number.fill("7.25")
    phone.locator("[data-photo-plain] input").set_input_files(photos[0])
    expect(tiles).to_have_count(3)
    expect(phone.locator(".photo-tile .state").nth(2)).not_to_be_empty()
    phone.goto("about:blank")
    phone.context.set_offline(False)
    phone.goto("/assignments")
    expect(phone.locator("[data-pending] li")).to_contain_text(
        "之后的修改保存在本机，尚未提交", timeout=20_000
    )
    assert [one for one in arrived if one in {"files", "submissions"}] == ["submissions"]
    begin(phone, scene)
    expect(number).to_have_value("7.25")
    expect(tiles).to_have_count(3)
    with app.app_context():
        receipt = db.session.scalars(select(Submission.id)).one()
    phone.goto(f"/submissions/{receipt}/receipt?changed=1")
    expect(phone.locator(".message")).to_contain_text("尚未提交")
    assert_accessible(phone)
    with app.app_context():
        submission = db.session.scalars(select(Submission)).one()
        expect(phone.get_by_role("main")).to_contain_text(submission.content_sha256)
        pages = list(db.session.scalars(select(models.Page).order_by(models.Page.position)))
        assert [(one.width, one.height) for one in pages] == [(1500, 2000), (1500, 2000)]
    phone.goto("/assignments")
    expect(phone.locator("[data-pending]")).to_be_hidden()
    begin(phone, scene)
    expect(number).to_have_value("7.25")
    hand_in(phone)
    phone.wait_for_url("**/receipt")
    begin(phone, scene)
    expect(phone.locator("[data-draft-notice]")).to_be_hidden()
    expect(tiles).to_have_count(3)


def test_a_photo_is_turned_cut_dragged_and_brought_back(
    app: Flask, scene: Scene, phone: Page, sign_in: SignIn, tmp_path: Path
) -> None:
    files = []
    for number, shade in enumerate((230, 120)):
        files.append(tmp_path / f"{number}.png")
        Image.new("L", (300, 400), shade).save(files[-1])
    sign_in(phone, scene.student_hat)
    begin(phone, scene)
    phone.locator("[data-photo-plain] input[type=file]").set_input_files(files)
    tiles = phone.locator(".photo-tile")
    expect(tiles.locator(".state")).to_have_text(["已上传 ✓"] * 2)
    phone.evaluate(SLOW_PICTURES)
    tiles.nth(0).locator("[data-do=turn]").click()
    tiles.nth(0).locator("[data-do=edit]").click()
    editor = phone.locator("#photo-editor")
    expect(editor).to_contain_text("宽 100 %，高 100 %")
    assert_accessible(phone)
    assert_fits(phone)
    corner = editor.locator("[data-corner=top-left]")
    corner.focus()
    for _ten in range(10):
        phone.keyboard.press("Shift+ArrowRight")
    expect(editor).to_contain_text("宽 50 %，高 100 %")
    frame = editor.locator("[data-editor-frame]").bounding_box()
    handle = editor.locator("[data-corner=bottom-right]").bounding_box()
    assert frame is not None
    assert handle is not None
    x, y = handle["x"] + handle["width"] / 2, handle["y"] + handle["height"] / 2
    phone.mouse.move(x, y)
    phone.mouse.down()
    phone.mouse.move(x, y - frame["height"] / 2)
    phone.mouse.up()
    expect(editor).to_contain_text("高 50 %")
    whole = tiles.nth(0).get_attribute("data-photo") or ""
    editor.get_by_role("button", name="完成裁剪").click()
    expect(tiles.nth(0)).not_to_have_attribute("data-photo", whole)
    grip, other = tiles.nth(0).locator("[data-grip]").bounding_box(), tiles.nth(1).bounding_box()
    assert grip is not None
    assert other is not None
    phone.mouse.move(grip["x"] + 5, grip["y"] + 5)
    phone.mouse.down()
    phone.mouse.move(other["x"] + other["width"] / 2, other["y"] + other["height"] / 2, steps=3)
    phone.mouse.up()
    tiles.nth(0).locator("[data-do=remove]").click()
    expect(tiles).to_have_count(1)
    phone.get_by_role("button", name="撤销删除").click()
    expect(tiles.locator(".state")).to_have_text(["已上传 ✓"] * 2)
    assert_accessible(phone)
    hand_in(phone)
    phone.wait_for_url("**/receipt")
    with app.app_context():
        pages = list(db.session.scalars(select(models.Page).order_by(models.Page.position)))
    assert [(one.width, one.height) for one in pages] == [(300, 400), (200, 150)]


def test_an_expired_session_in_the_middle_of_homework_loses_nothing(
    app: Flask, scene: Scene, phone: Page, sign_in: SignIn, photos: list[Path]
) -> None:
    sign_in(phone, scene.student_hat)
    begin(phone, scene)
    with app.app_context(), transaction():
        for login in db.session.scalars(select(LoginSession)):
            db.session.delete(login)
    phone.locator(f"[name=q{scene.number}-value]").fill("3.5")
    phone.locator("[data-photo-plain] input").set_input_files(photos[:1])
    expect(phone.locator("[data-state]")).to_contain_text("登录已失效")
    hand_in(phone)
    expect(phone.locator("[data-sign-in-link]")).to_be_visible()
    assert (count(app, Submission), count(app, Draft)) == (0, 0)
    sign_in(phone, scene.student_hat)
    begin_again = phone.locator(f"[name=q{scene.number}-value]")
    phone.goto(scene.work)
    phone.wait_for_url("**/receipt")
    assert begin_again.count() == 0
    with app.app_context():
        submission = db.session.scalars(select(Submission)).one()
        values = [one.attempt.response for one in db.session.scalars(answers_of([submission.id]))]
        assert {"value": "3.5"} in values
        assert len(values) == 2


def test_what_was_typed_without_handing_in_is_there_after_signing_in_again(
    app: Flask, scene: Scene, phone: Page, sign_in: SignIn, photos: list[Path]
) -> None:
    sign_in(phone, scene.student_hat)
    begin(phone, scene)
    with app.app_context(), transaction():
        for login in db.session.scalars(select(LoginSession)):
            db.session.delete(login)
    phone.locator(f"[name=q{scene.number}-value]").fill("3.5")
    phone.locator("[data-photo-plain] input").set_input_files(photos)
    expect(phone.locator(".photo-tile")).to_have_count(2)
    expect(phone.locator("[data-state]")).to_contain_text("登录已失效")
    sign_in(phone, scene.student_hat)
    begin(phone, scene)
    expect(phone.locator(f"[name=q{scene.number}-value]")).to_have_value("3.5")
    expect(phone.locator(".photo-tile")).to_have_count(2)


def test_two_quick_clicks_hand_in_once(app: Flask, scene: Scene, phone: Page, sign_in: SignIn) -> None:
    sign_in(phone, scene.student_hat)
    begin(phone, scene)
    phone.get_by_label("x=2").check(force=True)
    phone.locator("#hand-in").click()
    phone.locator("#hand-in-dialog button[value=yes]").dblclick(no_wait_after=True)
    phone.wait_for_url("**/receipt")
    assert count(app, Submission) == 1
    with app.app_context():
        # The second click is no answer to the question under the dialog.
        assert db.session.scalars(select(Attempt.response)).all() == [{"choices": ["B"]}]


def test_what_is_no_picture_or_cannot_be_read_here_is_told_at_once(
    scene: Scene, phone: Page, sign_in: SignIn, tmp_path: Path
) -> None:
    sixty_megapixels = struct.pack(">II", 10_000, 6_000)
    files = {
        "作业.jpg": (b"PK\x03\x04 no picture", "不是本机能读取的图片"),
        "苹果.heic": (b"\0\0\0\x18ftypheic" + bytes(16), "HEIC 格式"),
        "大图.png": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + sixty_megapixels + bytes(16), "60 百万像素"),
    }
    sign_in(phone, scene.student_hat)
    begin(phone, scene)
    for name, (content, said) in files.items():
        (tmp_path / name).write_bytes(content)
        phone.locator("[data-photo-plain] input").set_input_files(tmp_path / name)
        expect(phone.locator("[data-photo-note]")).to_contain_text(name)
        expect(phone.locator("[data-photo-note]")).to_contain_text(said)
    expect(phone.locator(".photo-tile")).to_have_count(0)


def test_a_teacher_marks_by_keys_and_returns_to_the_class(
    app: Flask, scene: Scene, desktop: Page, sign_in: SignIn
) -> None:
    with app.app_context(), transaction():
        teacher = db.session.get_one(Hat, scene.teacher_hat)
        (school_class,) = db.session.scalars(classes_of(teacher))
        texts = make_assignment(teacher, school_class, kinds=(ItemKind.NUMERIC,))
        make_submission(texts, db.session.get_one(Hat, scene.student_hat))
        texts_id = texts.id
    sign_in(desktop, scene.teacher_hat)
    desktop.goto(f"/assignments/{texts_id}/marking")
    card = desktop.locator("[data-card]").first
    card.focus()
    desktop.keyboard.press("1")
    desktop.keyboard.press("Enter")
    expect(card.locator("[data-card-state]")).to_have_text("已保存")
    assert_accessible(desktop)
    desktop.get_by_role("button", name="发还全班").click()
    desktop.locator("#return-dialog button[value=yes]").click()
    desktop.wait_for_url(f"**/assignments/{texts_id}?returned=*")
    with app.app_context():
        submission = db.session.scalars(select(Submission).where(Submission.assignment_id == texts_id)).one()
        assert submission.returned_at is not None


def test_a_teacher_plans_with_the_library_and_the_days_load(
    scene: Scene, desktop: Page, sign_in: SignIn
) -> None:
    sign_in(desktop, scene.teacher_hat)
    desktop.goto("/assignments/new")
    desktop.locator("#question-search").fill("方程")
    desktop.locator("#finder button[name=add]").first.click()
    expect(desktop.locator("#plan-questions li")).to_have_count(1)
    desktop.locator("[name=add_photo]").click()
    desktop.locator("#prompt-2").fill("写出解题过程")
    desktop.locator("#class_ids-0").check()
    expect(desktop.locator("#plan-load")).to_contain_text("上限 90 分钟")
    expect(desktop.locator("#prompt-2")).to_have_value("写出解题过程")
    assert_accessible(desktop)
    desktop.locator("#when button[type=submit]").click()
    desktop.wait_for_url("**/assignments/*")
    expect(desktop.get_by_role("status").first).to_contain_text("作业已布置")


def test_every_page_of_homework_is_accessible_and_fits_a_phone(
    app: Flask, scene: Scene, phone: Page, desktop: Page, sign_in: SignIn
) -> None:
    with app.app_context(), transaction():
        assignment = db.session.get_one(Assignment, scene.assignment_id)
        student = db.session.get_one(Hat, scene.student_hat)
        submission = make_submission(assignment, student, photos=0, now=clock.now())
        shown, owed = f"/submissions/{submission.id}", f"/assignments/{assignment.id}"
    sign_in(phone, scene.student_hat)
    for address in ("/assignments", "/assignments?view=done", owed, f"{owed}/work", shown):
        phone.goto(address)
        assert_accessible(phone)
        assert_fits(phone)
    sign_in(desktop, scene.teacher_hat)
    for address in ("/assignments", "/assignments?view=to_mark", owed, f"{owed}/marking", shown):
        desktop.goto(address)
        assert_accessible(desktop)
        assert_fits(desktop)
    desktop.get_by_role("main").get_by_role("button", name="发还给这位学生").click()
    expect(desktop.get_by_role("main")).to_contain_text("4 分（满分 6 分）")
    assert_accessible(desktop)
    phone.goto(shown)
    expect(phone.get_by_role("main")).not_to_contain_text("移项")
    assert_accessible(phone)
    with app.app_context(), transaction():
        db.session.get_one(Assignment, scene.assignment_id).answers_shown = AnswersShown.AT_ONCE
    phone.goto(shown)
    expect(phone.get_by_role("main")).to_contain_text("移项")
    assert_accessible(phone)
    assert_fits(phone)


def test_two_tabs_of_one_device_keep_the_photos_of_both(
    scene: Scene, phone: Page, sign_in: SignIn, tmp_path: Path
) -> None:
    files = []
    for shade in (230, 160, 90):
        files.append(tmp_path / f"{shade}.png")
        Image.new("L", (300, 400), shade).save(files[-1])
    sign_in(phone, scene.student_hat)
    other = phone.context.new_page()
    for tab in (phone, other):
        begin(tab, scene)
    phone.context.set_offline(True)
    for tab, file, there in zip((phone, other, phone), files, (1, 2, 3), strict=True):
        tab.locator("[data-photo-plain] input[type=file]").set_input_files(file)
        expect(tab.locator(".photo-tile")).to_have_count(there)
    phone.locator(".photo-tile").nth(0).locator("[data-do=remove]").click()
    expect(phone.locator(".photo-tile")).to_have_count(2)
    phone.context.set_offline(False)
    other.reload()
    other.wait_for_selector("form[data-ready]")
    expect(other.locator(".photo-tile")).to_have_count(2)
    begin(phone, scene)
    hand_in(phone)
    phone.wait_for_url("**/receipt")
    other.close()
