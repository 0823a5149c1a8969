"""What a newcomer goes through, timed: a fresh clone, empty caches, `make run`, the main job, `make test`.

Run it with `scripts/python -m scripts.inside --dev python -m scripts.first_use`; it writes docs/first-use.md.
Pictures of every step and of every page are left in build/first-use to be looked at.
"""

import argparse
import contextlib
import json
import os
import platform
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont
from playwright.sync_api import Browser, Page, sync_playwright

from scripts import debian, loop
from scripts.paths import BUILD, ROOT
from scripts.progress import duration
from scripts.services import free_port
from scripts.stops import Stop, guarded

PASSWORD = "weike-demo"  # noqa: S105 - the demo city's, known to everybody
LIBRARY_ITEMS = 100_000
PUPIL = "林小雨"
LESSON = "一次函数：k 和 b 各管什么"
WORDS = "一次函数 微课"
WORK = "一次函数的图象 练习"
COMMENT = "每一步都有依据，检验也写了。"
ON_PAPER = ("5(x - 9) + 8x = 72", "5x - 45 + 8x = 72", "13x = 117", "x = 9")
PHOTO_SIZE = (1600, 2000)
LOOKS = (("zh-CN", "light"), ("en", "light"), ("zh-CN", "dark"))
"""Every page is pictured in each of these; the times are of the first."""
PATIENCE_SECONDS = 1_800
PICTURES = BUILD / "first-use"
WALKERS = (
    ("demo-student", "pupil", 390),
    ("demo-teacher", "teacher", 1280),
    ("demo-guardian", "guardian", 390),
    ("demo-district", "district", 1280),
    ("demo-city", "city", 1280),
)


@dataclass
class Diary:
    """What happened, and how long it took."""

    started_at: datetime = field(default_factory=lambda: datetime.now(UTC))
    times: list[tuple[str, float]] = field(default_factory=list)
    steps: list[tuple[str, int, str, float]] = field(default_factory=list)
    pages: list[tuple[str, int, str, str, float]] = field(default_factory=list)
    reason: str = ""
    tests: str = ""

    def note(self, what: str, seconds: float) -> None:
        """Write down a time, and say it."""
        self.times.append((what, seconds))
        print(f"{what}: {duration(seconds)}", flush=True)

    def write(self, place: Path) -> None:
        """Write the page."""
        machine = f"{os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}"
        lines = [
            "# First use",
            "",
            "What a newcomer goes through, timed by `scripts/first_use.py`: a fresh clone, empty caches,",
            "`make run`, the main job walked by four people in Chromium, every page, a second start,",
            "`make test`.",
            "",
            f"{self.started_at:%Y-%m-%d}, {machine}.",
            "",
            "| step | time |",
            "| --- | --- |",
            *(f"| {what} | {duration(seconds)} |" for what, seconds in self.times),
            "",
            f"`make test` closed with: `{self.tests}`"
            if self.tests
            else "`make test` was left out this time.",
            "",
            "## The main job",
            "",
            "The steps are those of [the test](../tests/browser/test_main_loop.py), through the demo city.",
            "",
            "| step | person | width | what she does | seconds |",
            "| --- | --- | --- | --- | --- |",
            *(
                f"| {number} | {who} | {width} | {what} | {taken:.1f} |"
                for number, (who, width, what, taken) in enumerate(self.steps, start=1)
            ),
            "",
            f"The suggestion said: “{self.reason}”",
            "",
            "## Every page",
            "",
            "Every page that each person's navigation offers, until it stood still in the browser. Each was",
            "pictured in Chinese, in English and in the dark.",
            "",
            "| person | width | page | address | seconds |",
            "| --- | --- | --- | --- | --- |",
            *(
                f"| {who} | {width} | {title} | `{path}` | {taken:.2f} |"
                for who, width, title, path, taken in self.pages
            ),
            "",
        ]
        place.write_text("\n".join(lines), encoding="utf-8")


@dataclass(frozen=True)
class Clone:
    """A fresh clone with caches of its own, all empty."""

    folder: Path
    port: int

    def environment(self) -> dict[str, str]:
        """An environment in which nothing was ever downloaded."""
        caches = self.folder.parent / "caches"
        own = {
            "XDG_CACHE_HOME": caches,
            "PIP_CACHE_DIR": caches / "pip",
            "UV_CACHE_DIR": caches / "uv",
            "npm_config_cache": caches / "npm",
        }
        kept = {name: value for name, value in os.environ.items() if name not in {"DATA_DIR", "VIRTUAL_ENV"}}
        return {**kept, **{name: str(value) for name, value in own.items()}, "PORT": str(self.port)}

    @contextlib.contextmanager
    def running(self) -> Iterator[float]:
        """`make run` until the block ends; yields the seconds until it answered.

        Raises:
            Stop: it does not answer, or leaves a process behind.
        """
        started = time.monotonic()
        process = subprocess.Popen(
            ["make", "run"], cwd=self.folder, env=self.environment(), start_new_session=True
        )
        try:
            while self.get("/healthz") is None:
                if process.poll() is not None or time.monotonic() - started > PATIENCE_SECONDS:
                    message = "make run did not come to answer."
                    raise Stop(message)
                time.sleep(0.2)
            yield time.monotonic() - started
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGINT)  # as Ctrl-C does
            process.wait()
        if left := self.processes():
            message = f"These processes outlived make run: {left}."
            raise Stop(message)

    def processes(self) -> list[str]:
        """The processes whose program lies in the clone."""
        found = []
        for place in Path("/proc").glob("[0-9]*/cmdline"):
            with contextlib.suppress(OSError):
                command = place.read_bytes().replace(b"\0", b" ").decode(errors="replace")
                if command.startswith(str(self.folder)):
                    found.append(command.strip())
        return found

    def get(self, path: str, headers: Mapping[str, str] | None = None) -> bytes | None:
        """The content at *path*, None when there is no good answer."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("GET", path, headers=dict(headers or {}))
            answer = connection.getresponse()
            return answer.read() if answer.status == 200 else None  # noqa: PLR2004 - HTTP's own number
        except (OSError, HTTPException):
            return None
        finally:
            connection.close()


@dataclass
class Walker:
    """One person with a browser of her own, and what she does with it, step by step."""

    page: Page
    who: str
    diary: Diary

    @property
    def width(self) -> int:
        """How wide her screen is."""
        assert self.page.viewport_size is not None
        return self.page.viewport_size["width"]

    @contextlib.contextmanager
    def step(self, what: str) -> Iterator[None]:
        """Time a step, and take a picture of where it ended."""
        started = time.monotonic()
        yield
        taken = time.monotonic() - started
        self.page.wait_for_load_state("networkidle")
        self.diary.steps.append((self.who, self.width, what, taken))
        number = len(self.diary.steps)
        self.page.screenshot(path=PICTURES / f"step-{number:02d}-{self.who}-{self.width}.png")
        print(f"{number:2d} {self.who}: {what}: {taken:.1f} s", flush=True)


def a_browser(browser: Browser, clone: Clone, width: int, look: tuple[str, str] = LOOKS[0]) -> Page:
    """A phone or a desktop that shows pages in *look*."""
    language, scheme = look
    is_phone = width < 600  # noqa: PLR2004 - a phone
    context = browser.new_context(
        viewport={"width": width, "height": 844 if is_phone else 900},
        has_touch=is_phone,
        locale=language,
        color_scheme="dark" if scheme == "dark" else "light",
        base_url=f"http://127.0.0.1:{clone.port}",
    )
    return context.new_page()


def walk_main_job(browser: Browser, clone: Clone, diary: Diary) -> None:
    """Go through the main job: the pupil, her teacher, her guardian, the pupil again, the district."""

    def walker(place: int) -> Walker:
        username, who, width = WALKERS[place]
        made = Walker(a_browser(browser, clone, width), who, diary)
        with made.step("signs in"):
            loop.sign_in(made.page, username, PASSWORD)
        return made

    pupil = walker(0)
    with pupil.step(f"searches for “{WORDS}”"):
        loop.search(pupil.page, WORDS, LESSON)
    with pupil.step(f"opens the micro-lesson “{LESSON}”"):
        loop.open_lesson(pupil.page, LESSON)
    with pupil.step("watches until the video asks; what was played is stored"):
        loop.watch(pupil.page)
    with pupil.step("answers in the video"):
        loop.answer_in_lesson(pupil.page, 0, 1)
    with (
        tempfile.TemporaryDirectory() as folder,
        pupil.step(f"hands in “{WORK}” with a photo; gets a receipt"),
    ):
        assignment = loop.hand_in(pupil.page, WORK, [photo(Path(folder))])
    teacher = walker(1)
    with teacher.step("sees the photo"):
        card = loop.see_hand_in(teacher.page, assignment, PUPIL, 1)
    with teacher.step("marks it, with a comment"):
        loop.mark(card, 4, COMMENT)
    with teacher.step("returns the work"):
        loop.return_work(teacher.page)
    guardian = walker(2)
    with guardian.step("reads the result"):
        loop.read_result(guardian.page, WORK, COMMENT)
    with pupil.step("sees the result"):
        loop.read_result(pupil.page, WORK, COMMENT)
    with pupil.step("sees what to learn next, and why"):
        diary.reason = loop.read_suggestion(pupil.page)
    district = walker(3)
    with district.step("sees what the schools use"):
        loop.read_figures(district.page)
    with district.step("clicks down to the rows of a figure"):
        loop.click_down(district.page)


def photo(folder: Path) -> Path:
    """A page of squared paper with an equation worked on it, as a phone's camera takes it."""
    image = Image.new("RGB", PHOTO_SIZE, "white")
    draw = ImageDraw.Draw(image)
    width, height = PHOTO_SIZE
    for at in range(0, max(PHOTO_SIZE), 80):
        draw.line((at, 0, at, height), fill="lightblue", width=2)
        draw.line((0, at, width, at), fill="lightblue", width=2)
    for number, line in enumerate(ON_PAPER):
        draw.text((160, 240 + 320 * number), line, fill="darkblue", font=ImageFont.load_default(120))
    path = folder / "page.jpg"
    image.save(path, "JPEG")
    return path


def see_every_page(browser: Browser, clone: Clone, diary: Diary) -> None:
    """Visit every page that the navigation of each person offers, and take its pictures."""
    for username, who, width in WALKERS:
        for look in LOOKS:
            page = a_browser(browser, clone, width, look)
            loop.sign_in(page, username, PASSWORD)
            links = page.locator("nav a[href^='/']")
            paths = dict.fromkeys(["/", *(link.get_attribute("href") or "" for link in links.all())])
            for number, path in enumerate(paths):
                started = time.monotonic()
                page.goto(path, wait_until="networkidle")
                taken = time.monotonic() - started
                page.screenshot(
                    path=PICTURES / f"page-{who}-{width}-{number}-{'-'.join(look)}.png", full_page=True
                )
                if look == LOOKS[0]:
                    address = page.url.removeprefix(f"http://127.0.0.1:{clone.port}")
                    diary.pages.append((who, width, page.title(), address, taken))
            page.context.close()


def library_total(page: Page) -> int:
    """How many resources a signed-in person finds."""
    answer = page.request.get("/api/v1/library/resources")
    return int(json.loads(answer.body())["total"]) if answer.ok else 0


def found(page: Page, title: str) -> bool:
    """Whether a signed-in person finds the resource called *title*."""
    answer = page.request.get("/api/v1/library/resources", params={"q": title, "type": "micro_lesson"})
    return answer.ok and any(one["title"] == title for one in json.loads(answer.body())["items"])


def wait_for_library(browser: Browser, clone: Clone, diary: Diary, begun: float) -> None:
    """Wait until the whole library is there."""
    context = browser.new_context(base_url=f"http://127.0.0.1:{clone.port}")
    page = context.new_page()
    loop.sign_in(page, "demo-teacher", PASSWORD)
    while library_total(page) < LIBRARY_ITEMS:
        if time.monotonic() - begun > PATIENCE_SECONDS:
            message = f"The library stands at {library_total(page)} items after {duration(PATIENCE_SECONDS)}."
            raise Stop(message)
        time.sleep(2)
    diary.note(f"until all {LIBRARY_ITEMS:,} library items are found", time.monotonic() - begun)
    while not found(page, LESSON):
        if time.monotonic() - begun > PATIENCE_SECONDS:
            message = f"The micro-lesson “{LESSON}” is not there after {duration(PATIENCE_SECONDS)}."
            raise Stop(message)
        time.sleep(2)
    diary.note("until the last micro-lesson is found", time.monotonic() - begun)
    context.close()


def run_tests(clone: Clone, diary: Diary) -> None:
    """`make test` in the clone."""
    started = time.monotonic()
    done = subprocess.run(
        ["make", "test"],
        cwd=clone.folder,
        env=clone.environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    diary.note("`make test`", time.monotonic() - started)
    said = [line for line in done.stdout.splitlines() if re.search(r"\d+ passed", line)]
    diary.tests = said[-1].strip("= ") if said else done.stdout[-200:]


def main() -> int:
    """Go through it all and write the page."""
    parser = argparse.ArgumentParser(prog="scripts.first_use", description=__doc__)
    parser.add_argument("--without-tests", action="store_true", help="leave make test out")
    options = parser.parse_args()
    chromium = debian.chromium()
    if chromium is None:
        message = "There is no Chromium to walk with: make test installs it."
        raise Stop(message)
    diary, page = Diary(), ROOT / "docs" / "first-use.md"
    with tempfile.TemporaryDirectory(prefix="weike-first-") as folder, sync_playwright() as playwright:
        clone = Clone(Path(folder) / "weike", free_port())
        subprocess.run(["git", "clone", "--quiet", ROOT, clone.folder], check=True)
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        begun = time.monotonic()
        with clone.running() as seconds:
            diary.note("`make run`, nothing there before, until the page answers", seconds)
            wait_for_library(browser, clone, diary, begun)
            shutil.rmtree(PICTURES, ignore_errors=True)
            PICTURES.mkdir(parents=True)
            walk_main_job(browser, clone, diary)
            see_every_page(browser, clone, diary)
        with clone.running() as seconds:
            diary.note("`make run`, the second time, until the page answers", seconds)
        browser.close()
        diary.write(page)  # the tests take longest: what is known by now is not lost with them
        if not options.without_tests:
            run_tests(clone, diary)
            diary.write(page)
    return 0


if __name__ == "__main__":
    sys.exit(guarded(main))
