"""What axe-core finds on a page, in both themes."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

THEMES = ("light", "dark")
OPTIONS = {"preload": False}
"""Without copying style sheets: axe would write them into the page, and the content policy refuses that."""
_CHANGE_THEME = """async (theme) => {
  document.documentElement.dataset.bsTheme = theme;
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  const ending = document.getAnimations().filter((one) => one.effect?.getTiming().iterations !== Infinity);
  await Promise.allSettled(ending.map((one) => one.finished));
}"""


def assert_accessible(page: Page, *, themes: tuple[str, ...] = THEMES) -> None:
    """Fail with every violation of WCAG and of good practice on the page as it stands now.

    Movement is stilled first: a colour half-way between two themes has no contrast to measure.
    """
    page.emulate_media(reduced_motion="reduce")
    for theme in themes:
        page.evaluate(_CHANGE_THEME, theme)
        found = Axe().run(page, options=OPTIONS).response["violations"]
        told = [_told(violation, theme) for violation in found]
        assert told == [], f"{page.url}: {told}"


def assert_fits(page: Page) -> None:
    """Fail if the page scrolls sideways."""
    wide, room = page.evaluate("() => [document.documentElement.scrollWidth, window.innerWidth]")
    assert wide <= room, f"{page.url} is {wide} px wide in a window of {room}"


def _told(violation: dict[str, Any], theme: str) -> str:
    places = "; ".join(f"{node['html'][:160]} ({_why(node)})" for node in violation["nodes"][:3])
    return f"{theme}: {violation['id']}: {violation['help']} ({len(violation['nodes'])}): {places}"


def _why(node: dict[str, Any]) -> str:
    """What axe measured, such as the two colours and their contrast."""
    return "; ".join(check["message"] for check in [*node["any"], *node["all"], *node["none"]])
