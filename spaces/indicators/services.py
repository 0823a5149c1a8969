"""Freeze the figures of a day."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from accounts.organisations.models import Organisation
from core.database import db, upsert
from spaces.indicators import queries
from spaces.indicators.coverage import Counts
from spaces.indicators.models import CoverageSnapshot, Figure

_COLUMNS: dict[Figure, dict[str, str]] = {
    Figure.STUDENT_SPACES: {
        "total": "students",
        "opened": "students_opened",
        "active": "students_active",
        "deep": "students_deep",
    },
    Figure.TEACHER_SPACES: {
        "total": "teachers",
        "opened": "teachers_opened",
        "active": "teachers_active",
        "deep": "teachers_deep",
    },
    Figure.CLASSES_WITH_RESOURCES: {"total": "classes", "active": "classes_with_resources"},
    Figure.TAUGHT_LESSONS: {"total": "taught_lessons"},
    Figure.RESOURCES: {"total": "resources"},
}


def values_of(counts: Counts, figure: Figure) -> dict[str, int]:
    """One figure out of the counts, as a snapshot keeps it."""
    every = asdict(counts)
    return {name: every[column] for name, column in _COLUMNS[figure].items()}


def organisation_ids() -> list[int]:
    """Ids of all organisations."""
    return list(db.session.scalars(select(Organisation.id).order_by(Organisation.id)))


def freeze(organisation_ids: Iterable[int], day: date, now: datetime) -> None:
    """Keep the figures of *day* for these organisations; doing it again replaces them."""
    rows: list[dict[str, Any]] = []
    for one in db.session.scalars(select(Organisation).where(Organisation.id.in_(organisation_ids))):
        whole = queries.report(one, day).whole
        rows += [
            {
                "organisation_id": one.id,
                "figure": figure,
                "day": day,
                "values": values_of(whole, figure),
                "taken_at": now,
            }
            for figure in Figure
        ]
    upsert(CoverageSnapshot, rows, keys=["organisation_id", "figure", "day"], update=["values", "taken_at"])
