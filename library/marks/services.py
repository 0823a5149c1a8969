"""Mark, take the mark off, and put the tray in order."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select, update

from accounts.people.models import Hat
from core.database import db, insert_if_absent, upsert
from library.marks import queries
from library.marks.errors import TrayFull
from library.marks.models import LONGEST_NOTE, Favourite, TrayEntry

MOST_IN_TRAY = 100
UNDO_FOR = timedelta(days=1)


def keep(hat: Hat, resource_id: int, *, now: datetime) -> None:
    """Make a resource a favourite of the person; once more changes nothing."""
    insert_if_absent(Favourite, [{"person_id": hat.person_id, "resource_id": resource_id, "marked_at": now}])


def let_go(hat: Hat, resource_id: int) -> None:
    """Take a resource off the favourites; once more changes nothing."""
    db.session.execute(
        delete(Favourite).where(Favourite.person_id == hat.person_id, Favourite.resource_id == resource_id)
    )


def put_in_tray(hat: Hat, resource_ids: Sequence[int], *, now: datetime) -> int:
    """Put resources at the end of the tray; returns how many were not in it.

    Raises:
        TrayFull: there is no room for them.
    """
    there = set(db.session.scalars(queries.in_tray(hat).with_only_columns(TrayEntry.resource_id)))
    fresh = [one for one in dict.fromkeys(resource_ids) if one not in there]
    if len(there) + len(fresh) > MOST_IN_TRAY:
        raise TrayFull(most=MOST_IN_TRAY)
    last = db.session.scalar(select(func.max(TrayEntry.position)).where(TrayEntry.person_id == hat.person_id))
    upsert(
        TrayEntry,
        [
            {
                "person_id": hat.person_id,
                "resource_id": one,
                "position": position,
                "note": "",
                "added_at": now,
                "removed_at": None,
            }
            for position, one in enumerate(fresh, start=(last or 0) + 1)
        ],
        keys=("person_id", "resource_id"),
        update=("position", "note", "added_at", "removed_at"),
    )
    return len(fresh)


@dataclass(frozen=True, slots=True)
class Filled:
    """What came of putting many into a tray at once."""

    put: int
    """How many were not in it."""
    left: int
    """How many there was no room for."""


def fill_tray(hat: Hat, resource_ids: Sequence[int], *, now: datetime) -> Filled:
    """Put as many of the resources at the end of the tray as there is room for, the first ones first."""
    there = set(db.session.scalars(queries.in_tray(hat).with_only_columns(TrayEntry.resource_id)))
    fresh = [one for one in dict.fromkeys(resource_ids) if one not in there]
    room = max(MOST_IN_TRAY - len(there), 0)
    return Filled(put_in_tray(hat, fresh[:room], now=now), len(fresh[room:]))


def take_out(hat: Hat, resource_ids: Sequence[int], *, now: datetime) -> None:
    """Take resources out of the tray; for a day ``put_back`` brings them back as they stood."""
    _forget_what_was_taken_out(hat, now)
    db.session.execute(
        update(TrayEntry)
        .where(
            TrayEntry.person_id == hat.person_id,
            TrayEntry.resource_id.in_(resource_ids),
            TrayEntry.removed_at.is_(None),
        )
        .values(removed_at=now)
    )


def empty_tray(hat: Hat, *, now: datetime) -> None:
    """Take everything out of the tray, also what cannot be opened any more."""
    take_out(
        hat, list(db.session.scalars(queries.in_tray(hat).with_only_columns(TrayEntry.resource_id))), now=now
    )


def put_back(hat: Hat, moment: datetime) -> int:
    """Undo what was taken out of the tray at *moment*; returns how many came back.

    Raises:
        TrayFull: others have taken their room meanwhile.
    """
    gone = list(
        db.session.scalars(
            select(TrayEntry).where(TrayEntry.person_id == hat.person_id, TrayEntry.removed_at == moment)
        )
    )
    there = db.session.scalar(queries.in_tray(hat).with_only_columns(func.count())) or 0
    if there + len(gone) > MOST_IN_TRAY:
        raise TrayFull(most=MOST_IN_TRAY)
    for one in gone:
        one.removed_at = None
    return len(gone)


def note(entry: TrayEntry, text: str) -> None:
    """Say what a resource is for in the lesson."""
    entry.note = " ".join(text.split())[:LONGEST_NOTE]


def move(entries: Sequence[TrayEntry], entry_id: int, steps: int) -> None:
    """Move one of *entries*, which are the tray in order, by *steps*: -1 is one place up."""
    ids = [one.id for one in entries]
    place = ids.index(entry_id)
    goal = max(0, min(place + steps, len(ids) - 1))
    moved = list(entries)
    moved.insert(goal, moved.pop(place))
    for position, one in enumerate(moved, start=1):
        one.position = position


def _forget_what_was_taken_out(hat: Hat, now: datetime) -> None:
    db.session.execute(
        delete(TrayEntry).where(TrayEntry.person_id == hat.person_id, TrayEntry.removed_at < now - UNDO_FOR)
    )
