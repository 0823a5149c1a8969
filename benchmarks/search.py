"""Search with facets in 100,000 records: ours against SQLite's FTS5 over the same cut words, and a LIKE scan.

Every way answers the same question: how many match, the twenty best with their rows, and how many there
are of each subject, grade and kind.
"""

import tempfile
from collections.abc import Callable
from itertools import cycle, islice
from pathlib import Path

from sqlalchemy import func, or_, select, text

from accounts.people.models import Hat
from benchmarks.harness import Report, fresh_application, median, milliseconds, percentile
from benchmarks.import_ import add_subjects
from benchmarks.records import PLACES, PURPOSES, SETTINGS, TOPICS, write_file
from core.database import db, transaction
from library.interchange.imports import import_file
from library.resources.models import Resource
from library.search.current import engine
from library.search.entries import entries
from library.search.places import Places, places
from library.search.services import find, rebuild_index
from library.search.wishes import understand
from library.search.words import asked
from tests.factories.accounts import make_student

RECORDS = 100_000
ROUNDS = 120
SLOW_ROUNDS = 20
PAGE = 20
FACETS = ("subject_id", "grade_from", "kind")


def questions() -> list[str]:
    """What is asked: one word, two, with a grade, a place that is rare, a word that is everywhere."""
    topics = [topic for of_subject in TOPICS.values() for topic in of_subject]
    return [
        *topics,
        *(f"{topic} {purpose}" for topic, purpose in zip(topics, cycle(PURPOSES), strict=False)),
        *(f"{topic} 七年级" for topic in topics),
        *(f"{place}{setting}" for place, setting in zip(PLACES, SETTINGS, strict=False)),
        *PURPOSES,
    ]


def ours(hat: Hat, there: Places, question: str) -> int:
    """As the search page asks."""
    return find(engine(), hat, understand(question, subjects=there.subject_names), there, limit=PAGE).total


def make_fts() -> None:
    """An FTS5 table over the words that our own index was made of."""
    connection = db.session.connection()
    connection.execute(text("CREATE VIRTUAL TABLE cut USING fts5(words, content='', tokenize='unicode61')"))
    connection.execute(
        text("INSERT INTO cut(rowid, words) VALUES (:id, :words)"),
        [{"id": one.id, "words": " ".join(one.words)} for one in entries()],
    )
    db.session.commit()


def by_fts(question: str) -> int:
    """The same answer from FTS5."""
    words = " AND ".join(f'"{word}"' for word in asked(question).weights)
    given = {"words": words, "page": PAGE}
    matching = "SELECT rowid FROM cut WHERE words MATCH :words"
    best = db.session.scalars(text(f"{matching} ORDER BY rank LIMIT :page"), given).all()
    list(db.session.scalars(select(Resource).where(Resource.id.in_(best))))
    for facet in FACETS:
        counted = f"SELECT {facet}, count(*) FROM resource WHERE id IN ({matching}) GROUP BY {facet}"  # noqa: S608 -- likewise
        db.session.execute(text(counted), given).all()
    total: int = db.session.scalar(text(f"SELECT count(*) FROM ({matching})"), given) or 0  # noqa: S608 -- likewise
    return total


def by_like(question: str) -> int:
    """The same answer from a scan."""
    matches = [
        or_(Resource.title.contains(word), Resource.description.contains(word)) for word in question.split()
    ]
    list(db.session.scalars(select(Resource).where(*matches).order_by(Resource.id.desc()).limit(PAGE)))
    for column in (Resource.subject_id, Resource.grade_from, Resource.kind):
        db.session.execute(select(column, func.count()).where(*matches).group_by(column)).all()
    return db.session.scalar(select(func.count()).select_from(Resource).where(*matches)) or 0


def measure(report: Report, way: str, answer: Callable[[str], int], rounds: int) -> None:
    """Ask the questions in turn."""
    asking = cycle(questions())
    taken = milliseconds(lambda: answer(next(asking)), rounds=rounds)
    db.session.rollback()
    found = [answer(question) for question in islice(questions(), 0, None, 9)]
    report.add(
        way,
        p50_ms=median(taken),
        p95_ms=percentile(taken, 0.95),
        questions_with_results=f"{sum(map(bool, found))} of {len(found)}",
    )


def main() -> None:
    """Load the library once, and ask each way."""
    report = Report("search", f"Search with three facets in {RECORDS:,} records, page and rows included")
    with fresh_application(), tempfile.TemporaryDirectory(prefix="weike-bench-") as folder:
        with transaction():
            add_subjects()
            hat_id = make_student().id
        file = Path(folder) / "library.jsonl"
        write_file(file, RECORDS)
        import_file(file, on_progress=lambda _done, _total: None)
        rebuild_index(engine(), lambda _done, _total: None)
        make_fts()
        hat, there = db.session.get_one(Hat, hat_id), places()
        measure(report, "ours", lambda question: ours(hat, there, question), ROUNDS)
        measure(report, "SQLite FTS5, same words", by_fts, ROUNDS)
        measure(report, "LIKE scan", by_like, SLOW_ROUNDS)
    first, fts, like = (float(row["p50_ms"]) for row in report.rows)
    report.note(f"FTS5 takes {fts / first:.1f} times as long as ours, the scan {like / first:.0f} times.")
    report.finish()


if __name__ == "__main__":
    main()
