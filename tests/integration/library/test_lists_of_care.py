"""The lists of those who look after the library cost the same with ten rows and with many."""

import pytest
from flask import Flask
from sqlalchemy import event

from accounts.people.models import Hat
from core.database import db, transaction
from library.duplicates.models import DuplicatePair, Sameness
from library.faults.models import FaultKind
from library.faults.services import report
from library.links import services as links
from library.links.asking import Problem
from library.resources.models import ResourceKind
from tests.browsers import Browser
from tests.conftest import MONDAY, SignInAs
from tests.factories.accounts import added, make_administrator, make_city, make_student
from tests.factories.library import make_resource

URL = "https://example.org/"


def fill(number: int) -> None:
    """That many reports, pairs and dead links about public resources."""
    for _one in range(number):
        first, second = make_resource(body="一"), make_resource(body="二")
        report(first.id, make_student(), FaultKind.TYPO, "错字", now=MONDAY)
        added(
            DuplicatePair(
                first_id=first.id,
                second_id=second.id,
                sameness=Sameness.TEXT,
                likeness=1.0,
                found_at=MONDAY,
            )
        )
        link = make_resource(kind=ResourceKind.LINK, url=URL)
        links.take({link.id: (URL, Problem.NOT_THERE)}, now=MONDAY)


def cost(app: Flask, browser: Browser, address: str) -> int:
    statements: list[object] = []

    def note(*arguments: object) -> None:
        statements.append(arguments[2])

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        assert browser.get(address).status_code == 200
    finally:
        event.remove(engine, "before_cursor_execute", note)
    return len(statements)


@pytest.fixture
def office(app: Flask, sign_in_as: SignInAs) -> Browser:
    with app.app_context():
        with transaction():
            hat: Hat = make_administrator(make_city())
        db.session.refresh(hat)
    return sign_in_as(hat)


def test_many_rows_cost_as_many_questions_as_ten(app: Flask, office: Browser) -> None:
    addresses = ("/library/faults", "/library/duplicates", "/library/links")
    with app.app_context(), transaction():
        fill(10)
    few = [cost(app, office, address) for address in addresses]
    with app.app_context(), transaction():
        fill(40)

    assert [cost(app, office, address) for address in addresses] == few
    assert max(few) <= 12
