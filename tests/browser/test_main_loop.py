"""The main job, end to end: one pupil, her teacher and her guardian, through the pages only.

Sign in → search → watch (interval stored) → answer in the video → hand in with two photos → the teacher
marks and returns → the guardian sees it → the suggestion changes and says why.
"""

import io
import re
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import Page, expect
from sqlalchemy import func, select

from accounts.people.models import Hat
from accounts.sign_in.passwords import hash_password
from core import clock
from core.database import db, transaction
from homework.submissions.models import Page as PhotoPage
from homework.submissions.models import Submission
from learning.lessons import services as lessons
from learning.playback.models import PlayedInterval
from library.items.models import ItemKind
from library.media import services as media
from library.resources.models import ResourceKind, Tier
from library.search import services as search
from library.search.current import engine
from tests.browser.conftest import DESKTOP, PHONE, OpenPage, Site
from tests.factories.accounts import make_class, make_guardian, make_student, make_teacher
from tests.factories.homework import make_assignment
from tests.factories.library import make_item, make_point, make_resource, make_subject, make_version
from tests.factories.media import video_bytes

pytestmark = pytest.mark.browser

PASSWORD = "Ein-langes-Passwort-7"
SECONDS = 12
POINT = "移项"
LESSON = "解方程为什么要移项"


@dataclass(frozen=True, slots=True)
class School:
    """Who walks, and what waits for them."""

    pupil: str
    teacher: str
    guardian: str
    assignment_id: int
    student_id: int


@pytest.fixture
def school(site: Site) -> School:
    """A class with a lesson, three questions to hand in, and a library about one knowledge point."""
    now = clock.now()
    with site.app.app_context():
        upload = media.receive_video(io.BytesIO(video_bytes(SECONDS)))
        with transaction():
            school_class = make_class()
            pupil, teacher = make_student(school_class), make_teacher(school_class)
            guardian = make_guardian(pupil)
            names = [_with_password(hat) for hat in (pupil, teacher, guardian)]
            point = make_point(POINT)
            asset = media.add_asset(upload, teacher.person_id, now=now)
            details = lessons.Details(
                title=LESSON, subject_id=make_subject().id, grade_from=7, grade_to=7, tier=Tier.PUBLIC
            )
            lesson = lessons.create_lesson(asset, details, created_by_id=teacher.person_id, now=now)
            lessons.set_points(lesson, [point.id])
            asset_id, lesson_id = asset.id, lesson.id
            for number in range(3):
                make_resource(f"移项练习 {number}", kind=ResourceKind.PRACTICE, points=[point],
                              items=[make_item(points=[point])])  # fmt: skip
                make_resource(f"读懂移项 {number}", points=[point], body="移项要变号。")
            kinds = (ItemKind.CHOICE, ItemKind.NUMERIC, ItemKind.PHOTO)
            assignment = make_assignment(
                teacher,
                school_class,
                versions=[make_version(kind, points=[point]) for kind in kinds],
                opens_at=now - timedelta(hours=1),
                due_at=now + timedelta(hours=5),
                cut_off_at=now + timedelta(days=2),
            )
            made = School(*names, assignment.id, pupil.person_id)
        media.prepare_video(asset_id, lambda _done, _total: None)
        with transaction():
            lesson = db.session.get_one(lessons.MicroLesson, lesson_id)
            lessons.add_checkpoint(lesson, 2, make_item(points=[point]).id, author=None)
            lessons.release(lesson, now=now)
        search.rebuild_index(engine(), lambda _done, _total: None)
    site.work()
    return made


def _with_password(hat: Hat) -> str:
    hat.person.password_hash = hash_password(PASSWORD)
    return hat.person.username


@pytest.fixture
def photos(tmp_path: Path) -> list[Path]:
    """Two pages, as a phone's camera takes them."""
    made = []
    for number in (1, 2):
        image = Image.new("RGB", (1600, 2000), "white")
        ImageDraw.Draw(image).line((100, 100 * number, 1400, 1800), fill="black", width=30)
        path = tmp_path / f"{number}.jpg"
        image.save(path, "JPEG")
        made.append(path)
    return made


def sign_in(page: Page, username: str) -> None:
    page.goto("/sign-in")
    page.locator("input[name=username]").fill(username)
    page.locator("input[name=password]").fill(PASSWORD)
    page.get_by_role("main").locator("button[type=submit]").click()
    page.wait_for_url(re.compile(r"/$"))


def search_and_open(page: Page) -> None:
    page.goto("/library")
    page.locator("#library-q").fill("移项 微课")
    page.locator(".search-form button").click()
    page.get_by_role("link", name=LESSON).click()
    page.locator("main a[href^='/lessons/']").first.click()
    page.wait_for_url(re.compile(r"/lessons/\d+"))


def watch_and_answer(page: Page) -> None:
    page.wait_for_selector("media-controller[mediaduration]")
    page.locator(".big-play").click()
    with page.expect_response("**/api/v1/playback"):
        page.wait_for_selector("dialog#ask[open] fieldset")
    dialog = page.locator("dialog#ask[open]")
    dialog.locator("input[value=A]").check()
    dialog.get_by_role("button", name="作答").click()
    dialog.get_by_role("button", name="再试一次").click()
    dialog.locator("input[value=C]").check()
    dialog.get_by_role("button", name="作答").click()
    expect(dialog.locator("[data-answered=wrong]")).to_be_visible()


def hand_in(page: Page, school: School, photos: list[Path]) -> None:
    page.goto("/assignments")
    page.get_by_role("link", name="去完成").first.click()
    page.wait_for_selector("form[data-ready]")
    page.get_by_label("x=1").check(force=True)
    page.locator("input[name$=-value]").fill("9")
    page.locator("[data-photo-plain] input").set_input_files(photos)
    expect(page.locator(".photo-tile")).to_have_count(2)
    page.locator("#hand-in").click()
    page.locator("#hand-in-dialog button[value=yes]").click()
    page.wait_for_url("**/receipt")


def mark_and_return(page: Page, school: School) -> None:
    page.goto(f"/assignments/{school.assignment_id}/marking")
    page.get_by_role("navigation", name="题目").get_by_role("link").nth(2).click()
    card = page.locator("[data-card]")
    expect(card.locator("img")).to_have_count(2)
    card.get_by_label("评语").fill("步骤完整，符号再看一遍。")
    card.locator("[data-quick='1']").click()
    expect(card.locator("[data-card-state]")).to_contain_text("已保存")
    page.get_by_role("button", name="发还").first.click()
    page.locator("#return-dialog button[value=yes]").click()
    page.wait_for_load_state()


def test_the_main_job_from_the_guide_to_the_next_suggestion(
    site: Site, school: School, open_page: OpenPage, photos: list[Path]
) -> None:
    pupil = open_page(PHONE)
    sign_in(pupil, school.pupil)
    expect(pupil.locator(".suggestion")).to_have_count(0)
    search_and_open(pupil)
    watch_and_answer(pupil)
    hand_in(pupil, school, photos)
    with site.app.app_context():
        assert db.session.scalar(select(func.sum(PlayedInterval.end_seconds))) >= 1
        submission = db.session.scalars(select(Submission)).one()
        assert db.session.scalar(select(func.count()).select_from(PhotoPage)) == 2
        expect(pupil.get_by_role("main")).to_contain_text(submission.content_sha256)

    teacher = open_page(DESKTOP)
    sign_in(teacher, school.teacher)
    mark_and_return(teacher, school)

    guardian = open_page(PHONE)
    sign_in(guardian, school.guardian)
    expect(guardian.get_by_role("main")).to_contain_text("1 分（满分 6 分）")
    guardian.get_by_role("link", name="一元一次方程练习").click()
    expect(guardian.get_by_role("main")).to_contain_text("步骤完整")
    expect(guardian.locator("main form")).to_have_count(0)

    site.work()
    pupil.goto("/")
    suggestion = pupil.locator(".suggestion").first
    expect(suggestion.locator(".reason")).to_contain_text(POINT)
    expect(suggestion.locator(".reason")).to_contain_text(re.compile(r"\d"))
