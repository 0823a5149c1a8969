"""What a newcomer goes through, timed: a fresh clone, empty caches, `make run`, a walk, `make test`.

Run it with `scripts/python -m scripts.inside --dev python -m scripts.first_use`; it writes docs/first-use.md.
Pictures of every page of the walk are left in build/first-use to be looked at.
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

from playwright.sync_api import Browser, Page, sync_playwright

from scripts import debian
from scripts.paths import BUILD, ROOT
from scripts.progress import duration
from scripts.services import free_port
from scripts.stops import Stop, guarded

PASSWORD = "weike-demo"  # noqa: S105 - the demo city's, known to everybody
LIBRARY_ITEMS = 100_000
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
    pages: list[tuple[str, int, str, str, float]] = field(default_factory=list)
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
            "`make run`, a walk through the pages of five people in Chromium, a second start, `make test`.",
            "",
            f"{self.started_at:%Y-%m-%d}, {machine}.",
            "",
            "| step | time |",
            "| --- | --- |",
            *(f"| {what} | {duration(seconds)} |" for what, seconds in self.times),
            "",
            f"`make test` closed with: `{self.tests}`",
            "",
            "## The walk",
            "",
            "Every page that each person's navigation offers, until it stood still in the browser.",
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


def sign_in(page: Page, username: str) -> None:
    """Come in through the door."""
    page.goto("/sign-in")
    page.fill("[name=username]", username)
    page.fill("[name=password]", PASSWORD)
    page.click("main form [type=submit]")
    page.wait_for_url(re.compile(r"^(?!.*/sign-in)"))
    if "/hat" in page.url:  # with several roles, the first one offered
        page.click("main form [type=submit]")
        page.wait_for_url(re.compile(r"^(?!.*/hat)"))


def walk(browser: Browser, clone: Clone, diary: Diary) -> None:
    """Visit every page that the navigation of each person offers, and take its picture."""
    shutil.rmtree(PICTURES, ignore_errors=True)
    PICTURES.mkdir(parents=True)
    for username, who, width in WALKERS:
        context = browser.new_context(
            viewport={"width": width, "height": 844 if width < 600 else 900},  # noqa: PLR2004 - a phone
            locale="zh-CN",
            base_url=f"http://127.0.0.1:{clone.port}",
        )
        page = context.new_page()
        sign_in(page, username)
        links = page.locator("nav a[href^='/']")
        paths = list(dict.fromkeys([page.url, *(link.get_attribute("href") or "" for link in links.all())]))
        for number, path in enumerate(paths):
            started = time.monotonic()
            page.goto(path, wait_until="networkidle")
            taken = time.monotonic() - started
            page.screenshot(path=PICTURES / f"{who}-{width}-{number}.png", full_page=True)
            address = page.url.removeprefix(f"http://127.0.0.1:{clone.port}")
            diary.pages.append((who, width, page.title(), address, taken))
        context.close()


def library_total(page: Page) -> int:
    """How many resources a signed-in person finds."""
    answer = page.request.get("/api/v1/library/resources")
    return int(json.loads(answer.body())["total"]) if answer.ok else 0


def wait_for_library(browser: Browser, clone: Clone, diary: Diary, begun: float) -> None:
    """Wait until the whole library is there."""
    context = browser.new_context(base_url=f"http://127.0.0.1:{clone.port}")
    page = context.new_page()
    sign_in(page, "demo-teacher")
    while library_total(page) < LIBRARY_ITEMS:
        if time.monotonic() - begun > PATIENCE_SECONDS:
            message = f"The library stands at {library_total(page)} items after {duration(PATIENCE_SECONDS)}."
            raise Stop(message)
        time.sleep(2)
    diary.note(f"until all {LIBRARY_ITEMS:,} library items are found", time.monotonic() - begun)
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
    diary = Diary()
    with tempfile.TemporaryDirectory(prefix="weike-first-") as folder, sync_playwright() as playwright:
        clone = Clone(Path(folder) / "weike", free_port())
        subprocess.run(["git", "clone", "--quiet", ROOT, clone.folder], check=True)
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        begun = time.monotonic()
        with clone.running() as seconds:
            diary.note("`make run`, nothing there before, until the page answers", seconds)
            wait_for_library(browser, clone, diary, begun)
            walk(browser, clone, diary)
        with clone.running() as seconds:
            diary.note("`make run`, the second time, until the page answers", seconds)
        browser.close()
        if not options.without_tests:
            run_tests(clone, diary)
    diary.write(ROOT / "docs" / "first-use.md")
    return 0


if __name__ == "__main__":
    sys.exit(guarded(main))
