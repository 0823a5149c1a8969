"""An exercise, walked by links and forms as without any script."""

from time import time
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import select

from core.database import db, transaction
from learning.attempts.models import Attempt
from library.items.models import ItemKind
from library.resources.models import ResourceKind
from tests.browsers import Browser
from tests.conftest import SignInAs
from tests.factories.accounts import make_guardian, make_student
from tests.factories.library import make_item, make_resource


@pytest.fixture
def pupil(app: Flask, sign_in_as: SignInAs) -> Browser:
    with app.app_context():
        with transaction():
            hat = make_student()
        db.session.refresh(hat)
    return sign_in_as(hat)


@pytest.fixture
def resource_id(app: Flask) -> int:
    with app.app_context(), transaction():
        items = [
            make_item(
                hints=["先移项。", "再除以二。"],
                misconceptions=[{"response": {"choices": ["A"]}, "feedback": "移项要变号。"}],
            ),
            make_item(ItemKind.NUMERIC, explanation="两边相加。"),
        ]
        return make_resource("练习", kind=ResourceKind.PRACTICE, items=items).id


def send(browser: Browser, resource_id: int, number: int, **fields: object) -> str:
    """Answer a question; returns the page that follows."""
    form = {"q": str(number), "client_key": str(uuid4())} | fields
    answer = browser.post(f"/practice/{resource_id}", data=form, follow_redirects=True)
    return answer.get_data(as_text=True)


def test_a_wrong_answer_gets_its_feedback_but_not_the_key(pupil: Browser, resource_id: int) -> None:
    page = send(pupil, resource_id, 1, **{"answer-choices": "A"})
    assert "移项要变号。" in page
    assert "移项得" not in page


def test_hints_open_one_by_one_after_an_own_answer(pupil: Browser, resource_id: int) -> None:
    early = pupil.get(f"/practice/{resource_id}?q=1&again=1&hints=2").get_data(as_text=True)
    assert "先移项。" not in early
    send(pupil, resource_id, 1, **{"answer-choices": "A"})
    first = pupil.get(f"/practice/{resource_id}?q=1&again=1&hints=1").get_data(as_text=True)
    assert "先移项。" in first
    assert "再除以二。" not in first


def test_the_solution_opens_when_it_is_solved_or_tried_twice(pupil: Browser, resource_id: int) -> None:
    assert "移项得" in send(pupil, resource_id, 1, **{"answer-choices": "B"})
    assert "两边相加。" not in send(pupil, resource_id, 2, **{"answer-value": "9"})
    assert "两边相加。" in send(pupil, resource_id, 2, **{"answer-value": "8"})


def test_a_hint_that_was_open_is_counted(app: Flask, pupil: Browser, resource_id: int) -> None:
    send(pupil, resource_id, 1, **{"answer-choices": "A"})
    send(pupil, resource_id, 1, **{"answer-choices": "B", "hints": "1"})
    with app.app_context():
        assert db.session.scalars(select(Attempt.hints_used).order_by(Attempt.id)).all() == [0, 1]


def test_what_was_typed_wrongly_stays(app: Flask, pupil: Browser, resource_id: int) -> None:
    answer = pupil.post(
        f"/practice/{resource_id}", data={"q": "2", "client_key": str(uuid4()), "answer-value": "十几"}
    )
    assert answer.status_code == 422
    assert "十几" in answer.get_data(as_text=True)
    with app.app_context():
        assert db.session.scalars(select(Attempt)).all() == []


def test_a_double_click_answers_once(app: Flask, pupil: Browser, resource_id: int) -> None:
    key = str(uuid4())
    for _click in range(2):
        send(pupil, resource_id, 1, **{"answer-choices": "B", "client_key": key})
    with app.app_context():
        assert len(db.session.scalars(select(Attempt)).all()) == 1


def test_it_goes_on_at_the_first_open_question_and_ends_with_a_summary(
    pupil: Browser, resource_id: int
) -> None:
    send(pupil, resource_id, 1, **{"answer-choices": "B"})
    assert "answer-value" in pupil.get(f"/practice/{resource_id}").get_data(as_text=True)
    send(pupil, resource_id, 2, **{"answer-value": "9"})
    end = pupil.get(f"/practice/{resource_id}")
    assert end.headers["Location"].endswith("/summary")
    page = pupil.get(end.headers["Location"]).get_data(as_text=True)
    assert "一次答对" in page
    assert "还没做对" in page


def test_a_new_round_begins_without_answers(pupil: Browser, resource_id: int) -> None:
    send(pupil, resource_id, 1, **{"answer-choices": "B"})
    page = pupil.get(f"/practice/{resource_id}?q=1&since=9999999999").get_data(as_text=True)
    assert "is-review" in page
    page = pupil.get(f"/practice/{resource_id}?q=1&since={int(time()) + 1}").get_data(as_text=True)
    assert "is-review" not in page


def test_htmx_gets_the_part_alone(pupil: Browser, resource_id: int) -> None:
    part = pupil.get(f"/practice/{resource_id}", headers={"HX-Request": "true"}).get_data(as_text=True)
    assert "<html" not in part
    assert "answer-choices" in part


def test_an_exercise_is_for_learners(
    app: Flask, resource_id: int, sign_in_as: SignInAs, pupil: Browser
) -> None:
    with app.app_context():
        with transaction():
            guardian = make_guardian(make_student())
        db.session.refresh(guardian)
    assert sign_in_as(guardian).get(f"/practice/{resource_id}").status_code == 403
    assert pupil.get("/practice/999999").status_code == 404
