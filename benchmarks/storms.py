"""A thousand hand-ins over bad lines, while processes are killed fifty times: promise F1, with three seeds.

Nothing here is about speed: of what was acknowledged nothing may be lost, doubled or torn, whatever happens.
`ARGS="--scale 0.1"` runs a small one.
"""

import argparse
import tempfile
import time
from dataclasses import asdict, replace
from pathlib import Path

from benchmarks.harness import Report
from tests.hand_ins import school_on_disk
from tests.served import served
from tests.storms import Storm, weather

PUPILS, KILLS = 1_000, 51
SEEDS = (1, 2, 3)


def main() -> None:
    """Run one storm after the other, each on a platform of its own."""
    parser = argparse.ArgumentParser(prog="make bench NAME=storms")
    parser.add_argument("--scale", type=float, default=1.0, help="of the whole size")
    scale = parser.parse_args().scale
    pupils, kills = round(PUPILS * scale), max(round(KILLS * scale), 1)
    report = Report("storms", f"{pupils} hand-ins with two photographs each, {kills} kills")
    storm = Storm(kills)
    for seed in SEEDS:
        with tempfile.TemporaryDirectory(prefix="weike-bench-") as folder:
            data_dir = Path(folder)
            with school_on_disk(data_dir, pupils=pupils) as school, served(data_dir) as running:
                began = time.monotonic()
                found = weather(replace(storm, seed=seed), school, running)
        minutes = (time.monotonic() - began) / 60
        report.add(f"seed {seed}", kills=kills, **asdict(found), minutes=minutes)
    report.note(
        f"Lines lost {storm.lost:.0%} of the answers and cut {storm.cut:.0%} of the requests; "
        f"{storm.resent:.0%} of the devices sent again what was acknowledged. Web server, worker and "
        "everything at once were killed in turn (kill -9)."
    )
    report.finish()


if __name__ == "__main__":
    main()
