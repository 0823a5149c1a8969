from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from accounts.people.models import Person
from core.database import db, transaction
from tests.factories.accounts import make_person


def test_the_platform_is_ready_on_every_engine(client: FlaskClient) -> None:
    answer = client.get("/readyz")
    assert answer.json == {"status": "ok", "checks": {"database": True, "disk": True}}


def test_each_test_begins_without_rows_and_at_the_first_id(context: Flask) -> None:
    assert db.session.scalars(select(Person)).all() == []
    with transaction():
        make_person()
    assert db.session.scalars(select(Person.id)).all() == [1]


def test_one_test_more_begins_without_rows(context: Flask) -> None:
    test_each_test_begins_without_rows_and_at_the_first_id(context)
