"""What a class of 45 wrote into the ten blanks of the demo city, judged with keys alone."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy import select

from core.database import db
from demo.showcase.blanks import BLANKS, written
from homework.marking.models import Mark
from homework.marking.progress import progress
from homework.submissions.models import Answer
from homework.submissions.queries import answers_of
from tests.integration.homework.test_refusals import PUPILS, Scene, class_of_45

pytestmark = pytest.mark.browser

SignIn = Callable[[Page, int], None]


def is_right(blank: int, text: str) -> bool:
    """What a teacher who reads it says: neither empty nor one of the typical errors."""
    _before, _key, wrong = BLANKS[blank]
    return bool(text.strip()) and text.strip() not in wrong


def points_by_eye(app: Flask) -> Iterator[tuple[float, float]]:
    """Of each pupil: the points that her answer has, and those that who reads all of it would give."""
    with app.app_context():
        marks = {one.answer_id: one.points for one in db.session.scalars(select(Mark))}
        submission_ids = db.session.scalars(select(Answer.submission_id)).all()
        for answer in db.session.scalars(answers_of(submission_ids)):
            texts = answer.attempt.response["blanks"]
            yield marks[answer.id], float(sum(is_right(*one) for one in enumerate(texts)))


def test_a_class_of_45_with_ten_blanks_is_judged_with_fewer_than_ten_groups_of_keys(
    app: Flask, desktop: Page, sign_in: SignIn
) -> None:
    """A group of keys is: go down to a text that is right all the same, and press 1."""
    scene: Scene = class_of_45(app, [key for _before, key, _wrong in BLANKS], written)
    sign_in(desktop, scene.teacher.id)
    desktop.goto(f"/assignments/{scene.assignment_id}/marking/refused")
    cards = desktop.locator("[data-card]")
    shown = [
        (int(card.locator("input[name=blank]").input_value()), card.get_attribute("aria-label") or "")
        for card in cards.all()
    ]
    assert any(points != wanted for points, wanted in points_by_eye(app))
    groups = [""]
    for number, (blank, text) in enumerate(shown):
        expect(cards.nth(number)).to_be_focused()
        key = "1" if is_right(blank, text) else "j"
        desktop.keyboard.press(key)
        groups[-1] += key
        if key == "1":
            expect(cards.nth(number).locator("[data-card-state]")).to_have_text("已保存")
            groups.append("")
    assert len(groups) < 10, groups
    assert sum(len(one) for one in groups) == len(shown)
    found = list(points_by_eye(app))
    assert len(found) == PUPILS
    assert all(points == wanted for points, wanted in found)
    with app.app_context():
        stands = progress(scene.teacher, [scene.assignment_id])[scene.assignment_id]
        assert (stands.handed_in, stands.unmarked, stands.to_return) == (PUPILS, 0, PUPILS)
