"""Hand-ins of a whole grade before a deadline against the running platform: L1, L2 and L3.

`make bench NAME=rush`, or a small one with `ARGS="--scale 0.1"`. The platform is started as `make run` starts
it, on a data folder of its own, with SQLite and then, where its programs are, with PostgreSQL.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any
from uuid import UUID

from benchmarks.databases import DATABASES, database, present
from benchmarks.harness import RESULTS, machine, percentile, table, yardstick_ms
from benchmarks.rush.driver import HandIn
from benchmarks.rush.rushes import RUSHES, Rush
from benchmarks.rush.school import Task, school
from tests.served import Served, served, until
from tests.stored import Sent, lost_and_doubled, unfinished_jobs

PATIENCE_SECONDS = 600.0
"""Until everything is done that follows from one rush: what is written anew and suggested afterwards."""
TIMES = ("p50_s", "p95_s", "p99_s", "last_s")
COLUMNS = ("pupils", "photos", *TIMES, "web_cpu_ms", "yardstick_ms", "errors", "busy", "lost", "doubled")
LOOK_SECONDS = 1.0
Figures = dict[str, dict[str, Any]]


def measure(name: str, rushes: dict[str, Rush]) -> Figures:
    """Run all rushes on one database."""
    found: Figures = {}
    with (
        tempfile.TemporaryDirectory(prefix="weike-bench-") as place,
        database(name, Path(place)) as database_url,
        school(Path(place) / "data", database_url, rushes) as tasks,
    ):
        folder = Path(place) / "data"
        with served(folder, {"WEIKE_DATABASE_URL": database_url}) as running:
            drive(folder, running, "sign_in")
            for rush_name, rush in rushes.items():
                until(lambda: not unfinished_jobs(), "the workers do not come to an end", PATIENCE_SECONDS)
                found[rush_name] = run(folder, running, rush_name, rush, tasks[rush_name])
                print(f"{name} {rush_name}: {found[rush_name]}", flush=True)
    return found


def run(folder: Path, running: Served, name: str, rush: Rush, task: Task) -> dict[str, Any]:
    """Run one rush, then look for everything that was acknowledged."""
    (folder / f"{name}.task.json").write_text(json.dumps(asdict(task)))
    before = web_cpu_seconds(running)
    yardsticks = drive(folder, running, name)
    used = web_cpu_seconds(running) - before
    journal = [HandIn(**one) for one in json.loads((folder / f"{name}.journal.json").read_text())]
    sent = [Sent(UUID(one.client_key), one.photos, one.receipts) for one in journal]
    lost, doubled = lost_and_doubled(task.assignment_id, sent)
    cpu_ms = round(1_000 * used / len(journal))
    yardstick = round(percentile(yardsticks, 0.5), 1)
    return figures(rush, journal) | {
        "lost": lost,
        "doubled": doubled,
        "web_cpu_ms": cpu_ms,
        "yardstick_ms": yardstick,
    }


def web_cpu_seconds(running: Served) -> float:
    """CPU seconds of the web process so far: of a hand-in they tell more than the clock of a busy machine."""
    told = Path(f"/proc/{running.process_of('app.web')}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, told[11:13])) / os.sysconf("SC_CLK_TCK")


def drive(folder: Path, running: Served, name: str) -> list[float]:
    """Let the driver do its part; returns how long the yardstick took meanwhile, again and again."""
    command = [sys.executable, "-m", "benchmarks.rush.driver", str(folder), running.url, name]
    yardsticks = [yardstick_ms()]
    with subprocess.Popen(command) as driver:  # noqa: S603 -- our own program
        while driver.poll() is None:
            time.sleep(LOOK_SECONDS)
            yardsticks.append(yardstick_ms())
    if driver.returncode:
        raise subprocess.CalledProcessError(driver.returncode, command)
    return yardsticks


def figures(rush: Rush, journal: Sequence[HandIn]) -> dict[str, Any]:
    """From the button to the receipt, waiting after a 503 included; who got none counts as an error."""
    taken = [one.received_s - one.pressed_s for one in journal if one.received_s is not None]
    problems = [problem for one in journal for problem in one.problems]
    for problem in dict.fromkeys(problems):
        print(f"{problems.count(problem)} times {problem}", file=sys.stderr)
    return {
        "pupils": len(journal),
        "photos": rush.photos,
        "p50_s": round(percentile(taken, 0.5), 2),
        "p95_s": round(percentile(taken, 0.95), 2),
        "p99_s": round(percentile(taken, 0.99), 2),
        "last_s": round(max(one.received_s for one in journal if one.received_s is not None), 2),
        "errors": len(problems) + len(journal) - len(taken),
        "busy": sum(one.busy for one in journal),
    }


def is_reached(rush: Rush, found: dict[str, Any]) -> bool:
    """Whether the goals hold: times, nothing lost or doubled, and at most one in a hundred told to wait."""
    times = found["p95_s"] <= rush.p95_s and found["p99_s"] <= rush.p99_s and found["last_s"] <= rush.last_s
    patience = found["busy"] <= found["pupils"] / 100 or not rush.seconds
    return times and patience and not any(found[one] for one in ("errors", "lost", "doubled"))


def report(found: dict[str, Figures], rushes: dict[str, Rush], scale: float) -> None:
    """Print the table and write ``results/rush.json``."""
    rows = [
        {"database": name, "rush": rush}
        | {column: figures[column] for column in COLUMNS}
        | {"goal": "reached" if is_reached(rushes[rush], figures) else "missed"}
        for name, all_of_it in found.items()
        for rush, figures in all_of_it.items()
    ]
    print()
    for line in table(rows):
        print(line)
    first, *others = found
    content = found[first] | {name: found[name] for name in others} | {"machine": machine()}
    RESULTS.mkdir(exist_ok=True)
    name = "rush.json" if scale == 1 else f"rush-{scale:g}.json"
    (RESULTS / name).write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    print(f"\nWritten to benchmarks/results/{name}.")


def main() -> None:
    """Run the rushes on each database."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", type=float, default=1.0, help="a share of the pupils, at the same pace")
    parser.add_argument("--rushes", default=",".join(RUSHES))
    parser.add_argument("--databases", default=",".join(DATABASES))
    asked = parser.parse_args()
    rushes = {name: RUSHES[name].scaled(asked.scale) for name in asked.rushes.split(",")}
    found = {name: measure(name, rushes) for name in present(asked.databases.split(","))}
    report(found, rushes, asked.scale)


if __name__ == "__main__":
    main()
