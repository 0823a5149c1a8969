"""The main job, end to end: one pupil, her teacher and her guardian, through the pages only.

Sign in → search → watch (interval stored) → answer in the video → hand in with two photos → the teacher
marks and returns → the guardian sees it → the suggestion changes and says why.
"""

import io
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import expect
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
from scripts import loop
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
WORK = "一元一次方程练习"
COMMENT = "步骤完整，符号再看一遍。"


@dataclass(frozen=True, slots=True)
class School:
    """Who walks, and what waits for them."""

    pupil: str
    teacher: str
    guardian: str
    name: str
    """The pupil's."""
    assignment_id: int


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
            made = School(*names, pupil.person.name, assignment.id)
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


def test_the_main_job_from_the_guide_to_the_next_suggestion(
    site: Site, school: School, open_page: OpenPage, photos: list[Path]
) -> None:
    pupil = open_page(PHONE)
    loop.sign_in(pupil, school.pupil, PASSWORD)
    expect(pupil.locator(".suggestion")).to_have_count(0)
    loop.search(pupil, "移项 微课", LESSON)
    loop.open_lesson(pupil, LESSON)
    loop.watch(pupil)
    loop.answer_in_lesson(pupil, 0, 2)
    expect(pupil.locator("dialog#ask [data-answered=wrong]")).to_be_visible()
    assert loop.hand_in(pupil, WORK, photos) == school.assignment_id
    with site.app.app_context():
        assert db.session.scalar(select(func.sum(PlayedInterval.end_seconds))) >= 1
        submission = db.session.scalars(select(Submission)).one()
        assert db.session.scalar(select(func.count()).select_from(PhotoPage)) == 2
        expect(pupil.get_by_role("main")).to_contain_text(submission.content_sha256)

    teacher = open_page(DESKTOP)
    loop.sign_in(teacher, school.teacher, PASSWORD)
    card = loop.see_hand_in(teacher, school.assignment_id, school.name, len(photos))
    loop.mark(card, 1, COMMENT)
    loop.return_work(teacher)

    guardian = open_page(PHONE)
    loop.sign_in(guardian, school.guardian, PASSWORD)
    expect(guardian.get_by_role("main")).to_contain_text("1 分（满分 6 分）")
    loop.read_result(guardian, WORK, COMMENT)

    site.work()
    assert POINT in loop.read_suggestion(pupil)
