"""A served application and a real Chromium.

Every page is watched: an error in its console, a request to another host, or a breach of the content
policy fails the test that caused it.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright

from core.jobs import services as jobs
from tests.browsers import signed_in_browser
from tests.webs import served

PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 900}
CHROMIUM_FLAGS = [
    # A microphone that hums, and the permission to hear it.
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
POLL_SECONDS = 0.05


@dataclass(frozen=True, slots=True)
class Site:
    """The served application: its address, and a way to have background work done now."""

    url: str
    app: Flask

    def work(self) -> None:
        """Run the jobs that wait."""
        with self.app.app_context():
            jobs.run_waiting()


@pytest.fixture
def site(app: Flask) -> Iterator[Site]:
    """The application of this test behind a real web server."""
    with served(app, threads=6) as url:
        yield Site(url, app)


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """Playwright itself."""
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """Debian's Chromium, or the one that ``CHROMIUM`` names."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        pytest.fail("There is no Chromium. `make test` installs it; CHROMIUM may name one.")
    opened = playwright.chromium.launch(executable_path=path, args=CHROMIUM_FLAGS)
    yield opened
    opened.close()


@contextmanager
def watched(context: BrowserContext, url: str) -> Iterator[Page]:
    """A page of *context* whose errors and foreign requests fail the test."""
    problems: list[str] = []
    page = context.new_page()
    page.set_default_timeout(10_000)
    page.on("pageerror", lambda error: problems.append(f"script: {error}"))
    page.on("console", lambda message: _note_console(problems, message))
    page.on("request", lambda request: _note_host(problems, request.url, url))
    yield page
    assert problems == []


EXPECTED = (
    "Failed to load resource",  # answers with an error status are tested as such
    # htmx's words for a request that a newer one replaced; one that failed has words of its own besides.
    "htmx:sendAbort",
    "htmx:afterRequest",
)


def _note_console(problems: list[str], message: Any) -> None:  # noqa: ANN401 -- Playwright's ConsoleMessage is not exported
    if message.type == "error" and not message.text.startswith(EXPECTED):
        problems.append(f"console of {message.page.url}: {message.text}")


def _note_host(problems: list[str], requested: str, url: str) -> None:
    parts = urlsplit(requested)
    if parts.scheme in {"http", "https"} and parts.netloc != urlsplit(url).netloc:
        problems.append(f"third party: {requested}")


OpenPage = Callable[..., Page]


@pytest.fixture
def open_page(browser: Browser, site: Site) -> Iterator[OpenPage]:
    """Open pages in fresh browsers: ``open_page(PHONE)``, ``open_page(DESKTOP, locale="en")``."""
    opened: list[tuple[BrowserContext, Any]] = []

    def make(viewport: dict[str, int], *, locale: str = "zh-CN", dark: bool = False) -> Page:
        context = browser.new_context(
            viewport={"width": viewport["width"], "height": viewport["height"]},
            has_touch=viewport == PHONE,
            locale=locale,
            color_scheme="dark" if dark else "light",
            base_url=site.url,
        )
        keeper = watched(context, site.url)
        opened.append((context, keeper))
        return keeper.__enter__()

    yield make
    for context, keeper in opened:
        # What a closing browser breaks off is no fault of the page.
        try:
            keeper.__exit__(None, None, None)
        finally:
            context.close()


@pytest.fixture
def phone(open_page: OpenPage) -> Page:
    """A phone, 390 px wide, Chinese."""
    return open_page(PHONE)


@pytest.fixture
def desktop(open_page: OpenPage) -> Page:
    """A desktop, 1280 px wide, Chinese."""
    return open_page(DESKTOP)


SignIn = Callable[[Page, int], None]


@pytest.fixture
def sign_in(site: Site) -> SignIn:
    """Sign a page's browser in as the hat of this id, without the sign-in page."""

    def carry(page: Page, hat_id: int) -> None:
        browser = signed_in_browser(site.app, hat_id)
        name = site.app.config["SESSION_COOKIE_NAME"]
        cookie = browser.get_cookie(name)
        assert cookie is not None
        page.context.add_cookies([{"name": name, "value": cookie.value, "url": site.url}])

    return carry
