"""Remove what was sent to be imported, once it is needed no more."""

from datetime import UTC, datetime, timedelta

from core.database import db
from core.files import files
from library.media.keeping import is_named
from library.spent import queries

KEPT = timedelta(days=7)
"""How long an import that was tried may wait for the person who ordered it."""
YOUNGEST = timedelta(hours=12)
"""A file that came, or came again, since then stays: who sent it may be about to order."""


def forget(now: datetime) -> int:
    """Remove the files of imports that are over; returns how many. What anything else names stays."""
    count = 0
    for sha256 in list(db.session.scalars(queries.spent(now - KEPT))):
        try:
            came_at = datetime.fromtimestamp(files().path(sha256).stat().st_mtime, UTC)
        except FileNotFoundError:
            continue
        if came_at > now - YOUNGEST or _is_needed(sha256, now):
            continue
        files().remove(sha256)
        count += 1
    return count


def _is_needed(sha256: str, now: datetime) -> bool:
    if db.session.execute(queries.needed(sha256, now - KEPT)).first():
        return True
    return is_named(sha256, aside=queries.OF_IMPORTS)
