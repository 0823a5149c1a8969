"""Count what was not found, and settle it."""

from datetime import datetime, timedelta

from sqlalchemy import delete, update

from accounts.people.models import Hat
from core.database import db, insert_if_absent
from library.search.engine import Engine
from library.search.places import Places, number_of
from library.search.services import Found, find
from library.search.wishes import Wish
from library.wanted import queries
from library.wanted.models import Wanted
from library.wanted.wording import kept

MOST_MISSING = 2
"""A question of many words that stand nowhere is talk, not a topic."""
KEPT = timedelta(days=365)
"""What nobody looked for in a year is forgotten."""


def note(engine: Engine, hat: Hat, wish: Wish, places: Places, *, now: datetime) -> bool:
    """Count *wish*, unless it finds something after all or looks like data about a person; returns whether.

    Who asked is not kept: *hat* only decides what there is to find.
    """
    text = kept(" ".join((wish.text, *wish.question.phrases)))
    if not text or db.session.scalar(queries.people_named_in(text).limit(1)) is not None:
        return False
    found = find(engine, hat, wish, places, limit=1)
    if not is_in_vain(found):
        return False
    known = number_of(wish.subject, places.subject_codes) > 0
    subject_code, grade = wish.subject if known else "", wish.grade or 0
    row = {"text": text, "subject_code": subject_code, "grade": grade, "count": 1}
    times = {"first_asked_at": now, "last_asked_at": now, "dismissed_at": None}
    if not insert_if_absent(Wanted, [row | times]):
        db.session.execute(
            update(Wanted)
            .where(Wanted.text == text, Wanted.subject_code == subject_code, Wanted.grade == grade)
            .values(count=Wanted.count + 1, last_asked_at=now)
        )
    return True


def is_in_vain(found: Found) -> bool:
    """Whether a search found nothing, or only what lacks words that stand nowhere in the library."""
    is_answered = found.total > 0 and not (found.missing and len(found.missing) <= MOST_MISSING)
    return not (is_answered or found.is_without_index)


def dismiss(wanted: Wanted, *, now: datetime) -> None:
    """Take it off the list: nothing is to be written."""
    wanted.dismissed_at = now


def bring_back(wanted: Wanted) -> None:
    """Put it on the list again."""
    wanted.dismissed_at = None


def forget(*, now: datetime) -> None:
    """Forget what nobody looked for in a long time."""
    db.session.execute(delete(Wanted).where(Wanted.last_asked_at < now - KEPT))
