"""The colours of app/static/app/css/tokens.css can be read: WCAG 2.2, 1.4.3 and 1.4.11."""

import re
from pathlib import Path

import pytest

CSS = (Path(__file__).parents[3] / "app/static/app/css/tokens.css").read_text(encoding="utf-8")
TONES = ("jade", "blue", "green", "amber", "red", "plum", "neutral")
ON_GROUND = [
    (ink, ground) for ink in ("ink", "ink-soft", "primary") for ground in ("paper", "card", "sunken")
]
ON_TONE = [(f"{tone}-ink", f"{tone}-soft") for tone in TONES]
ON_CARD = [(f"{tone}-ink", "card") for tone in TONES]


def colours(theme: str) -> dict[str, str]:
    block = re.search(rf'\[data-bs-theme="{theme}"\] \{{(.*?)\n\}}', CSS, re.DOTALL)
    assert block
    return dict(re.findall(r"--wk-([\w-]+): (#[0-9a-f]{6});", block[1]))


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_both_themes_name_the_same_colours() -> None:
    assert colours("light").keys() == colours("dark").keys()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), [*ON_GROUND, *ON_TONE, *ON_CARD, ("on-primary", "primary")])
def test_text_stands_out_from_its_ground(theme: str, ink: str, ground: str) -> None:
    named = colours(theme)
    assert contrast(named[ink], named[ground]) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("ground", ["paper", "card"])
@pytest.mark.parametrize("mark", ["edge", "focus", *(f"{tone}-mark" for tone in TONES)])
def test_edges_and_marks_stand_out_from_their_ground(theme: str, ground: str, mark: str) -> None:
    named = colours(theme)
    assert contrast(named[mark], named[ground]) >= 3


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_link_colour_is_the_same_in_both_its_forms(theme: str) -> None:
    block = re.search(rf'\[data-bs-theme="{theme}"\] \{{(.*?)\n\}}', CSS, re.DOTALL)
    assert block
    parts = re.search(r"--wk-primary-rgb: (\d+), (\d+), (\d+);", block[1])
    assert parts
    assert "#{:02x}{:02x}{:02x}".format(*map(int, parts.groups())) == colours(theme)["primary"]
