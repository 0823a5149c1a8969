"""Work over lines that are thin, lose what is sent, or are not there; and the same work on two devices."""

import random
import re
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import numpy as np
import pytest
from flask import Flask
from PIL import Image, ImageDraw
from playwright.sync_api import BrowserContext, Page, Route, expect
from sqlalchemy import func, select

from core import clock
from core.database import db, transaction
from homework.assignments.queries import questions_of
from homework.sending.models import SentFile
from homework.submissions import models
from homework.submissions.models import Submission
from homework.submissions.queries import answers_of
from learning.playback.models import PlayedInterval
from library.items.models import ItemKind
from tests.browser.accessibility import assert_accessible, assert_fits
from tests.browser.conftest import DESKTOP, PHONE, OpenPage, SignIn
from tests.factories.accounts import make_class, make_student, make_teacher
from tests.factories.homework import make_assignment
from tests.factories.learning import make_lesson, make_registration
from tests.factories.media import make_video_asset

pytestmark = pytest.mark.browser

LOSS = 0.2
SEED = 94
"""Of a line that loses a fifth, and loses something while three pages are on their way."""
RATE = 300_000 / 8
"""300 kbit/s, in bytes a second."""
EVENTS = 500
FILES, HAND_INS = "**/api/v1/assignments/*/files", "**/api/v1/assignments/*/submissions"
WATCH_STATES = """() => {
  const tell = (one) => one.textContent && window.saw(one.textContent);
  const look = () => document.querySelectorAll(".photo-tile .state, [data-state]").forEach(tell);
  new MutationObserver(look).observe(document.getElementById("work"), {subtree: true, childList: true});
}"""
KEEP_INTERVALS = """(intervals) => new Promise((resolve) => {
  const asked = indexedDB.open("weike-playback", 1);
  asked.onupgradeneeded = () => asked.result.createObjectStore("intervals", {keyPath: "id"});
  asked.onsuccess = () => {
    const change = asked.result.transaction("intervals", "readwrite");
    intervals.forEach((one) => change.objectStore("intervals").put(one));
    change.oncomplete = () => { asked.result.close(); resolve(); };
  };
})"""


@dataclass(frozen=True)
class Scene:
    """Three works of a number and a photo, and a lesson, for one pupil."""

    assignment_ids: list[int]
    numbers: list[int]
    student_hat: int
    person_id: int
    lesson_id: int
    registration: UUID

    @property
    def works(self) -> list[str]:
        return [f"/assignments/{one}/work" for one in self.assignment_ids]


@pytest.fixture
def scene(app: Flask) -> Scene:
    now = clock.now()
    with app.app_context(), transaction():
        school_class = make_class()
        teacher, student = make_teacher(school_class), make_student(school_class)
        made = [
            make_assignment(
                teacher,
                school_class,
                kinds=(ItemKind.NUMERIC, ItemKind.PHOTO),
                opens_at=now - timedelta(hours=1),
                due_at=now + timedelta(hours=5),
                cut_off_at=now + timedelta(days=2),
            )
            for _one in range(3)
        ]
        numbers = [next(iter(db.session.scalars(questions_of(one.id)))).id for one in made]
        lesson = make_lesson(asset=make_video_asset(seconds=EVENTS))
        registration = make_registration(student.person, lesson, now=now - timedelta(hours=2))
        return Scene(
            [one.id for one in made],
            numbers,
            student.id,
            student.person_id,
            lesson.id,
            registration.uuid,
        )


def page_of_a_notebook(folder: Path, number: int) -> Path:
    """A photographed page: lines of strokes on paper with the noise of a phone's camera."""
    dice = np.random.default_rng(number)
    paper = Image.new("L", (3000, 4000), 225)
    pen = ImageDraw.Draw(paper)
    for line in range(30):
        y = 200 + line * 125
        for stroke in range(40):
            x = 150 + stroke * 68
            dx, dy = dice.integers(10, 50, 2)
            pen.line((x, y, x + int(dx), y + int(dy)), fill=40, width=8)
    noisy = np.asarray(paper, np.int16) + dice.normal(0, 2, (4000, 3000)).astype(np.int16)
    path = folder / f"{number}.jpg"
    Image.fromarray(noisy.clip(0, 255).astype(np.uint8)).save(path, "JPEG", quality=90)
    return path


@dataclass
class Line:
    """A line that loses a fifth of what is sent, half of it on the way there and half on the way back."""

    seed: int
    paths: tuple[str, ...]
    lost: int = 0

    def lay(self, context: BrowserContext) -> None:
        self.dice = random.Random(self.seed)  # noqa: S311 -- a repeatable line, no secret
        for path in self.paths:
            context.route(path, self.carry)

    def carry(self, route: Route) -> None:
        if self.dice.random() >= LOSS:
            route.continue_()
            return
        self.lost += 1
        if self.lost % 2:
            route.abort("connectionreset")
        else:
            route.fetch()
            route.abort("connectionreset")


def begin(page: Page, work: str) -> None:
    page.goto(work)
    page.wait_for_selector("form[data-ready]")


def hand_in(page: Page) -> None:
    page.locator("#hand-in").click()
    page.locator("#hand-in-dialog button[value=yes]").click()


def count(app: Flask, model: type) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_three_photos_over_300_kbit_a_second_that_lose_a_fifth_arrive_once_and_show_how_far_they_are(
    app: Flask, scene: Scene, phone: Page, sign_in: SignIn, tmp_path: Path
) -> None:
    seen: set[str] = set()
    sign_in(phone, scene.student_hat)
    phone.expose_function("saw", lambda words: seen.update({words}))
    begin(phone, scene.works[0])
    phone.evaluate(WATCH_STATES)
    line = Line(seed=SEED, paths=(FILES, HAND_INS))
    line.lay(phone.context)
    thin = {"offline": False, "latency": 100, "downloadThroughput": RATE, "uploadThroughput": RATE}
    phone.context.new_cdp_session(phone).send("Network.emulateNetworkConditions", thin)
    pages = [page_of_a_notebook(tmp_path, number) for number in range(3)]
    phone.locator("[data-photo-plain] input[type=file]").set_input_files(pages)
    expect(phone.locator(".photo-tile")).to_have_count(3, timeout=20_000)
    hand_in(phone)
    phone.wait_for_url("**/receipt", timeout=60_000)
    assert line.lost >= 2, "the line lost hardly anything"
    assert {"等待中", "已上传 ✓"} <= seen
    assert len({one for one in seen if one.endswith(" %") and one not in {"0 %", "100 %"}}) >= 3
    assert any(one.startswith("正在上传照片：共 3 张，已上传 1 张") for one in seen)
    with app.app_context():
        submission = db.session.scalars(select(Submission)).one()
        assert submission.content_sha256 in phone.get_by_role("main").inner_text()
        stored = list(db.session.scalars(select(models.Page).order_by(models.Page.position)))
        assert len({one.upload_sha256 for one in stored}) == 3
        assert all(max(one.width, one.height) >= 1600 for one in stored)
    assert count(app, SentFile) == 0


def test_what_was_done_without_a_network_is_sent_later_and_once_after_the_tabs_were_closed(
    app: Flask, scene: Scene, phone: Page, sign_in: SignIn, tmp_path: Path
) -> None:
    sign_in(phone, scene.student_hat)
    context = phone.context
    tabs = [phone, context.new_page(), context.new_page()]
    for tab, work in zip(tabs, scene.works, strict=True):
        begin(tab, work)
    context.set_offline(True)
    photo = tmp_path / "small.jpg"
    Image.new("L", (600, 800), 200).save(photo, "JPEG")
    for tab, number in zip(tabs, scene.numbers, strict=True):
        tab.locator(f"[name=q{number}-value]").fill(str(number + 0.5))
        tab.locator("[data-photo-plain] input[type=file]").set_input_files(photo)
        expect(tab.locator(".photo-tile .state")).to_have_text("联网后自动发送")
        hand_in(tab)
        # Of three tabs two are in the background, where a browser lets timers wait.
        expect(tab.locator("[data-state]")).to_contain_text("已保存在本机，还没有送达", timeout=20_000)
    journal = played_intervals(scene)
    phone.evaluate(KEEP_INTERVALS, journal)
    last = context.new_page()
    for tab in tabs:
        tab.close()
    assert (count(app, Submission), count(app, PlayedInterval)) == (0, 0)

    context.set_offline(False)
    line = Line(seed=SEED, paths=(FILES, HAND_INS, "**/api/v1/playback"))
    line.lay(context)

    def stumble(route: Route) -> None:
        if count(app, Submission) < 2:
            route.fulfill(status=500, body="{}")
        else:
            route.fallback()

    # What goes wrong with one piece of work holds up none of the others.
    context.route(f"**/api/v1/assignments/{scene.assignment_ids[0]}/submissions", stumble)
    last.goto("/")
    said = last.locator("[data-pending] li")
    expect(said).to_have_count(3)
    for place in range(3):
        expect(said.nth(place)).to_contain_text(re.compile("已于 .* 收到"), timeout=60_000)
    assert_fits(last)
    last.goto("/assignments")
    expect(last.locator("[data-pending]")).to_be_hidden()
    last.goto(f"/lessons/{scene.lesson_id}")
    wait_until_sent(last)
    assert line.lost >= 2, "the line lost hardly anything"
    with app.app_context():
        made = list(db.session.scalars(select(Submission).order_by(Submission.assignment_id)))
        assert [one.assignment_id for one in made] == scene.assignment_ids
        said = [
            {"value": str(number + 0.5)} in [one.attempt.response for one in answers]
            for number, answers in zip(
                scene.numbers,
                ([*db.session.scalars(answers_of([one.id]))] for one in made),
                strict=True,
            )
        ]
        assert said == [True] * 3
        played = list(db.session.scalars(select(PlayedInterval).order_by(PlayedInterval.wall_start)))
        assert [str(one.uuid) for one in played] == [one["id"] for one in journal]


def test_two_devices_show_both_texts_and_lose_neither(
    app: Flask, scene: Scene, open_page: OpenPage, sign_in: SignIn
) -> None:
    phone, tablet = open_page(PHONE), open_page(DESKTOP)
    field = f"[name=q{scene.numbers[0]}-value]"
    for device in (phone, tablet):
        sign_in(device, scene.student_hat)
        begin(device, scene.works[0])
    tablet.locator(field).fill("35")
    expect(tablet.locator("[data-state]")).to_contain_text("已于")
    phone.locator(field).fill("3.5")
    choice = phone.locator("[data-elsewhere]")
    expect(choice).to_be_visible()
    expect(choice.locator("tbody tr")).to_have_text(["13.535"])
    assert_accessible(phone)
    assert_fits(phone)
    choice.locator("[data-take-other]").click()
    phone.wait_for_selector("form[data-ready]")
    expect(phone.locator(field)).to_have_value("35")
    phone.locator("[data-take-back]").click()
    phone.wait_for_selector("form[data-ready]")
    expect(phone.locator(field)).to_have_value("3.5")
    hand_in(phone)
    phone.wait_for_url("**/receipt")
    tablet.locator(field).fill("36")
    expect(tablet.locator("[data-state]")).to_contain_text("另一台设备上提交了")
    hand_in(tablet)
    tablet.wait_for_url("**/receipt")
    with app.app_context():
        numbers = list(db.session.scalars(select(Submission.number).order_by(Submission.number)))
    assert numbers == [1, 2]


def played_intervals(scene: Scene) -> list[dict[str, object]]:
    """Eight minutes of a lesson, second by second, as the player notes it."""
    begun = clock.now() - timedelta(minutes=30)
    return [
        {
            "id": str(uuid4()),
            "person": str(scene.person_id),
            "registration": str(scene.registration),
            "lesson_id": scene.lesson_id,
            "start": float(second),
            "end": second + 1.0,
            "rate": 1,
            "wall_start": (begun + timedelta(seconds=second)).isoformat(),
            "wall_end": (begun + timedelta(seconds=second + 1)).isoformat(),
        }
        for second in range(EVENTS)
    ]


def wait_until_sent(page: Page) -> None:
    """Nothing of what was played waits on the device any more."""
    page.evaluate(
        """async () => {
          const database = await new Promise((resolve) => {
            const asked = indexedDB.open("weike-playback", 1);
            asked.onsuccess = () => resolve(asked.result);
          });
          const left = () => new Promise((resolve) => {
            const all = database.transaction("intervals").objectStore("intervals").count();
            all.onsuccess = () => resolve(all.result);
          });
          while (await left()) await new Promise((resolve) => setTimeout(resolve, 100));
          database.close();
        }"""
    )
