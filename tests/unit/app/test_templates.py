"""What holds for every template of every package."""

import re
from pathlib import Path

from flask import Flask

ROOT = Path(__file__).parents[3]
ASSET = re.compile(r"""asset_url\(\s*["']([^"']+)["']\s*\)""")
FORM = re.compile(r"<form\b.*?</form>", re.DOTALL)
POSTS = re.compile(r"""method=["']post["']""", re.IGNORECASE)
TOKEN = re.compile(r"csrf_token|hidden_tag\(\)|\btoken\(\)")
TEMPLATES = {
    str(path.relative_to(ROOT)): path.read_text(encoding="utf-8")
    for path in sorted(ROOT.glob("*/templates/**/*.html"))
}


def places(pattern: str) -> list[str]:
    return [place for place, text in TEMPLATES.items() if re.search(pattern, text)]


def test_each_compiles(app: Flask) -> None:
    for place, text in TEMPLATES.items():
        app.jinja_env.compile(text, name=place)


def test_none_has_styles_or_handlers_of_its_own_which_the_content_policy_would_drop() -> None:
    assert places(r"\s(style|on[a-z]+)=[\"']") == []


def test_none_asks_for_behaviour_of_bootstrap_whose_scripts_are_not_shipped() -> None:
    assert places("data-bs-(toggle|dismiss)") == []


def test_all_our_own_static_files_exist(app: Flask) -> None:
    known = app.extensions["assets"].files
    wanted = [(name, place) for place, text in TEMPLATES.items() for name in ASSET.findall(text)]
    assert [pair for pair in wanted if pair[0] not in known and not pair[0].startswith("vendor/")] == []


def test_whatever_is_posted_carries_the_token() -> None:
    forms = [(place, form) for place, text in TEMPLATES.items() for form in FORM.findall(text)]
    assert [place for place, form in forms if POSTS.search(form) and not TOKEN.search(form)] == []
