"""What is written down while the weeks pass: rows of a portion, statements, and everybody's days."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from core.clock import school_day
from core.database import insert_if_absent, transaction
from demo.rows import Rows
from learning.records.models import DailyActivity, Statement
from learning.records.services import Record

NAMESPACE = UUID("0b0b4f2e-9d6b-5a43-8d5e-5e7a3c1b9f10")
COUNTED = (
    "watched_seconds",
    "answers",
    "correct_answers",
    "handed_in",
    "opened",
    "taught",
    "assigned",
    "marked",
)
PORTION = 2_000


@dataclass
class Diary:
    """What each person did on each day: what ``DailyActivity`` will say."""

    days: dict[tuple[int, date], dict[str, float]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(float))
    )

    def note(self, person: int, moment: datetime, **amounts: float) -> None:
        """Add *amounts* to the person's school day."""
        day = self.days[person, school_day(moment)]
        for name, amount in amounts.items():
            day[name] += amount

    def write(self) -> None:
        """Write the days that are not written yet."""
        rows = [
            {"person_id": person, "day": day} | {name: _counted(name, amounts) for name in COUNTED}
            for (person, day), amounts in sorted(self.days.items())
        ]
        for start in range(0, len(rows), PORTION):
            with transaction():
                insert_if_absent(DailyActivity, rows[start : start + PORTION])


class Chronicle:
    """The rows of the portion that is being written, and the diary of all portions."""

    def __init__(self, seed: int, now: datetime) -> None:
        self.seed, self.now, self.today = seed, now, school_day(now)
        self.rows = Rows()
        self.diary = Diary()

    def begin(self) -> None:
        """Begin another portion."""
        self.rows = Rows()

    def state(self, record: Record) -> None:
        """Write a statement down."""
        state(self.rows, record)


def state(rows: Rows, record: Record) -> None:
    """Add a statement to *rows*, stored when it happened."""
    rows.add(
        Statement,
        uuid=record.uuid,
        actor_id=record.actor_id,
        verb=record.verb.value,
        object_type=record.object_type.value,
        object_id=record.object_id,
        result=dict(record.result),
        context=dict(record.context),
        registration=record.registration,
        timestamp=record.timestamp,
        stored_at=record.timestamp,
    )


def _counted(name: str, amounts: Mapping[str, float]) -> float:
    amount = amounts.get(name, 0.0)
    return amount if name == "watched_seconds" else int(amount)
