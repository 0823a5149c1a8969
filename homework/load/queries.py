"""The ledger of homework: minutes by class, day and subject."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date

from sqlalchemy import Select, func, select

from accounts.classes.models import SchoolClass
from core.database import db
from core.i18n import localized
from homework.load.limits import DayLoad, in_tenths
from homework.load.models import Excess, LoadEntry, SchoolCap


def held(class_ids: Collection[int]) -> Select[int]:
    """The classes' rows, held until the transaction ends: who assigns to one class waits for each other."""
    return (
        select(SchoolClass.id)
        .where(SchoolClass.id.in_(class_ids))
        .order_by(SchoolClass.id)
        .with_for_update(key_share=True)
    )


def entries_of(assignment_id: int) -> Select[LoadEntry]:
    """What one assignment asks of its classes."""
    return select(LoadEntry).where(LoadEntry.assignment_id == assignment_id)


def excesses_of(assignment_id: int) -> Select[Excess]:
    """Why one assignment was more than allowed, where it was."""
    return select(Excess).where(Excess.assignment_id == assignment_id).order_by(Excess.id)


def minutes_between(
    class_ids: Collection[int], first: date, last: date, *, besides: int | None = None
) -> Select[int, date, int, float]:
    """Rows (class id, day, subject id, minutes); *besides* is an assignment that is left out."""
    rows = (
        select(LoadEntry.class_id, LoadEntry.day, LoadEntry.subject_id, func.sum(LoadEntry.minutes))
        .where(LoadEntry.class_id.in_(class_ids), LoadEntry.day.between(first, last))
        .group_by(LoadEntry.class_id, LoadEntry.day, LoadEntry.subject_id)
        .order_by(LoadEntry.class_id, LoadEntry.day, LoadEntry.subject_id)
    )
    return rows if besides is None else rows.where(LoadEntry.assignment_id != besides)


def caps_of(school_ids: Collection[int]) -> Select[SchoolCap]:
    """What the schools have set, by grade."""
    return select(SchoolCap).where(SchoolCap.school_id.in_(school_ids)).order_by(SchoolCap.grade)


def loads(
    classes: Iterable[SchoolClass],
    days: list[date],
    added: Mapping[int, float] | None = None,
    *,
    besides: int | None = None,
) -> list[DayLoad]:
    """The homework of each class on the last of *days*, with *added* minutes by class that are planned."""
    known = list(classes)
    minutes = minutes_between([one.id for one in known], days[0], days[-1], besides=besides)
    planned: dict[int, dict[int, float]] = {one.id: {} for one in known}
    around: dict[int, dict[date, float]] = {one.id: dict.fromkeys(days, 0.0) for one in known}
    for class_id, day, subject_id, asked in db.session.execute(minutes):
        around[class_id][day] = in_tenths(around[class_id][day] + float(asked))
        if day == days[-1]:
            planned[class_id][subject_id] = float(asked)
    caps = school_caps(known)
    return [
        DayLoad(
            one.id,
            localized(one),
            one.grade,
            planned[one.id],
            (added or {}).get(one.id, 0.0),
            caps.get((one.school_id, one.grade)),
            around[one.id],
        )
        for one in known
    ]


def school_caps(classes: Iterable[SchoolClass]) -> dict[tuple[int, int], int]:
    """What the classes' schools have set, by (school, grade)."""
    found: dict[tuple[int, int], int] = defaultdict(int)
    for one in db.session.scalars(caps_of({each.school_id for each in classes})):
        found[one.school_id, one.grade] = one.minutes
    return dict(found)
