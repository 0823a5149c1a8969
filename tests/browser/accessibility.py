"""What axe-core finds on a page, in both themes."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

THEMES = ("light", "dark")
OPTIONS = {"preload": False, "resultTypes": ["violations"]}
"""Without copying style sheets: axe would write them into the page, and the content policy refuses that."""
OF_COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
"""What another theme can change: it sets colours and nothing else, so the other rules are asked once."""
_AXE = Axe().axe_script
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
    told = violations_of(page, themes=themes)
    assert told == [], f"{page.url}: {told}"


def violations_of(page: Page, *, themes: tuple[str, ...] = THEMES) -> list[str]:
    """Every violation on the page as it stands now, in words."""
    page.emulate_media(reduced_motion="reduce")
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(_AXE)
    told: list[str] = []
    for number, theme in enumerate(themes):
        page.evaluate(_CHANGE_THEME, theme)
        options = OPTIONS if number == 0 else OPTIONS | OF_COLOURS
        found = page.evaluate("(options) => axe.run(document, options)", options)["violations"]
        told += [_told(violation, theme) for violation in found]
    return told


def assert_fits(page: Page) -> None:
    """Fail if the page scrolls sideways."""
    assert not too_wide(page), f"{page.url}: {too_wide(page)}"


def too_wide(page: Page) -> str:
    """By how much the page scrolls sideways, in words; empty if it does not."""
    wide, room = page.evaluate("() => [document.documentElement.scrollWidth, window.innerWidth]")
    return f"{wide} px wide in a window of {room}" if wide > room else ""


def _told(violation: dict[str, Any], theme: str) -> str:
    places = "; ".join(f"{node['html'][:160]} ({_why(node)})" for node in violation["nodes"][:3])
    return f"{theme}: {violation['id']}: {violation['help']} ({len(violation['nodes'])}): {places}"


def _why(node: dict[str, Any]) -> str:
    """What axe measured, such as the two colours and their contrast."""
    return "; ".join(check["message"] for check in [*node["any"], *node["all"], *node["none"]])
