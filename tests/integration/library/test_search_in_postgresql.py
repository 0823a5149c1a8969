"""What is particular to a search index that lives in the database."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import func, select

from accounts.people.models import Hat
from core.database import db, transaction
from library.search import current, services
from library.search.engine import Entry
from library.search.entries import entries
from library.search.postgres_engine import PostgresEngine
from library.search.postgres_models import SearchEntry
from library.search.tasks import check_index
from tests.conftest import POSTGRESQL, SignInAs
from tests.factories.accounts import make_student
from tests.factories.library import make_resource


@pytest.fixture
def student(app: Flask, engine: str) -> Hat:
    if engine != POSTGRESQL:
        pytest.skip("the index is in files here")
    with app.app_context():
        with transaction():
            hat = make_student()
            make_resource(title="分数加法")
        db.session.refresh(hat)
        return hat


def test_an_index_that_was_never_made_is_answered_from_the_tables_and_made_by_itself(
    student: Hat, app: Flask, sign_in_as: SignInAs
) -> None:
    client = sign_in_as(student)
    assert "<mark>分数</mark>加法" in client.get("/library?q=分数").text
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(SearchEntry)) == 0
        check_index()
        db.session.rollback()
        assert db.session.scalar(select(func.count()).select_from(SearchEntry)) == 1
    assert "<mark>分数</mark>加法" in client.get("/library?q=fenshu").text


def test_until_a_rebuild_is_whole_searches_find_by_the_old_index(student: Hat, app: Flask) -> None:
    with app.app_context():
        services.rebuild_index(current.engine(), lambda _done, _total: None)
        other = PostgresEngine(lambda: db.engine)

        def broken() -> Iterator[Entry]:
            yield from entries()
            assert len(other) == 1
            raise ConnectionError

        with pytest.raises(ConnectionError):
            current.engine().rebuild(broken())
        assert len(other) == 1
