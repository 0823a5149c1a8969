"""How many queries the homes make does not depend on the rows behind them."""

import pytest
from flask import Flask

from core.database import transaction
from recommender.recommendations import tasks
from tests.browsers import signed_in_browser
from tests.busy import BusyClass, make_busy_class
from tests.statements import statements_of

FEW, MANY = 10, 60
"""More than a home lists of anything, and six times as much."""
MOST_QUERIES = 40


def busy(app: Flask, rows: int) -> BusyClass:
    with app.app_context():
        with transaction():
            made = make_busy_class(rows)
        tasks.refresh(made.pupil_id)
        return made


@pytest.mark.parametrize("role", ["student", "teacher", "guardian", "administrator"])
def test_a_home_makes_as_many_queries_for_many_rows_as_for_few(app: Flask, role: str) -> None:
    counts = []
    for rows in (FEW, MANY):
        browser = signed_in_browser(app, busy(app, rows).hats[role])
        assert browser.get("/").status_code == 200
        with statements_of(app) as sent:
            browser.get("/")
        counts.append(len(sent))

    assert counts[0] == counts[1] <= MOST_QUERIES
