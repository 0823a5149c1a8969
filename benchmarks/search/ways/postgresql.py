"""Our engine on PostgreSQL, as the product runs it where the setting says so."""

from sqlalchemy import create_engine, text

from benchmarks.search.ways.way import Answer
from core.database import Model
from library.search.engine import Query
from library.search.entries import entries
from library.search.postgres_engine import PostgresEngine
from library.search.postgres_models import SearchEntry, SearchState, SearchWord

TABLES = [Model.metadata.tables[one.__tablename__] for one in (SearchEntry, SearchWord, SearchState)]
SIZES = "SELECT sum(pg_total_relation_size(name::regclass)) FROM unnest(CAST(:names AS text[])) AS name"


class Postgresql:
    """See ``Way``. The records are read from the same database as for the others; the index has its own."""

    def __init__(self, place: str) -> None:
        self.database = create_engine(place)
        Model.metadata.create_all(self.database, TABLES)
        self.engine = PostgresEngine(lambda: self.database)

    def build(self) -> None:
        """See ``Way.build``."""
        self.engine.rebuild(entries())

    def ask(self, query: Query) -> Answer:
        """See ``Way.ask``."""
        results = self.engine.search(query)
        return Answer(results.total, results.ids)

    def size_mb(self) -> float:
        """See ``Way.size_mb``."""
        with self.database.connect() as connection:
            size = connection.scalar(text(SIZES), {"names": [table.name for table in TABLES]})
        return float(size or 0) / 1_000_000
