"""A pupil reads a PDF in a real browser: drawn by pdf.js, or as pictures where that does not run."""

import io

import pytest
from playwright.sync_api import Browser, Page, expect

from core.clock import now
from core.database import db, transaction
from library.documents.queries import asset_of, resources_with
from library.documents.services import add, read_document, receive
from library.media import services as media
from library.media.models import MediaState
from library.resources.models import Resource, Tier
from library.resources.services import Wording, place
from tests.browser.accessibility import assert_accessible, assert_fits
from tests.browser.conftest import DESKTOP, PHONE, OpenPage, SignIn, Site
from tests.factories.accounts import make_class, make_student, make_teacher
from tests.factories.documents import make_document, pdf_bytes
from tests.factories.media import picture_bytes, recording_bytes, video_bytes

pytestmark = pytest.mark.browser

SCRIPT = '/OpenAction << /S /JavaScript /JS (app.alert\\("run"\\)) >>'
DRAWN = """() => {
  const canvas = document.querySelector(".document-page canvas");
  const pixels = canvas?.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data ?? [];
  return pixels.some((value, at) => at % 4 === 0 && value < 64);
}"""
"""Whether something dark stands on the page."""


class Scene:
    """A published PDF of three pages, which also carries a script, and a pupil of the school."""

    def __init__(self, site: Site) -> None:
        with site.app.app_context():
            with transaction():
                school_class = make_class()
                teacher, pupil = make_teacher(school_class), make_student(school_class)
                content = pdf_bytes("First", "Second", "Third", catalog=SCRIPT)
                document = make_document(teacher, content, pages=3, state=MediaState.WAITING)
                self.resource_id, self.pupil_id = document.id, pupil.id
                asset_id = db.session.scalars(asset_of(document.id)).one().id
            read_document(asset_id)


@pytest.fixture
def scene(site: Site) -> Scene:
    return Scene(site)


def shown_by(page: Page, what: str) -> None:
    expect(page.locator(f'[data-pdf][data-shown-by="{what}"]')).to_be_visible()


@pytest.mark.parametrize("screen", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_a_pdf_is_drawn_turned_by_keys_and_made_larger(
    open_page: OpenPage, scene: Scene, sign_in: SignIn, screen: dict[str, int]
) -> None:
    page = open_page(screen)
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    sign_in(page, scene.pupil_id)

    page.goto(f"/library/{scene.resource_id}")

    shown_by(page, "pdf.js")
    expect(page.locator(".textLayer")).to_contain_text("First")
    assert page.evaluate(DRAWN)
    assert_fits(page)
    assert_accessible(page)
    page.locator(".document-view").press("ArrowRight")
    expect(page.locator(".textLayer")).to_contain_text("Second")
    assert page.url.endswith("page=2")
    page.locator("#document-page").fill("3")
    page.locator("#document-page").press("Enter")
    expect(page.locator(".textLayer")).to_contain_text("Third")
    before = page.locator(".document-page canvas").bounding_box()
    page.locator("[data-zoom=in]").click()
    page.wait_for_function(
        "(width) => document.querySelector('.document-page canvas').clientWidth > width", arg=before["width"]
    )
    assert_fits(page)


def test_where_it_does_not_run_pictures_of_the_pages_are_turned(
    open_page: OpenPage, scene: Scene, sign_in: SignIn
) -> None:
    page = open_page(PHONE)
    page.route("**/vendor/pdf/**", lambda route: route.abort())
    sign_in(page, scene.pupil_id)

    page.goto(f"/library/{scene.resource_id}")

    shown_by(page, "pictures")
    page.locator("[data-to=next]").click()
    picture = page.locator(".document-page img")
    expect(picture).to_have_attribute("src", f"/library/{scene.resource_id}/pages/2.jpg")
    page.wait_for_function("() => document.querySelector('.document-page img').naturalWidth > 600")
    assert_accessible(page)


def test_without_a_script_the_links_turn_the_pages(
    browser: Browser, open_page: OpenPage, site: Site, scene: Scene, sign_in: SignIn
) -> None:
    with_script = open_page(DESKTOP)
    sign_in(with_script, scene.pupil_id)
    context = browser.new_context(
        java_script_enabled=False,
        base_url=site.url,
        storage_state=with_script.context.storage_state(),
    )
    page = context.new_page()

    page.goto(f"/library/{scene.resource_id}")
    page.locator("[data-to=next]").click()

    assert page.url.endswith("page=2")
    expect(page.locator(".document-page img")).to_have_attribute(
        "src", f"/library/{scene.resource_id}/pages/2.jpg"
    )
    context.close()


@pytest.fixture
def media_scene(site: Site) -> tuple[int, dict[str, int]]:
    """A pupil, and a picture, a recording and a video of the school, all published."""
    files = {"picture": picture_bytes(1600, 900), "sound": recording_bytes(), "video": video_bytes(6)}
    with site.app.app_context():
        received = {name: receive(io.BytesIO(content), "") for name, content in files.items()}
        with transaction():
            school_class = make_class()
            teacher, pupil = make_teacher(school_class), make_student(school_class)
            pupil_id, ids, assets = pupil.id, {}, {}
            for name, one in received.items():
                wording = Wording(title=name, grade_from=7, grade_to=7, text="What there is to see.")
                assets[name] = add(one, wording, author=teacher, quota_mb=100, now=now()).id
                ids[name] = db.session.scalars(resources_with(assets[name])).one()
        media.prepare_sound(assets["sound"], unheard)
        media.prepare_video(assets["video"], unheard)
        with transaction():
            for one in ids.values():
                place(db.session.get_one(Resource, one), Tier.SCHOOL, school_class.school_id, now=now())
    return pupil_id, ids


def unheard(done: int, total: int) -> None:
    """Nobody waits for it."""


@pytest.mark.parametrize("screen", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_pictures_are_made_larger_and_recordings_and_videos_play(
    open_page: OpenPage,
    media_scene: tuple[int, dict[str, int]],
    sign_in: SignIn,
    screen: dict[str, int],
) -> None:
    pupil_id, ids = media_scene
    page = open_page(screen)
    sign_in(page, pupil_id)

    page.goto(f"/library/{ids['picture']}")
    picture = page.locator(".is-picture img")
    before = picture.bounding_box()
    page.locator(".is-picture").press("+")
    page.wait_for_function(
        "(width) => document.querySelector('.is-picture img').clientWidth > width", arg=before["width"]
    )
    assert_fits(page)
    assert_accessible(page)
    for name, element in (("sound", "audio"), ("video", "video")):
        page.goto(f"/library/{ids[name]}")
        assert_fits(page)
        assert_accessible(page)
        page.locator(element).evaluate("(one) => { one.muted = true; return one.play(); }")
        page.wait_for_function("(name) => document.querySelector(name).currentTime > 0.3", arg=element)
