"""Hand-ins with two photographs at one instant, over real connections, against a server that keeps bytes.

Ours checks the right to hand in, decodes and re-encodes each picture, syncs files and row to the disk, marks
what can be marked and gives a receipt. The other server parses the same request, writes the files without
syncing, and adds one row: the difference is what the promise costs.
"""

import sqlite3
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

import waitress
from flask import Flask, request

from benchmarks.harness import Report, at_once, median, percentile
from tests.hand_ins import HandIn, School, devices_of, school_on_disk
from tests.served import served

PUPILS = 100
WIDTH, HEIGHT = 1_000, 1_400
"""A page photographed by a phone and shrunk by it: about 1 MB of noise, harder than handwriting."""


def bare_server(folder: Path) -> Flask:
    """A server that keeps the bytes and a row, and promises nothing."""
    app = Flask("bare")
    app.config["MAX_CONTENT_LENGTH"] = 64 << 20
    database = sqlite3.connect(folder / "bare.db", check_same_thread=False, isolation_level=None)
    database.execute("PRAGMA synchronous=OFF")
    database.execute("CREATE TABLE submission (id INTEGER PRIMARY KEY, client_key)")
    turn = threading.Lock()

    @app.post("/api/v1/assignments/<int:assignment_id>/submissions")
    def hand_in(assignment_id: int) -> tuple[dict[str, object], int]:
        key = request.headers["Idempotency-Key"]
        for number, part in enumerate(one for _, parts in request.files.lists() for one in parts):
            part.save(folder / f"{assignment_id}-{key}-{number}")
        with turn:
            row = database.execute("INSERT INTO submission (client_key) VALUES (?)", [key]).lastrowid
        return {"id": row, "sha256": key}, 201

    return app


def measure(report: Report, way: str, hand_ins: list[HandIn], school: School) -> None:
    """Send all at once and note when each was acknowledged."""
    taken: list[float] = []

    def send(hand_in: HandIn) -> Callable[[], None]:
        def work() -> None:
            started = time.perf_counter()
            while not hand_in.receipts:
                hand_in.send(school)
            taken.append(time.perf_counter() - started)

        return work

    whole = at_once([send(one) for one in hand_ins])
    report.add(
        way,
        acknowledged=len(taken),
        hand_ins_per_second=len(taken) / whole,
        p50_s=median(taken),
        p95_s=percentile(taken, 0.95),
        last_s=whole,
        retries=sum(one.tries - 1 for one in hand_ins),
    )


def main() -> None:
    """Run both servers, one after the other, with the same work."""
    report = Report("hand_ins", f"{PUPILS} hand-ins with two photographs each at one instant")
    with tempfile.TemporaryDirectory(prefix="weike-bench-") as folder:
        data_dir = Path(folder) / "data"
        with school_on_disk(data_dir, pupils=PUPILS) as school:
            with served(data_dir) as running:
                hand_ins = devices_of(school, running.url, width=WIDTH, height=HEIGHT)
                measure(report, "ours", hand_ins, school)
            bare = waitress.create_server(bare_server(Path(folder)), host="127.0.0.1", port=0, threads=8)
            threading.Thread(target=bare.run, daemon=True).start()
            for hand_in in hand_ins:
                hand_in.device.url = f"http://127.0.0.1:{bare.effective_port}"
                hand_in.receipts.clear()
                hand_in.tries = 0
            measure(report, "bytes and a row, unsynced", hand_ins, school)
    ours, other = (float(row["hand_ins_per_second"]) for row in report.rows)
    report.note(f"Checked, re-encoded, synced and marked costs {other / ours:.1f} times the bare bytes.")
    report.finish()


if __name__ == "__main__":
    main()
