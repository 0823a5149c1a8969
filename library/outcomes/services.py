"""Take over what the rooms above count at night."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy import delete, update

from core.database import db, transaction, upsert
from library.outcomes.counts import Use
from library.resources.models import ResourceUse

PORTION = 1_000
KEYS = ("resource_id", "grade")
LEARNT = ("people", "classes", "opened", "started", "finished", "answers", "right_answers")


def take_use(counts: Mapping[tuple[int, int], Use], *, now: datetime) -> None:
    """Make what learners did with resources be *counts*, by (resource id, grade).

    Opens a transaction for each portion, so that nobody waits long for it. What is not among the
    counts becomes zero; told the same again, nothing changes but the time.
    """
    rows = (
        {"resource_id": resource_id, "grade": grade, "assigned": 0, "counted_at": now}
        | {name: getattr(use, name) for name in LEARNT}
        for (resource_id, grade), use in sorted(counts.items())
    )
    _take(rows, (*LEARNT, "counted_at"))
    with transaction():
        db.session.execute(
            update(ResourceUse).where(ResourceUse.counted_at < now).values(dict.fromkeys(LEARNT, 0))
        )
        _forget_the_unused()


def take_assigned(counts: Mapping[tuple[int, int], int], *, now: datetime) -> None:
    """Make the times that resources were given to classes be *counts*, by (resource id, grade)."""
    with transaction():
        db.session.execute(update(ResourceUse).values(assigned=0))
    rows = (
        {"resource_id": resource_id, "grade": grade, "assigned": times, "counted_at": now}
        | dict.fromkeys(LEARNT, 0)
        for (resource_id, grade), times in sorted(counts.items())
    )
    _take(rows, ("assigned",))
    with transaction():
        _forget_the_unused()


def _take(rows: Iterator[dict[str, Any]], columns: tuple[str, ...]) -> None:
    while portion := list(islice(rows, PORTION)):
        with transaction():
            upsert(ResourceUse, portion, keys=KEYS, update=columns)


def _forget_the_unused() -> None:
    db.session.execute(
        delete(ResourceUse).where(
            ResourceUse.people == 0,
            ResourceUse.assigned == 0,
            ResourceUse.opened == 0,
            ResourceUse.classes == 0,
        )
    )
