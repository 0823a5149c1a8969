"""Ours: the embedded engine as the product runs it."""

from pathlib import Path

from benchmarks.search.ways.way import Answer, folder_mb
from library.search.engine import Query
from library.search.entries import entries
from library.search.whoosh_engine import WhooshEngine


class Weike:
    """See ``Way``."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.engine = WhooshEngine(folder)

    def build(self) -> None:
        """See ``Way.build``."""
        self.engine.rebuild(entries())

    def ask(self, query: Query) -> Answer:
        """See ``Way.ask``."""
        results = self.engine.search(query)
        return Answer(results.total, results.ids)

    def size_mb(self) -> float:
        """See ``Way.size_mb``."""
        return folder_mb(self.folder)
