"""Statements and days of a person."""

from datetime import date

from sqlalchemy import Select, select

from learning.records.models import DailyActivity, Statement


def of_person(person_id: int) -> Select[Statement]:
    """The person's learning records; page them by ``Statement.id``."""
    return select(Statement).where(Statement.actor_id == person_id)


def days_of(person_ids: list[int] | Select[int], first: date, last: date) -> Select[DailyActivity]:
    """What the people did on the school days from *first* to *last*."""
    return (
        select(DailyActivity)
        .where(DailyActivity.person_id.in_(person_ids), DailyActivity.day.between(first, last))
        .order_by(DailyActivity.day)
    )
