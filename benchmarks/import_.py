"""Import of 100,000 records through the command line, index included, against one object at a time.

The time and the memory are those of the command's own process, as a school's administrator sees them.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from app.factory import create_app
from app.settings import Settings
from benchmarks.harness import Report, fresh_application, seconds
from benchmarks.records import SUBJECTS, records, write_file
from core.clock import now
from core.database import db, transaction
from library.curriculum.models import Subject
from library.items.models import Item, ItemKind, ItemVersion
from library.resources.models import (
    Resource,
    ResourceBody,
    ResourceItem,
    ResourceKind,
    ResourceVersion,
    ReviewState,
    Tier,
)

RECORDS = 100_000
SAMPLE = 1_000
KILOBYTE = 1_024


def add_subjects() -> None:
    """What the records refer to."""
    db.session.add_all(
        Subject(code=code, name=code, name_en=code, position=number) for number, code in enumerate(SUBJECTS)
    )
    db.session.flush()


def by_command(folder: Path, file: Path) -> tuple[float, float]:
    """Import *file* with `weike library import`; returns its seconds and its peak memory in megabytes."""
    app = create_app(Settings(data_dir=folder))
    with app.app_context():
        db.metadata.create_all(db.engine)
        with transaction():
            add_subjects()
        db.session.remove()
        db.engine.dispose()
    started = time.perf_counter()
    process = subprocess.Popen(  # noqa: S603 -- our own command
        [sys.executable, "-m", "app", "library", "import", str(file)],
        env={**os.environ, "DATA_DIR": str(folder)},
    )
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(process.returncode)
    return time.perf_counter() - started, usage.ru_maxrss * KILOBYTE / 1_000_000


def one_at_a_time() -> None:
    """A loop that anybody would write first: make the objects, add, commit, next. Without a search index."""
    at = now()
    subjects = {subject.code: subject.id for subject in db.session.query(Subject)}
    for record in records(SAMPLE):
        with transaction():
            resource = Resource(
                identifier=record["identifier"],
                kind=ResourceKind(record["kind"]),
                title=record["title"],
                description=record["description"],
                keywords=record["keywords"],
                subject_id=subjects[record["subject"]],
                grade_from=record["grades"][0],
                grade_to=record["grades"][1],
                difficulty=record["difficulty"],
                minutes=record["minutes"],
                licence=record["licence"],
                tier=Tier.PUBLIC,
                review_state=ReviewState.PUBLISHED,
                created_at=at,
                updated_at=at,
            )
            db.session.add(resource)
            db.session.flush()
            db.session.add(ResourceVersion(resource_id=resource.id, number=1, content=record, changed_at=at))
            if "body" in record:
                db.session.add(ResourceBody(resource_id=resource.id, text=record["body"]))
            for position, question in enumerate(record.get("items", [])):
                item = Item(identifier=question["identifier"], subject_id=subjects[record["subject"]])
                db.session.add(item)
                db.session.flush()
                version = ItemVersion(
                    item_id=item.id,
                    number=1,
                    kind=ItemKind(question["kind"]),
                    prompt=question["prompt"],
                    interaction=question["interaction"],
                    correct={"choices": question["correct"]},
                    explanation=question["explanation"],
                    hints=question["hints"],
                    misconceptions=[],
                    created_at=at,
                )
                db.session.add(version)
                db.session.flush()
                item.current_version_id = version.id
                db.session.add(ResourceItem(resource_id=resource.id, position=position, item_id=item.id))


def main() -> None:
    """Measure both ways."""
    report = Report("import", f"Import of {RECORDS:,} records")
    with tempfile.TemporaryDirectory(prefix="weike-bench-") as folder:
        file = Path(folder) / "library.jsonl"
        write_file(file, RECORDS)
        taken, memory = by_command(Path(folder) / "data", file)
    report.add(
        "ours, with search index",
        records=RECORDS,
        seconds=taken,
        records_per_second=RECORDS / taken,
        peak_mb=memory,
    )
    with fresh_application():
        with transaction():
            add_subjects()
        taken = seconds(one_at_a_time)
    report.add("one at a time, without", records=SAMPLE, seconds=taken, records_per_second=SAMPLE / taken)
    ours, naive = (float(row["records_per_second"]) for row in report.rows)
    report.note(f"{ours / naive:.1f} times as fast, with the index made on top.")
    report.finish()


if __name__ == "__main__":
    main()
