from datetime import datetime

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.database import db, transaction
from homework.estimates.estimate import estimate
from homework.estimates.models import ItemTime
from homework.estimates.queries import estimates_for
from homework.estimates.services import count_times
from tests.factories.accounts import make_person
from tests.factories.learning import make_attempt
from tests.factories.library import make_asked_version


def test_few_answers_say_less_than_the_author() -> None:
    assert estimate(3.0, 30.0, 9).minutes == 3.0
    assert not estimate(3.0, None, 0).is_measured


def test_many_answers_say_more() -> None:
    found = estimate(3.0, 90.0, 10)
    assert (found.minutes, found.answers, found.is_measured) == (1.5, 10, True)
    assert estimate(3.0, 1.0, 10).minutes == 0.1


@pytest.mark.parametrize(
    ("seconds", "median"), [([5.0], 5.0), ([9.0, 1.0], 5.0), ([1.0, 90.0, 3.0], 3.0), ([4, 1, 2, 100], 3.0)]
)
def test_the_median_is_taken_of_those_whose_time_is_known(
    context: Flask, now: datetime, seconds: list[float], median: float
) -> None:
    del context
    with transaction():
        version, noise = make_asked_version(), make_asked_version()
        for one in (*seconds, None):
            make_attempt(make_person(), version, {"choices": ["A"]}, seconds=one, now=now)
        make_attempt(make_person(), noise, {"choices": ["A"]}, seconds=None, now=now)
        item_id = version.item_id
    for _twice in range(2):
        assert count_times(now=now) == 1
    (counted,) = db.session.scalars(select(ItemTime))
    assert (counted.item_id, counted.median_seconds, counted.answers) == (item_id, median, len(seconds))


def test_estimates_come_from_history_question_by_question(session: Session, now: datetime) -> None:
    measured, fresh = make_asked_version(minutes=4.0), make_asked_version(minutes=2.0)
    session.add(ItemTime(item_id=measured.item_id, median_seconds=150.0, answers=38, counted_at=now))
    found = estimates_for([measured, fresh])
    assert (found[measured.id].minutes, found[measured.id].answers) == (2.5, 38)
    assert (found[fresh.id].minutes, found[fresh.id].answers) == (2.0, 0)
