"""A pupil's returned work as rows: what the page, the files and the API show, from the same query."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from homework.assignments.models import Assignment
from homework.corrections.counts import Count, counts_of
from homework.overview import queries as overview


@dataclass(frozen=True, slots=True)
class PupilRow:
    """A returned piece of work of one pupil."""

    task: overview.Task
    corrections: Count

    @property
    def assignment(self) -> Assignment:
        """What was given."""
        return self.task.assignment

    @property
    def returned_at(self) -> datetime | None:
        """When it came back."""
        return self.task.submission.returned_at if self.task.submission else None

    @property
    def share(self) -> float | None:
        """Of the points, 0 to 1."""
        if self.task.points is None or not self.task.most_points:
            return None
        return self.task.points / self.task.most_points


def pupil_rows(student_id: int, found: Sequence[Assignment], now: datetime) -> list[PupilRow]:
    """Returned work as the pupil meets it, in a number of statements that does not grow."""
    tasks = [
        one for one in overview.tasks(student_id, found, now) if one.submission and one.points is not None
    ]
    counts = counts_of([one.submission.id for one in tasks if one.submission])
    return [
        PupilRow(one, counts.get(one.submission.id, Count()) if one.submission else Count()) for one in tasks
    ]
