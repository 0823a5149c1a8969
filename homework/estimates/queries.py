"""What answering took, and what it is expected to take."""

from collections.abc import Iterable

from sqlalchemy import Select, func, select

from core.database import db
from homework.estimates.estimate import Estimate, estimate
from homework.estimates.models import ItemTime
from learning.attempts.models import Attempt
from library.items.models import ItemVersion


def estimates_for(versions: Iterable[ItemVersion]) -> dict[int, Estimate]:
    """How long each question is expected to take, by the id of its wording."""
    known = list(versions)
    times = {
        one.item_id: one
        for one in db.session.scalars(
            select(ItemTime).where(ItemTime.item_id.in_({each.item_id for each in known}))
        )
    }
    found = {}
    for one in known:
        time = times.get(one.item_id)
        found[one.id] = estimate(
            one.minutes, time.median_seconds if time else None, time.answers if time else 0
        )
    return found


def median_seconds() -> Select[int, float, int]:
    """Rows (item id, median seconds, number of answers) over all answers whose time is known.

    The middle value, or the mean of the two in the middle; written so that SQLite knows it too.
    """
    ranked = (
        select(
            Attempt.item_id.label("of"),
            Attempt.seconds.label("value"),
            func.row_number().over(partition_by=Attempt.item_id, order_by=Attempt.seconds).label("place"),
            func.count().over(partition_by=Attempt.item_id).label("number"),
        )
        .where(Attempt.seconds > 0)
        .subquery()
    )
    column = ranked.c
    in_the_middle = (column.place * 2 >= column.number) & (column.place * 2 <= column.number + 2)
    return (
        select(column.of, func.avg(column.value), func.max(column.number))
        .where(in_the_middle)
        .group_by(column.of)
    )
