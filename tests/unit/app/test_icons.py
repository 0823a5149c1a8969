import re
from pathlib import Path

ROOT = Path(__file__).parents[3]
LISTED = [
    line
    for line in (ROOT / "frontend/icons.txt").read_text().splitlines()
    if line and not line.startswith("#")
]
CALL = re.compile(r"""\bicon\(\s*["']([\w-]+)["']""")
ARGUMENT = re.compile(r"""\b(?:icon|kind)=["']([\w-]+)["']""")
EMPTY = re.compile(r"""\bempty\(\s*["']([\w-]+)["']""")

OTHER_KINDS = {"bar", "line", "radio", "checkbox", "captions", "chapters"}
"""Of charts, inputs and text tracks: said by the same word as a file tile's icon."""


def used() -> dict[str, str]:
    found = {}
    for path in ROOT.glob("*/templates/**/*.html"):
        text = path.read_text(encoding="utf-8")
        for pattern in (CALL, ARGUMENT, EMPTY):
            found.update(dict.fromkeys(pattern.findall(text), str(path.relative_to(ROOT))))
    return {name: place for name, place in found.items() if name not in OTHER_KINDS}


def test_every_icon_in_a_template_is_in_the_sprite() -> None:
    assert {name: place for name, place in used().items() if name not in LISTED} == {}


def test_the_list_is_sorted_and_names_each_icon_once() -> None:
    assert sorted(set(LISTED)) == LISTED
