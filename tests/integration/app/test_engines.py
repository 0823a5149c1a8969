from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import inspect, select, text

from accounts.people.models import Person
from core.database import count_rows_anew, db, transaction
from library.curriculum.models import Subject
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


def test_the_planner_learns_of_rows_that_came_at_once(context: Flask, engine: str) -> None:
    # What PostgreSQL does by itself at times: it counts a table while nothing is in it.
    count_rows_anew()
    with transaction():
        db.session.add_all(Subject(code=f"s{number}", name=f"{number}") for number in range(500))
    count_rows_anew()
    if engine == "postgresql":
        counted = text("SELECT reltuples FROM pg_class WHERE relname = 'subject'")
        assert db.session.scalar(counted) == 500
    else:
        assert not inspect(db.engine).has_table("sqlite_stat1")
