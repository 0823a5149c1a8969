"""Documents that a program can hold true."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from app.settings import PREFIX, Settings
from scripts.clean import FLOORS

ROOT = Path(__file__).parents[3]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"\]\((?!https?://|mailto:|#)([^)#\s]+)")


def test_every_setting_is_documented_and_no_other() -> None:
    page = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    documented = set(re.findall(rf"^\| `({PREFIX}(?!TEST_)\w+)`", page, re.MULTILINE))

    assert documented == {PREFIX + field.name.upper() for field in fields(Settings)}


def test_every_setting_is_read_by_something() -> None:
    """A setting that nothing reads promises what does not happen."""
    settings = ROOT / "app" / "settings.py"
    code = "".join(
        path.read_text(encoding="utf-8")
        for floor in FLOORS
        for kind in ("*.py", "*.html")
        for path in (ROOT / floor).rglob(kind)
        if path != settings
    )
    own = settings.read_text(encoding="utf-8")
    unread = [
        field.name
        for field in fields(Settings)
        if field.name.upper() not in code and not re.search(rf"\b(self|settings)\.{field.name}\b", code + own)
    ]
    assert unread == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_between_documents_lead_somewhere(document: Path) -> None:
    targets = LINK.findall(document.read_text(encoding="utf-8"))

    assert [target for target in targets if not (document.parent / target).exists()] == []


def test_every_command_of_the_readme_is_a_target() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    texts = "".join(
        path.read_text(encoding="utf-8") for path in (ROOT / "README.md", ROOT / "CONTRIBUTING.md")
    )

    assert set(re.findall(r"\bmake ([a-z]+)\b(?=[ `\n#])", texts)) <= targets


def test_the_readme_is_the_same_in_both_languages() -> None:
    english, chinese = (
        (ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "README.zh-CN.md")
    )
    for pattern in (r"^```sh\n(.*?)```", r"^#+ ", r"^\| `(demo-\w+)`"):
        count = [len(re.findall(pattern, text, re.MULTILINE | re.DOTALL)) for text in (english, chinese)]
        assert count[0] == count[1], pattern
