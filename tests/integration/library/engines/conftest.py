"""The engines that must all behave alike. Each is made from the running test's fixtures."""

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import Engine as Database
from sqlalchemy import create_engine, delete

from core.database import Model
from library.search.engine import Engine
from library.search.postgres_engine import PostgresEngine
from library.search.postgres_models import SearchEntry, SearchState, SearchWord
from library.search.whoosh_engine import WhooshEngine
from tests.stores import PostgresStore, postgres_server

TABLES = [Model.metadata.tables[one.__tablename__] for one in (SearchEntry, SearchWord, SearchState)]
ENGINES: dict[str, Callable[[pytest.FixtureRequest], Engine]] = {
    "whoosh": lambda request: WhooshEngine(request.getfixturevalue("tmp_path")),
    "postgresql": lambda request: request.getfixturevalue("postgres"),
}


@pytest.fixture(params=ENGINES)
def index(request: pytest.FixtureRequest) -> Engine:
    """An engine without entries, once of each make."""
    return ENGINES[request.param](request)


@pytest.fixture(scope="session")
def search_database(worker_id: str) -> Iterator[Database]:
    """A database with the tables of the index only."""
    if not postgres_server():
        pytest.skip("make test starts the PostgreSQL this needs")
    database = create_engine(PostgresStore.made(postgres_server(), f"weike_search_{worker_id}").url)
    Model.metadata.create_all(database, TABLES)
    yield database
    database.dispose()


@pytest.fixture
def postgres(search_database: Database) -> PostgresEngine:
    """The PostgreSQL engine, never filled."""
    with search_database.begin() as connection:
        for table in TABLES:
            connection.execute(delete(table))
    return PostgresEngine(lambda: search_database)
