"""SQLite's FTS5: the same cut words in weighted columns, BM25, everything in one statement."""

import sqlite3
from collections.abc import Iterable
from pathlib import Path

from benchmarks.search.asking import FIELDS, LIMIT, texts
from benchmarks.search.ways.way import Answer, alternatives, folder_mb, is_enough
from library.search.engine import PUBLIC, Facet, Query

COLUMNS = ("subject", "grade_from", "grade_to", "kind", "language", "audience")
FACETS = ("subject", "grade_from", "kind", "language")


class Fts5:
    """See ``Way``."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.connection = sqlite3.connect(folder / "fts5.db")
        self.connection.execute("PRAGMA cache_size=-64000")

    def build(self) -> None:
        """See ``Way.build``."""
        fields = ", ".join(FIELDS)
        self.connection.execute(
            f"CREATE VIRTUAL TABLE words USING fts5({fields}, content='', tokenize='unicode61')"
        )
        self.connection.execute(f"CREATE TABLE record (id INTEGER PRIMARY KEY, {', '.join(COLUMNS)})")
        marks = ", ".join("?" * (len(FIELDS) + 1))
        for text in texts():
            self.connection.execute(
                f"INSERT INTO words(rowid, {fields}) VALUES ({marks})",  # noqa: S608 -- our own names
                (text.id, *text.words.values()),
            )
            self.connection.execute(
                "INSERT INTO record VALUES (?, ?, ?, ?, ?, ?, ?)",
                (text.id, *(text.numbers[c] for c in COLUMNS)),
            )
        self.connection.execute("INSERT INTO words(words) VALUES ('optimize')")
        self.connection.commit()

    def ask(self, query: Query) -> Answer:
        """See ``Way.ask``."""
        asked = query.asked
        groups = [alternatives(asked, word) for word in (*asked.required, *asked.needed)]
        if not groups:
            return self._answer(query, "")
        without = "".join(
            f" NOT ({' AND '.join(map(_quoted, words))})"
            for words in (*((word,) for word in asked.excluded), *asked.excluded_together)
        )
        found = self._answer(query, " AND ".join(map(_any, groups)) + without)
        if is_enough(asked, found.total):
            return found
        # FTS5 knows no "some of": any of them, the more and the rarer the better.
        return self._answer(query, "(" + " OR ".join(map(_any, groups)) + ")" + without)

    def _answer(self, query: Query, match: str) -> Answer:
        audiences = ", ".join(map(str, (PUBLIC, *query.audiences)))
        conditions = {"": f"audience IN ({audiences})"}
        for facet, values in query.filters.items():
            listed = ", ".join(map(str, values))
            conditions[facet.value] = (
                " OR ".join(f"{value} BETWEEN grade_from AND grade_to" for value in values)
                if facet is Facet.GRADE
                else f"{facet.value} IN ({listed})"
            )
        passed = " AND ".join(f"({condition})" for condition in conditions.values())
        weights = ", ".join(map(str, FIELDS.values()))
        found = (
            f"SELECT record.*, bm25(words, {weights}) AS score"  # noqa: S608 -- our own names and numbers
            " FROM words JOIN record ON record.id = words.rowid WHERE words MATCH :match"
            if match
            else "SELECT record.*, -id AS score FROM record WHERE true"
        )
        counts = "".join(
            f" UNION ALL SELECT '{facet}', {facet}, count(*) FROM found"  # noqa: S608 -- as above
            f" WHERE {_others(conditions, facet)} GROUP BY {facet}"
            for facet in FACETS
        )
        rows = self.connection.execute(
            f"WITH found AS MATERIALIZED ({found} AND {conditions['']}),"  # noqa: S608 -- as above
            f" passed AS (SELECT * FROM found WHERE {passed})"
            f" SELECT * FROM (SELECT 'page', id, score FROM passed ORDER BY score LIMIT {LIMIT})"
            f" UNION ALL SELECT 'total', 0, count(*) FROM passed{counts}",
            {"match": match} if match else {},
        ).fetchall()
        page = sorted((score, number) for what, number, score in rows if what == "page")
        return Answer(
            next(count for what, _, count in rows if what == "total"), [number for _, number in page]
        )

    def size_mb(self) -> float:
        """See ``Way.size_mb``."""
        return folder_mb(self.folder)


def _others(conditions: dict[str, str], facet: str) -> str:
    own = "grade" if facet == "grade_from" else facet
    return " AND ".join(f"({condition})" for name, condition in conditions.items() if name != own)


def _any(words: Iterable[str]) -> str:
    return "(" + " OR ".join(map(_quoted, words)) + ")"


def _quoted(word: str) -> str:
    return '"' + word.replace('"', '""') + '"'
