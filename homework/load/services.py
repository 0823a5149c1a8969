"""Write in the ledger of homework what is given, and what a school allows."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import delete

from accounts.people.models import Hat
from core.database import db, upsert
from homework.load import queries
from homework.load.errors import MoreThanTheLaw, NoSuchCap
from homework.load.limits import DayLoad, cap_minutes
from homework.load.models import Excess, LoadEntry, SchoolCap

MOST_MINUTES = 600


def enter(
    assignment_id: int, subject_id: int, day: date, minutes: Mapping[int, float], *, is_written: bool
) -> None:
    """Note the minutes that an assignment asks of each class, in place of what was noted before."""
    leave_out(assignment_id)
    db.session.add_all(
        LoadEntry(
            assignment_id=assignment_id,
            class_id=class_id,
            subject_id=subject_id,
            day=day,
            minutes=asked,
            is_written=is_written,
        )
        for class_id, asked in minutes.items()
    )
    db.session.flush()


def leave_out(assignment_id: int) -> None:
    """Count an assignment no longer: it is withdrawn."""
    db.session.execute(delete(LoadEntry).where(LoadEntry.assignment_id == assignment_id))


def explain(
    assignment_id: int, day: date, over: Sequence[DayLoad], reason: str, *, by: Hat, now: datetime
) -> None:
    """Keep why an assignment is more than allowed in some classes, in place of what was said before."""
    db.session.execute(delete(Excess).where(Excess.assignment_id == assignment_id))
    db.session.add_all(
        Excess(
            assignment_id=assignment_id,
            class_id=one.class_id,
            day=day,
            minutes=one.minutes,
            cap=one.cap,
            reason=reason,
            given_by_id=by.person_id,
            given_at=now,
        )
        for one in over
    )
    db.session.flush()


def see(excess: Excess, hat: Hat, *, now: datetime) -> None:
    """The head of the grade has read why."""
    if excess.seen_at is None:
        excess.seen_at = now
        excess.seen_by_id = hat.person_id


def set_caps(hat: Hat, caps: Mapping[int, int | None], *, now: datetime) -> None:
    """Say what the school allows a day in each grade; None leaves a grade to the law.

    Raises:
        NoSuchCap: a figure is no number of minutes of a day.
        MoreThanTheLaw: a figure is above the law's.
    """
    for grade, minutes in caps.items():
        law = cap_minutes(grade)
        if minutes is not None and not 1 <= minutes <= MOST_MINUTES:
            raise NoSuchCap(grade=grade)
        if minutes is not None and law is not None and minutes > law:
            raise MoreThanTheLaw(grade=grade, cap=law)
    left = [grade for grade, minutes in caps.items() if minutes is None]
    db.session.execute(
        delete(SchoolCap).where(SchoolCap.school_id == hat.organisation_id, SchoolCap.grade.in_(left))
    )
    upsert(
        SchoolCap,
        [
            {
                "school_id": hat.organisation_id,
                "grade": grade,
                "minutes": minutes,
                "set_by_id": hat.person_id,
                "set_at": now,
            }
            for grade, minutes in caps.items()
            if minutes is not None
        ],
        keys=("school_id", "grade"),
        update=("minutes", "set_by_id", "set_at"),
    )


def measured(assignment_id: int, medians: Mapping[int, tuple[float, int]]) -> None:
    """Note how long the pupils of each class took: the median in minutes, and of how many."""
    for entry in db.session.scalars(queries.entries_of(assignment_id)):
        if entry.class_id in medians:
            entry.actual_minutes, entry.actual_pupils = medians[entry.class_id]
