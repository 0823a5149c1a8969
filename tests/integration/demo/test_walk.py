"""A visitor walks from home to what is shown, by what the pages offer."""

import re

import pytest
from flask import Flask
from sqlalchemy import select

from accounts.people.models import Hat, Person
from core import clock
from core.database import db
from demo.showcase import (
    blanks,
    excess,
    fixes,
    kinds,
    layers,
    paper,
    second_reading,
    shared_marking,
    spoken,
    teams,
    wrong_key,
)
from demo.weeks.demo_class import REVISION, WORDS
from tests.browsers import Browser
from tests.conftest import SignInAs
from tests.integration.demo.conftest import HISTORY, TUESDAY
from tests.stores import Store


class Visitor:
    """Somebody who follows links and knows no addresses; what a page loads later belongs to it."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.page = ""

    def open(self, address: str) -> str:
        answer = self.browser.get(address, follow_redirects=True)
        assert answer.status_code == 200, address
        parts = re.findall(r'hx-get="([^"]+)"', answer.text)
        self.page = "".join(
            [answer.text, *(self.browser.get(one.replace("&amp;", "&")).text for one in parts)]
        )
        return self.page

    def follow(self, words: str) -> str:
        """Follow the first link that says *words*."""
        for address, text in re.findall(r'<a [^>]*href="([^"]+)"[^>]*>(.*?)</a>', self.page, re.DOTALL):
            if words in re.sub(r"<[^>]+>|\s+", " ", text):
                return self.open(address.replace("&amp;", "&"))
        pytest.fail(f"no link says {words}")


@pytest.fixture
def people(kept_history: None, app: Flask, store: Store, monkeypatch: pytest.MonkeyPatch) -> dict[str, Hat]:
    """The demo people in their city, on the day for which it was built."""
    monkeypatch.setattr(clock, "now", lambda: TUESDAY)
    store.restore(app, HISTORY)
    with app.app_context():
        hats = select(Hat).join(Hat.person).where(Person.username.like("demo-%"))
        return {one.person.username: one for one in db.session.scalars(hats)}


def test_a_visitor_finds_everything_by_clicking(people: dict[str, Hat], sign_in_as: SignInAs) -> None:
    teacher = Visitor(sign_in_as(people["demo-teacher"]))
    home = teacher.open("/")
    assert "教师已说明原因" in home
    assert excess.TITLE in teacher.follow("查看原因")
    for title in (teams.TITLE, paper.TITLE, f"{WORDS} 练习", blanks.TITLE, kinds.TITLE):
        teacher.open("/")
        teacher.follow("作业")
        teacher.follow(title)
    teacher.open("/")
    teacher.follow("作业")
    assert "移项要变号" in teacher.follow("评语库")
    teacher.open("/")
    teacher.follow("作业")
    assert second_reading.TITLE in teacher.follow("份作业待您复核")
    teacher.open("/")
    teacher.follow("作业")
    teacher.follow("更正的题目")
    assert wrong_key.REASON in teacher.follow(wrong_key.TITLE)
    teacher.open("/")
    teacher.follow("作业")
    teacher.follow(f"{REVISION} 练习")
    assert "/corrections/pages/" in teacher.follow("订正")
    teacher.open("/")
    teacher.follow("作业")
    teacher.follow(shared_marking.TITLE)
    assert "同学 0" in teacher.follow("批改")

    pupil = Visitor(sign_in_as(people["demo-student"]))
    pupil.open("/")
    assert "没有检验" in pupil.follow(f"{REVISION} 练习")
    assert fixes.ONCE_MORE in pupil.follow("订正")
    pupil.open("/")
    assert wrong_key.REASON in pupil.page
    pupil.open("/")
    assert "单独评分" in pupil.follow(teams.TITLE)
    pupil.open("/")
    assert "运动会" in pupil.follow(layers.TITLE)

    guardian = Visitor(sign_in_as(people["demo-guardian"]))
    guardian.open("/")
    assert "<audio" in guardian.follow(spoken.TITLE)
    guardian.open("/")
    assert "没有检验" in guardian.follow(f"{REVISION} 练习")
