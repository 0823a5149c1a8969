"""Search in 100,000 records: relevance, speed, size and build of five engines, each in its own process.

`make bench NAME=search`, or with `ARGS="--items 1000000 --engines weike,tantivy"`.
"""

import argparse
import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from benchmarks.harness import RESULTS, machine, table
from benchmarks.search import stock
from benchmarks.search.measure import WAYS, open_application, write_words
from core.database import db
from scripts import debian, services

ITEMS = 100_000
COLUMNS = ("ndcg10", "zero_hit_share", "p50_ms", "p95_ms", "build_cpu_s", "index_mb")
TICKS = os.sysconf("SC_CLK_TCK")


def prepare(folder: Path, items: int) -> None:
    """Fill a database with *items* records."""
    app = open_application(folder)
    with app.app_context():
        db.metadata.create_all(db.engine)
        asker = stock.fill(items)
        write_words(folder)
        db.session.remove()
        db.engine.dispose()
    (folder / "asker.json").write_text(json.dumps(asdict(asker)))


@contextlib.contextmanager
def server(folder: Path) -> Iterator[tuple[str, Path]]:
    """A PostgreSQL of its own: its address, and its data folder."""
    programs = debian.postgres_programs()
    if programs is None:
        debian.require(["postgresql"], why="make bench NAME=search")
        programs = debian.postgres_programs()
    assert programs is not None
    folder.chmod(0o755)
    port = services.free_port()
    with services.postgres_server(programs, folder / "server", port):
        yield f"postgresql+psycopg://weike@127.0.0.1:{port}/postgres", folder / "server" / "data"


def server_cpu_seconds(data: Path) -> float:
    """CPU seconds that the server has used so far, all its processes together, ended ones included."""
    master = int((data / "postmaster.pid").read_text().split()[0])
    total = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            number, _, rest = stat.read_text().partition(" (")
            told = rest.rpartition(") ")[2].split()
            if int(number) == master:
                total += sum(map(int, told[11:15]))
            elif int(told[1]) == master:
                total += sum(map(int, told[11:13]))
    return total / TICKS


def measure(engine: str, folder: Path, *, place: str = "", keep: bool = False) -> dict[str, Any]:
    """Measure *engine* in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.search.measure", engine, str(folder), "--place", place]
    subprocess.run([*command, *(["--keep"] if keep else [])], check=True)  # noqa: S603 -- our own program
    found: dict[str, Any] = json.loads((folder / f"{engine}.json").read_text())
    return found


def measure_all(engines: list[str], folder: Path) -> dict[str, dict[str, Any]]:
    """The figures of *engines*."""
    found = {}
    for engine in engines:
        if engine != "postgresql":
            found[engine] = measure(engine, folder)
            continue
        with (
            tempfile.TemporaryDirectory(prefix="weike-bench-") as place,
            server(Path(place)) as (address, data),
        ):
            before = server_cpu_seconds(data)
            built = json.loads(_build(folder, address))
            served = server_cpu_seconds(data) - before
            figures = measure(engine, folder, place=address, keep=True)
            found[engine] = built | figures | {"build_cpu_s": round(built["build_cpu_s"] + served, 1)}
    return found


def _build(folder: Path, address: str) -> str:
    command = [
        sys.executable,
        "-m",
        "benchmarks.search.measure",
        "postgresql",
        str(folder),
        "--place",
        address,
    ]
    built = subprocess.run([*command, "--only-build"], check=True, capture_output=True, text=True)  # noqa: S603 -- our own program
    return built.stdout.splitlines()[-1]


def report(found: dict[str, dict[str, Any]], items: int) -> None:
    """Print the table and write ``results/search.json``."""
    rows = [
        {"engine": name, **{column: figures[column] for column in COLUMNS}} for name, figures in found.items()
    ]
    print()
    for line in table(rows):
        print(line)
    kinds = dict.fromkeys(kind for figures in found.values() for kind in figures["by_kind"])
    by_kind = [
        {"nDCG@10, held back": kind}
        | {name: figures["by_kind"].get(kind, {}).get("ndcg10", "") for name, figures in found.items()}
        for kind in kinds
    ]
    print()
    for line in table(by_kind):
        print(line)
    content: dict[str, Any] = {
        "engines": found,
        "items": items,
        "update_visible_s": found.get("weike", {}).get("update_visible_s"),
        "machine": machine(),
    }
    RESULTS.mkdir(exist_ok=True)
    name = "search.json" if items == ITEMS else f"search-{items}.json"
    (RESULTS / name).write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    print(f"\nWritten to benchmarks/results/{name}.")


def main() -> None:
    """Fill, measure, report."""
    parser = argparse.ArgumentParser(prog="make bench NAME=search", description=__doc__)
    parser.add_argument("--items", type=int, default=ITEMS, help="records in the library")
    parser.add_argument("--engines", default=",".join(WAYS), help="which engines, with commas between them")
    parser.add_argument(
        "--folder", type=Path, help="keep the filled database here, and use it if it is there"
    )
    arguments = parser.parse_args()
    # A bare TERM would leave the PostgreSQL running.
    signal.signal(signal.SIGTERM, lambda _signal, _frame: sys.exit(1))
    engines = arguments.engines.split(",")
    if unknown := set(engines) - set(WAYS):
        parser.error(f"there is no engine {', '.join(sorted(unknown))}")
    with tempfile.TemporaryDirectory(prefix="weike-bench-") as temporary:
        folder = arguments.folder or Path(temporary)
        if not (folder / "asker.json").exists():
            folder.mkdir(exist_ok=True)
            prepare(folder, arguments.items)
        report(measure_all(engines, folder), arguments.items)


if __name__ == "__main__":
    main()
