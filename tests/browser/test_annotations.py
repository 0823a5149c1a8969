"""A teacher draws on a pupil's photograph; the pupil sees it on her phone."""

import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import pytest
from flask import Flask
from PIL import Image, ImageDraw
from playwright.sync_api import Page as BrowserPage
from playwright.sync_api import Route, expect
from sqlalchemy import select

from accounts.people.models import Hat
from core import clock
from core.database import db, transaction
from homework.annotations.models import PageNote
from homework.annotations.shapes import NoteKind
from homework.assignments import queries
from homework.marking.services import mark, return_one
from homework.submissions.models import Answer, Page, Submission
from homework.submissions.services import Work
from homework.workbook.services import hand_in
from library.items.models import ItemKind
from library.media.pictures import take_picture
from tests.browser.accessibility import assert_accessible, assert_fits
from tests.browser.conftest import DESKTOP, PHONE, OpenPage
from tests.factories.accounts import make_class, make_student, make_teacher
from tests.factories.homework import make_assignment

pytestmark = pytest.mark.browser

SignIn = Callable[[BrowserPage, int], None]


@dataclass(frozen=True)
class Scene:
    page_id: int
    submission_id: int
    teacher_hat: int
    student_hat: int


@pytest.fixture
def scene(app: Flask) -> Scene:
    """A photographed page, handed in."""
    now = clock.now()
    with app.app_context(), transaction():
        school_class = make_class()
        teacher, student = make_teacher(school_class), make_student(school_class)
        assignment = make_assignment(
            teacher,
            school_class,
            kinds=(ItemKind.PHOTO,),
            opens_at=now - timedelta(hours=1),
            due_at=now + timedelta(hours=5),
            cut_off_at=now + timedelta(days=2),
        )
        question = db.session.scalars(queries.questions_of(assignment.id)).one()
        pictures = {question.id: (take_picture(_sheet()),)}
        work = Work(client_key=UUID(int=1), responses={}, pictures=pictures)
        submission, _is_new = hand_in(assignment, student, work, now=now)
        page = db.session.scalars(select(Page)).one()
        return Scene(page.id, submission.id, teacher.id, student.id)


def _sheet() -> io.BytesIO:
    image = Image.new("RGB", (1200, 1600), "#f6f2e8")
    pen = ImageDraw.Draw(image)
    for row in range(8):
        pen.line((120, 240 + 160 * row, 1080, 240 + 160 * row), fill="#3b3b6d", width=6)
    out = io.BytesIO()
    image.save(out, "JPEG")
    out.seek(0)
    return out


def kinds(app: Flask) -> list[NoteKind]:
    with app.app_context():
        shown = select(PageNote.kind).where(PageNote.removed_at.is_(None)).order_by(PageNote.id)
        return list(db.session.scalars(shown))


def give_back(app: Flask, scene: Scene) -> None:
    with app.app_context(), transaction():
        teacher, now = db.session.get_one(Hat, scene.teacher_hat), clock.now()
        mark(db.session.scalars(select(Answer)).one(), teacher, points=1.0, version=0, now=now)
        return_one(db.session.get_one(Submission, scene.submission_id), teacher, now=now)


def draw_a_line(page: BrowserPage, x: float, y: float) -> None:
    page.mouse.move(x, y)
    page.mouse.down()
    for step in range(20):
        page.mouse.move(x + 12 * step, y + (step % 5) * 6)
    page.mouse.up()


def test_a_teacher_annotates_a_page_and_the_pupil_sees_it(
    app: Flask, scene: Scene, open_page: OpenPage, sign_in: SignIn
) -> None:
    page = open_page(DESKTOP)
    sign_in(page, scene.teacher_hat)
    page.goto(f"/pages/{scene.page_id}/annotate")
    box = page.locator("[data-annotate-ink]").bounding_box()
    assert box is not None
    draw_a_line(page, box["x"] + 200, box["y"] + 100)
    page.keyboard.press("1")
    page.mouse.click(box["x"] + 500, box["y"] + 200)
    page.keyboard.press("t")
    page.mouse.click(box["x"] + 150, box["y"] + 300)
    page.locator("#annotate-text").fill("移项要变号\n再算一遍")
    page.get_by_role("button", name="写字").last.click()
    # By keys alone: a stamp at the cross, and one step back.
    page.locator("[data-annotate-stage]").focus()
    page.keyboard.press("2")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("[data-annotate-count]")).to_have_text("4")
    page.keyboard.press("z")
    expect(page.locator("[data-annotate-count]")).to_have_text("3")
    page.keyboard.press("v")
    page.mouse.click(box["x"] + 700, box["y"] + 120)
    page.wait_for_timeout(700)
    page.locator("[data-annotate-stop]").click()
    page.locator("[data-annotate-voice] button[value=yes]").click()
    expect(page.locator("[data-annotate-count]")).to_have_text("4")
    expect(page.locator("[data-annotate-state]")).to_have_text("已保存")
    assert_accessible(page)
    assert sorted(kinds(app)) == sorted(NoteKind)
    page.reload()
    expect(page.locator("[data-annotate-notes] > g")).to_have_count(4)

    give_back(app, scene)
    phone = open_page(PHONE)
    sign_in(phone, scene.student_hat)
    phone.goto(f"/submissions/{scene.submission_id}")
    expect(phone.locator(".page-drawing")).to_be_visible()
    expect(phone.locator("audio")).to_have_count(1)
    phone.locator(".page-photo").click()
    expect(phone.locator("[data-viewer-drawing]")).to_be_visible()
    photo, drawing = (phone.locator(f"[data-viewer-{one}]").bounding_box() for one in ("picture", "drawing"))
    assert photo == drawing
    phone.keyboard.press("Escape")
    assert_accessible(phone)
    assert_fits(phone)


def without_network(route: Route) -> None:
    """What is sent is lost."""
    if route.request.method == "POST":
        route.abort()
    else:
        route.continue_()


def test_what_is_drawn_without_a_network_is_sent_later(
    app: Flask, scene: Scene, open_page: OpenPage, sign_in: SignIn
) -> None:
    page = open_page(PHONE)
    sign_in(page, scene.teacher_hat)
    address = f"/pages/{scene.page_id}/annotate"
    page.goto(address)
    page.route(f"**{address}", without_network)
    page.keyboard.press("1")
    page.locator("[data-annotate-ink]").click(position={"x": 80, "y": 80})
    expect(page.locator("[data-annotate-state]")).to_contain_text("已保存在本机")
    page.reload()
    expect(page.locator("[data-annotate-notes] > g")).to_have_count(1)
    page.unroute(f"**{address}")
    expect(page.locator("[data-annotate-state]")).to_have_text("已保存", timeout=15_000)
    assert kinds(app) == [NoteKind.STAMP]
    assert_fits(page)
