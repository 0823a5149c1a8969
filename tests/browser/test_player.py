"""A pupil watches in a real browser: what she saw is stored, questions stop the video, nothing is lost."""

import io
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from core.clock import now
from core.database import db, transaction
from core.errors import Unavailable
from learning.attempts.models import Attempt
from learning.lessons import services as lessons
from learning.lessons.moments import ChapterLine
from learning.playback.models import PlayedInterval, Registration
from learning.records.models import Statement
from learning.records.verbs import Verb
from library.media import services as media
from library.resources.models import ResourceKind, Tier
from tests.browser.accessibility import assert_accessible, assert_fits
from tests.browser.conftest import DESKTOP, PHONE, OpenPage, SignIn, Site
from tests.factories.accounts import make_student, make_teacher
from tests.factories.library import make_item, make_point, make_resource, make_subject, make_version
from tests.factories.media import video_bytes

pytestmark = pytest.mark.browser

SECONDS = 12
CAPTIONS = (
    "WEBVTT\n\n00:00.000 --> 00:05.000\n天平两边同时拿走同样的砝码。\n\n00:05.000 --> 00:12.000\n它仍然平衡。"
)


@dataclass(frozen=True, slots=True)
class Scene:
    """A lesson with a question at its third second, and who watches it."""

    lesson_id: int
    practice_id: int
    pupil_hat_id: int
    teacher_hat_id: int


@pytest.fixture
def scene(site: Site) -> Scene:
    with site.app.app_context():
        upload = media.receive_video(io.BytesIO(video_bytes(SECONDS)))
        with transaction():
            pupil, teacher = make_student(), make_teacher()
            point = make_point()
            asset = media.add_asset(upload, teacher.person_id, now=now())
            details = lessons.Details(
                title="一元一次方程", subject_id=make_subject().id, grade_from=7, grade_to=7, tier=Tier.PUBLIC
            )
            lesson = lessons.create_lesson(asset, details, created_by_id=teacher.person_id, now=now())
            lessons.set_points(lesson, [point.id])
            lessons.set_chapters(lesson, [ChapterLine(0, "引入"), ChapterLine(6, "小结")])
            lessons.attach_tracks(lesson, [lessons.Track("zh-CN", CAPTIONS)])
            practice = make_resource("练习", kind=ResourceKind.PRACTICE, items=[make_item(points=[point])])
            made = Scene(lesson.id, practice.id, pupil.id, teacher.id)
            asset_id = asset.id
        media.prepare_video(asset_id, unheard)
        with transaction():
            lesson = db.session.get_one(lessons.MicroLesson, made.lesson_id)
            lessons.add_checkpoint(lesson, 3, make_version().item_id, author=None)
            lessons.release(lesson, now=now())
    return made


def unheard(done: int, total: int) -> None:
    """Nobody waits for this video."""


Watch = Callable[[Page], None]


@pytest.fixture
def watch(site: Site, scene: Scene, sign_in: SignIn) -> Watch:
    """Open the lesson in a page as the pupil and begin to play."""

    def begin(page: Page) -> None:
        sign_in(page, scene.pupil_hat_id)
        page.goto(f"/lessons/{scene.lesson_id}")
        page.wait_for_selector("media-controller[mediaduration]")
        page.locator(".big-play").click()

    return begin


def stored(site: Site) -> list[PlayedInterval]:
    with site.app.app_context():
        return list(db.session.scalars(select(PlayedInterval)))


def test_what_is_played_is_stored_as_intervals_and_statements(phone: Page, site: Site, watch: Watch) -> None:
    watch(phone)
    with phone.expect_response("**/api/v1/playback") as answer:
        phone.wait_for_selector("dialog#ask[open] fieldset")
    told = answer.value.json()
    assert {one["verdict"] for one in told["results"]} == {"accepted"}
    assert 2 < told["seen_seconds"] < 5
    with site.app.app_context():
        statement = db.session.scalars(select(Statement).where(Statement.verb == Verb.PLAYED.value)).first()
    assert statement is not None
    expect(phone.locator("[data-coverage-text]")).to_contain_text("%")


def test_the_question_stops_the_video_and_goes_to_the_ledger(phone: Page, site: Site, watch: Watch) -> None:
    watch(phone)
    dialog = phone.locator("dialog#ask[open]")
    expect(dialog.locator("fieldset")).to_be_visible()
    assert phone.evaluate("document.querySelector('video').paused")
    assert phone.evaluate("document.activeElement.name") == "answer-choices"
    assert_accessible(phone)
    dialog.locator("input[value=A]").check()
    dialog.get_by_role("button", name="作答").click()
    expect(dialog.locator("[data-answered=wrong]")).to_be_visible()
    expect(dialog).not_to_contain_text("移项得")
    dialog.get_by_role("button", name="再试一次").click()
    dialog.locator("input[value=B]").check()
    dialog.get_by_role("button", name="作答").click()
    expect(dialog.locator("[data-answered=right]")).to_be_visible()
    assert_fits(phone)
    dialog.get_by_role("button", name="继续").click()
    phone.wait_for_selector("media-controller:not([mediapaused])")
    with site.app.app_context():
        attempts = db.session.scalars(select(Attempt.is_correct).order_by(Attempt.id)).all()
    assert attempts == [False, True]


def test_looking_again_leads_back_to_the_explanation(phone: Page, watch: Watch) -> None:
    watch(phone)
    dialog = phone.locator("dialog#ask[open]")
    dialog.locator("input[value=A]").check()
    dialog.get_by_role("button", name="作答").click()
    dialog.get_by_role("button", name="回看").click()
    expect(phone.locator("dialog#ask")).not_to_be_visible()
    assert phone.evaluate("document.querySelector('video').currentTime") < 2.5
    expect(phone.locator("dialog#ask[open] fieldset")).to_be_visible()


def test_what_the_server_did_not_take_is_sent_after_the_tab_was_closed(
    open_page: OpenPage, site: Site, scene: Scene, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = open_page(DESKTOP)
    with monkeypatch.context() as outage:
        outage.setattr("learning.playback.services.play", refuse)
        watch(page)
        page.wait_for_selector("dialog#ask[open] fieldset")
        assert stored(site) == []
        context = page.context
        page.close()
    again = context.new_page()
    with again.expect_response("**/api/v1/playback") as answer:
        again.goto(f"/lessons/{scene.lesson_id}")
    # What the closing page sent with its last breath may have arrived first.
    assert {one["verdict"] for one in answer.value.json()["results"]} <= {"accepted", "duplicate"}
    with site.app.app_context():
        assert db.session.scalars(select(Registration.seen_seconds)).one() > 2


def refuse(*_what: object, **_how: object) -> None:
    """The server is there, but can take nothing just now."""
    raise Unavailable


def test_the_keyboard_drives_the_player(desktop: Page, watch: Watch) -> None:
    watch(desktop)
    desktop.wait_for_selector("media-controller:not([mediapaused])")
    desktop.keyboard.press("k")
    desktop.wait_for_selector("media-controller[mediapaused]")
    desktop.keyboard.press("5")
    desktop.wait_for_selector("[data-transcript] [aria-current][data-seek='5.0']")
    desktop.keyboard.press(">")
    desktop.wait_for_selector("media-controller[mediaplaybackrate='1.25']")
    desktop.keyboard.press("m")
    desktop.wait_for_selector("media-controller[mediamuted]")
    desktop.keyboard.press("c")
    shown = "[...document.querySelector('video').textTracks].filter(t => t.mode === 'showing')"
    assert desktop.evaluate(f"{shown}.map(t => t.kind)") == ["chapters"]
    desktop.keyboard.press("?")
    expect(desktop.locator("#keyboard-help")).to_be_visible()


def test_a_chapter_leads_to_its_second(desktop: Page, watch: Watch) -> None:
    watch(desktop)
    desktop.get_by_role("button", name="小结").click()
    desktop.wait_for_selector(".chapter-list [aria-current][data-seek='6.0']")
    assert desktop.evaluate("document.querySelector('video').currentTime") >= 6


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_pages_of_lessons_and_exercises_are_accessible_and_fit(
    open_page: OpenPage, scene: Scene, sign_in: SignIn, viewport: dict[str, int]
) -> None:
    page = open_page(viewport)
    sign_in(page, scene.pupil_hat_id)
    for path in ("/lessons", f"/lessons/{scene.lesson_id}", f"/practice/{scene.practice_id}"):
        page.goto(path)
        page.wait_for_load_state("networkidle")
        assert_accessible(page)
        assert_fits(page)


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_pages_for_making_lessons_are_accessible_and_fit(
    open_page: OpenPage, scene: Scene, sign_in: SignIn, viewport: dict[str, int]
) -> None:
    page = open_page(viewport)
    sign_in(page, scene.teacher_hat_id)
    for path in ("/lessons?mine=1", "/lessons/new", f"/lessons/{scene.lesson_id}/edit"):
        page.goto(path)
        assert_accessible(page)
        assert_fits(page)


def test_an_exercise_goes_on_without_a_new_page(phone: Page, scene: Scene, sign_in: SignIn) -> None:
    sign_in(phone, scene.pupil_hat_id)
    phone.goto(f"/practice/{scene.practice_id}")
    phone.get_by_role("button", name="作答").click()
    expect(phone.locator(".field-error")).to_be_visible()
    phone.locator("input[value=A]").check()
    phone.get_by_role("button", name="作答").click()
    expect(phone.locator(".is-review")).to_be_visible()
    phone.get_by_role("link", name="给我一个提示").click()
    expect(phone.locator(".hints")).to_contain_text("先移项")
    phone.locator("input[value=B]").check()
    phone.get_by_role("button", name="作答").click()
    phone.get_by_role("link", name="查看练习情况").click()
    expect(phone.get_by_role("heading", name="逐题查看")).to_be_visible()
