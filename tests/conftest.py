"""The application and a fresh database for each test."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import settings
from sqlalchemy.orm import Session

from accounts.people.models import Hat
from app.factory import create_app
from app.settings import Environment, SearchEngine, Settings
from core.database import db, transaction
from library.search.whoosh_engine import WhooshEngine
from tests.browsers import Browser, signed_in_browser
from tests.stores import PostgresStore, SqliteStore, Store, postgres_server, redis_server

settings.register_profile("weike", deadline=None)  # a busy machine is no fault of ours
settings.load_profile("weike")

MONDAY = datetime(2026, 9, 7, 2, 0, tzinfo=UTC)
"""Ten in the morning of a school Monday in Beijing."""


SignInAs = Callable[[Hat], Browser]
SQLITE, POSTGRESQL = "sqlite", "postgresql"
INTEGRATION = Path(__file__).parent / "integration"


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run every test on SQLite, and integration tests on PostgreSQL too where `make test` has started one.

    Also a single engine is a parameter: pytest would not notice that what it keeps for the session was made
    for another one.
    """
    if "engine" not in metafunc.fixturenames:
        return
    depends = not metafunc.definition.get_closest_marker("any_engine")
    if depends and postgres_server() and metafunc.definition.path.is_relative_to(INTEGRATION):
        metafunc.parametrize("engine", [SQLITE, POSTGRESQL], scope="session")
    else:
        metafunc.parametrize("engine", [pytest.param(SQLITE, id=pytest.HIDDEN_PARAM)], scope="session")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave out what needs services where there are none; `make test` always has them, or was told not to."""
    for item in items:
        if item.get_closest_marker("services") and not (postgres_server() and redis_server()):
            item.add_marker(pytest.mark.skip(reason="make test starts the services this needs"))


@pytest.fixture(scope="session")
def store(engine: str, tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Store:
    """The database of this test process."""
    if engine == POSTGRESQL:
        return PostgresStore.made(postgres_server(), f"weike_{worker_id}")
    return SqliteStore(tmp_path_factory.mktemp("weike"))


@pytest.fixture(scope="session")
def pristine(store: Store, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The application on a database that has the schema and no rows. On PostgreSQL it searches there too."""
    is_sqlite = isinstance(store, SqliteStore)
    app = create_app(
        Settings(
            data_dir=store.folder if isinstance(store, SqliteStore) else tmp_path_factory.mktemp("weike"),
            environment=Environment.TEST,
            secret_key="t" * 32,
            database_url=store.url,
            search_engine=SearchEngine.WHOOSH if is_sqlite else SearchEngine.POSTGRESQL,
        )
    )
    store.fill_with_schema(app)
    return app


@pytest.fixture
def app(pristine: Flask, store: Store) -> Iterator[Flask]:
    """The application on an empty database, without a search index."""
    store.empty(pristine)
    searching = pristine.extensions["weike.search"]
    if isinstance(searching, WhooshEngine):
        shutil.rmtree(Path(pristine.config["DATA_DIR"]) / "search", ignore_errors=True)
        searching.forget()
    yield pristine
    with pristine.app_context():
        db.session.remove()
        store.leave()


@pytest.fixture
def context(app: Flask) -> Iterator[Flask]:
    """An application context without a transaction: for what opens its own."""
    with app.app_context():
        yield app


@pytest.fixture
def session(context: Flask) -> Iterator[Session]:
    """The session inside an open transaction: for services and queries. Rolled back at the end."""
    del context
    with suppress(_RollBack), transaction():
        yield db.session()
        roll_back()


class _RollBack(Exception):
    pass


def roll_back() -> None:
    raise _RollBack


@pytest.fixture
def client(app: Flask) -> Browser:
    """A browser that is not signed in. It sends CSRF tokens; see ``tests/browsers.py``."""
    return Browser(app)


@pytest.fixture
def sign_in_as(app: Flask) -> SignInAs:
    """A browser in which a hat's person is signed in and wears it: ``sign_in_as(hat).get("/")``.

    Call it outside ``transaction()``, with a hat that is committed. Use it without the fixtures
    ``context`` and ``session``, whose application context would outlive the requests.
    """

    def sign_in(hat: Hat) -> Browser:
        return signed_in_browser(app, hat.id)

    return sign_in


@pytest.fixture
def now() -> datetime:
    """A school Monday morning."""
    return MONDAY
