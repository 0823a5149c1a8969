from flask import Flask
from sqlalchemy import select

from accounts.people.models import Person
from core.database import db, transaction
from tests.factories.accounts import make_person
from tests.statements import statements_of


def test_statements_are_collected_inside_the_block_only(context: Flask) -> None:
    with statements_of(context) as sent:
        with transaction():
            make_person()
        db.session.scalars(select(Person)).all()
    db.session.scalars(select(Person)).all()

    assert [one.split()[0] for one in sent] == ["INSERT", "SELECT"]
