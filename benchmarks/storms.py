"""A thousand hand-ins over bad lines, while processes are killed fifty times: promise F1, with three seeds.

Nothing here is about speed: of what was acknowledged nothing may be lost, doubled or torn, whatever happens.
`ARGS="--scale 0.1"` runs a small one.
"""

import argparse
import tempfile
import time
from dataclasses import asdict, replace
from itertools import product
from pathlib import Path

from benchmarks.databases import DATABASES, database, present
from benchmarks.harness import Report
from tests.hand_ins import school_on_disk
from tests.served import served
from tests.storms import Storm, Weathered, weather

PUPILS, KILLS = 1_000, 51
SEEDS = (1, 2, 3)


def main() -> None:
    """Run one storm after the other, each on a platform and a database of its own."""
    parser = argparse.ArgumentParser(prog="make bench NAME=storms")
    parser.add_argument("--scale", type=float, default=1.0, help="of the whole size")
    parser.add_argument("--databases", default=",".join(DATABASES))
    asked = parser.parse_args()
    pupils, kills = round(PUPILS * asked.scale), max(round(KILLS * asked.scale), 1)
    report = Report("storms", f"{pupils} hand-ins with two photographs each, {kills} kills")
    storm = Storm(kills)
    for name, seed in product(present(asked.databases.split(",")), SEEDS):
        began = time.monotonic()
        found = _weathered(name, pupils, replace(storm, seed=seed))
        minutes = (time.monotonic() - began) / 60
        report.add(f"{name}, seed {seed}", kills=kills, **asdict(found), minutes=minutes)
    report.note(
        f"Lines lost {storm.lost:.0%} of the answers and cut {storm.cut:.0%} of the requests; "
        f"{storm.resent:.0%} of the devices sent again what was acknowledged. Web server, worker and "
        "everything at once were killed in turn (kill -9)."
    )
    report.finish()


def _weathered(database_name: str, pupils: int, storm: Storm) -> Weathered:
    with tempfile.TemporaryDirectory(prefix="weike-bench-") as place:
        data_dir = Path(place) / "data"
        with (
            database(database_name, Path(place)) as url,
            school_on_disk(data_dir, pupils=pupils, database_url=url) as school,
            served(data_dir, {"WEIKE_DATABASE_URL": url}) as running,
        ):
            return weather(storm, school, running)


if __name__ == "__main__":
    main()
