"""One engine measured in a process of its own: `python -m benchmarks.search.measure weike FOLDER`.

The process reads the filled database in FOLDER, builds, asks, and writes ``FOLDER/<engine>.json``.
"""

import argparse
import gc
import json
import os
import time
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from app.factory import create_app
from app.settings import Environment, Settings
from benchmarks.harness import peak_memory_mb, percentile
from benchmarks.search import stock, updates
from benchmarks.search.asking import queries
from benchmarks.search.page import page_figures
from benchmarks.search.questions import Question, judged_questions, judgements, known_items
from benchmarks.search.relevance import mean, ndcg
from benchmarks.search.ways.way import Answer, Way
from library.search.dictionary import Dictionary, search_mended, spellings
from library.search.engine import PUBLIC, Query, Results
from library.search.entries import entries

ROUNDS = 7
MOST_SECONDS = 60.0
"""Asking again ends after this long: slow engines get fewer rounds, never fewer than one."""
MENDED = frozenset({"typo_zh", "typo_en", "pinyin", "initials"})
"""Questions that only an engine with a dictionary of its words can answer."""


def weike(folder: Path, place: str) -> Way:
    """Ours."""
    from benchmarks.search.ways.weike import Weike  # noqa: PLC0415 -- a process knows one engine only

    del place
    return Weike(folder)


def whoosh(folder: Path, place: str) -> Way:
    """Whoosh as documented."""
    from benchmarks.search.ways.whoosh_ import PlainWhoosh  # noqa: PLC0415 -- as above

    del place
    return PlainWhoosh(folder)


def sqlite_fts5(folder: Path, place: str) -> Way:
    """SQLite."""
    from benchmarks.search.ways.fts5 import Fts5  # noqa: PLC0415 -- as above

    del place
    return Fts5(folder)


def tantivy(folder: Path, place: str) -> Way:
    """Tantivy."""
    from benchmarks.search.ways.tantivy_ import Tantivy  # noqa: PLC0415 -- as above

    del place
    return Tantivy(folder)


def postgresql(folder: Path, place: str) -> Way:
    """Our engine on PostgreSQL; *place* is the server's address."""
    from benchmarks.search.ways.postgresql import Postgresql  # noqa: PLC0415 -- as above

    del folder
    return Postgresql(place)


OURS = frozenset({"weike", "postgresql"})
WAYS: Mapping[str, Callable[[Path, str], Way]] = {
    "weike": weike,
    "whoosh": whoosh,
    "sqlite_fts5": sqlite_fts5,
    "tantivy": tantivy,
    "postgresql": postgresql,
}


def open_application(folder: Path) -> Any:  # noqa: ANN401 -- a Flask application
    """The application on the database in *folder*."""
    return create_app(Settings(data_dir=folder, environment=Environment.TEST, secret_key="b" * 32))


def questions_and_grades(asker: stock.Asker) -> tuple[list[Question], list[dict[int, int]]]:
    """All questions, and for each the documents that are of use."""
    documents = stock.documents(asker)
    questions = [*judged_questions(), *known_items(documents)]
    return questions, judgements(questions, documents)


def timed(way: Way, asked: list[Query]) -> tuple[list[float], list[float], list[Answer]]:
    """Milliseconds on the clock and of this thread's CPU for each query (the middle of its rounds)."""
    answers = [way.ask(query) for query in asked]
    clock: list[list[float]] = [[] for _ in asked]
    cpu: list[list[float]] = [[] for _ in asked]
    gc.collect()
    gc.freeze()
    began = time.perf_counter()
    for _ in range(ROUNDS):
        for place, query in enumerate(asked):
            cpu_began, clock_began = time.thread_time(), time.perf_counter()
            way.ask(query)
            clock[place].append((time.perf_counter() - clock_began) * 1_000)
            cpu[place].append((time.thread_time() - cpu_began) * 1_000)
        if time.perf_counter() - began > MOST_SECONDS:
            break
    return [_middle(one) for one in clock], [_middle(one) for one in cpu], answers


def _middle(values: list[float]) -> float:
    return sorted(values)[len(values) // 2]


def figures(
    questions: list[Question], grades: list[dict[int, int]], answers: list[Answer], clock: list[float]
) -> dict[str, Any]:
    """What the answers are worth."""
    worth = [ndcg(answer.ids, graded) for answer, graded in zip(answers, grades, strict=True)]
    rows = list(zip(questions, worth, answers, clock, strict=True))
    held_back = [(question, value) for question, value, _, _ in rows if question.is_held_back]
    by_kind: dict[str, dict[str, float]] = {}
    for kind in dict.fromkeys(one.kind for one in questions):
        of_kind = [row for row in rows if row[0].kind == kind]
        by_kind[kind] = {
            "ndcg10": round(mean(value for question, value, _, _ in of_kind if question.is_held_back), 3),
            "ndcg10_development": round(
                mean(value for question, value, _, _ in of_kind if not question.is_held_back), 3
            ),
            "zero_hit_share": round(mean(not answer.total for _, _, answer, _ in of_kind), 3),
            "p95_ms": round(percentile([taken for _, _, _, taken in of_kind], 0.95), 3),
        }
    return {
        "ndcg10": round(mean(value for _, value in held_back), 4),
        "ndcg10_development": round(mean(v for q, v, _, _ in rows if not q.is_held_back), 4),
        "ndcg10_without_mended": round(mean(v for q, v in held_back if q.kind not in MENDED), 4),
        "zero_hit_share": round(mean(not answer.total for _, _, answer, _ in rows), 4),
        "by_kind": by_kind,
        "missed": [
            {"kind": question.kind, "text": question.text, "ndcg10": round(value, 2), "total": answer.total}
            for question, value, answer, _ in rows
            if value < 0.9 and not question.is_held_back  # noqa: PLR2004 -- worth a look
        ],
    }


def write_words(folder: Path) -> None:
    """Keep the words of all records, and how many everybody sees with each, for ``with_our_dictionary``."""
    counts: Counter[str] = Counter()
    for entry in entries():
        counts.update(entry.words.keys() if entry.audience == PUBLIC else ())
    (folder / "words.json").write_text(json.dumps(counts, ensure_ascii=False))


def with_our_dictionary(
    way: Way,
    folder: Path,
    questions: list[Question],
    grades: list[dict[int, int]],
    asked: list[Query],
) -> float:
    """nDCG@10, held back, where slips, pinyin and beginnings are put right before the engine is asked."""
    counts = json.loads((folder / "words.json").read_text())
    dictionary = Dictionary(spellings(counts))

    def search(query: Query) -> Results:
        answer = way.ask(query)
        is_relaxed = len(query.asked.needed) > 1 and any(word not in counts for word in query.asked.needed)
        return Results(answer.total, list(answer.ids), {}, is_relaxed=is_relaxed)

    return round(
        mean(
            ndcg(search_mended(query, search, counts.__contains__, dictionary).ids, graded)
            for question, graded, query in zip(questions, grades, asked, strict=True)
            if question.is_held_back
        ),
        4,
    )


def main() -> None:
    """Measure the engine that is named."""
    parser = argparse.ArgumentParser(prog="benchmarks.search.measure", description=__doc__)
    parser.add_argument("engine", choices=WAYS)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--place", default="", help="the address of a server, where the engine is one")
    parser.add_argument("--keep", action="store_true", help="ask an index that was built before")
    parser.add_argument("--only-build", action="store_true", help="print what building took, and end")
    arguments = parser.parse_args()
    asker = stock.Asker(**json.loads((arguments.folder / "asker.json").read_text()))
    # Ours builds where the application looks, whose pages are measured with it.
    own = arguments.folder / ("search" if arguments.engine == "weike" else arguments.engine)
    own.mkdir(exist_ok=True)
    app = open_application(arguments.folder)
    with app.app_context():
        way = WAYS[arguments.engine](own, arguments.place)
        figure: dict[str, Any] = {}
        if not arguments.keep:
            cpu, clock = time.process_time(), time.perf_counter()
            way.build()
            figure = {
                "build_cpu_s": round(time.process_time() - cpu, 1),
                "build_s": round(time.perf_counter() - clock, 1),
                "build_peak_mb": round(peak_memory_mb()),
            }
        if arguments.only_build:
            print(json.dumps(figure))
            return
        figure["index_mb"] = round(way.size_mb(), 1)
        questions, grades = questions_and_grades(asker)
        clock_ms, cpu_ms, answers = timed(way, queries(questions, asker))
        for name, taken in (("ms", clock_ms), ("cpu_ms", cpu_ms)):
            figure |= {
                f"p50_{name}": round(percentile(taken, 0.5), 3),
                f"p95_{name}": round(percentile(taken, 0.95), 3),
            }
        figure |= figures(questions, grades, answers, clock_ms)
        if arguments.engine not in OURS:
            figure["ndcg10_with_our_dictionary"] = with_our_dictionary(
                way, arguments.folder, questions, grades, queries(questions, asker)
            )
        figure["questions"] = len(questions)
        if arguments.engine == "weike":
            figure["update_visible_s"] = round(updates.visible_after_seconds(own), 3)
    if arguments.engine == "weike":
        # Outside of that context: each request has one of its own, as a visitor's has.
        figure |= page_figures(app, asker.hat, questions)
    (arguments.folder / f"{arguments.engine}.json").write_text(
        json.dumps(figure, ensure_ascii=False, indent=1)
    )
    told = {name: value for name, value in figure.items() if not isinstance(value, list | dict)}
    print(f"{arguments.engine}: {json.dumps(told)}", flush=True)
    os._exit(0)  # engines' threads are not waited for


if __name__ == "__main__":
    main()
