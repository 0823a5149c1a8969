"""What the benchmarks share: a fresh application, measuring, and one form of report."""

import contextlib
import json
import os
import platform
import resource
import sqlite3
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import ParamSpec

from flask import Flask

from app.factory import create_app
from app.settings import Environment, Settings
from core.database import db

RESULTS = Path(__file__).parent / "results"
P = ParamSpec("P")
Figure = float | int | str


@contextlib.contextmanager
def served_application() -> Iterator[Flask]:
    """The application on an empty database in a temporary folder, ready for clients."""
    with tempfile.TemporaryDirectory(prefix="weike-bench-") as folder:
        settings = Settings(data_dir=Path(folder), environment=Environment.TEST, secret_key="b" * 32)
        app = create_app(settings)
        with app.app_context():
            db.metadata.create_all(db.engine)
        yield app
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


@contextlib.contextmanager
def fresh_application() -> Iterator[Flask]:
    """The same, inside its context: for services and queries."""
    with served_application() as app, app.app_context():
        yield app
        db.session.remove()


def seconds(work: Callable[P, object], *args: P.args, **kwargs: P.kwargs) -> float:
    """How long *work* takes, once."""
    started = time.perf_counter()
    work(*args, **kwargs)
    return time.perf_counter() - started


def milliseconds(work: Callable[[], object], *, rounds: int) -> list[float]:
    """How long *work* takes each time, after one time that does not count (caches, imports)."""
    work()
    return [seconds(work) * 1_000 for _ in range(rounds)]


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which *share* (0-1) of *values* lie."""
    ordered = sorted(values)
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)]


def median(values: Sequence[float]) -> float:
    """The middle one."""
    return statistics.median(values)


def peak_memory_mb() -> float:
    """The most memory this process has held so far, in megabytes."""
    unit = 1 if sys.platform == "darwin" else 1_024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1_000_000


def at_once(works: Sequence[Callable[[], None]]) -> float:
    """Run *works* each in a thread, begun at the same instant; returns the seconds until the last ends."""
    gate = threading.Barrier(len(works) + 1)
    failures: list[BaseException] = []

    def run(work: Callable[[], None]) -> None:
        gate.wait()
        try:
            work()
        except BaseException as error:  # noqa: BLE001 -- handed to the thread that asked
            failures.append(error)

    threads = [threading.Thread(target=run, args=[work]) for work in works]
    for thread in threads:
        thread.start()
    gate.wait()
    started = time.perf_counter()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]
    return time.perf_counter() - started


@dataclass
class Report:
    """A table of ways and their figures; the first way is ours, the others are what it is held against."""

    name: str
    title: str
    rows: list[dict[str, Figure]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def add(self, way: str, **figures: Figure) -> None:
        """Add one way with its figures, in the order of the columns."""
        self.rows.append({"way": way, **figures})

    def note(self, sentence: str) -> None:
        """Add a sentence below the table."""
        self.notes.append(sentence)

    def ratio(self, column: str) -> float:
        """How many times our figure of *column* the second way's is."""
        ours, other = (float(row[column]) for row in self.rows[:2])
        return other / ours if ours else float("inf")

    def finish(self) -> None:
        """Print the table and write ``results/<name>.json``."""
        print(f"\n{self.title}\n")
        for line in table(self.rows):
            print(line)
        for sentence in self.notes:
            print(f"\n{sentence}")
        RESULTS.mkdir(exist_ok=True)
        place = RESULTS / f"{self.name}.json"
        content = {
            "name": self.name,
            "title": self.title,
            "at": datetime.now(UTC).isoformat(timespec="seconds"),
            "machine": machine(),
            "rows": self.rows,
            "notes": self.notes,
        }
        place.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
        print(f"\nWritten to {place.relative_to(Path.cwd()) if place.is_relative_to(Path.cwd()) else place}.")


def yardstick_ms() -> float:
    """CPU time of a fixed piece of Python: shared machines give twice as much at one time as at another.

    Figures that were taken at different times are compared as multiples of it.
    """
    before = time.process_time()
    for number in range(60):
        words = [{"place": one, "text": f"{number} {one}", "known": {"a": one * 2}} for one in range(60)]
        kept = json.loads(json.dumps(words))
        sorted(kept, key=lambda one: str(one["text"]))
    return (time.process_time() - before) * 1_000


def machine() -> dict[str, Figure]:
    """What the figures were taken on, so that they are read as ratios elsewhere."""
    return {
        "cores": os.cpu_count() or 0,
        "load": round(os.getloadavg()[0], 1),
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "system": platform.system(),
    }


def table(rows: Sequence[dict[str, Figure]]) -> list[str]:
    """*rows* as a Markdown table with aligned columns."""
    columns = list(dict.fromkeys(column for row in rows for column in row))
    cells = [[_cell(row.get(column, "")) for column in columns] for row in rows]
    heads = [column.replace("_", " ") for column in columns]
    widths = [max(len(line[index]) for line in [heads, *cells]) for index in range(len(columns))]
    lines = [heads, ["-" * width for width in widths], *cells]
    return [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) + " |"
        for line in lines
    ]


def _cell(figure: Figure) -> str:
    if isinstance(figure, float):
        return f"{figure:,.2f}" if abs(figure) < 10 else f"{figure:,.0f}"  # noqa: PLR2004 -- two digits that mean something
    return f"{figure:,}" if isinstance(figure, int) else figure
