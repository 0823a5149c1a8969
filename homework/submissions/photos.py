"""Write photographs anew that were taken in as they were sent (``library/media/receiving.py``)."""

import logging
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from sqlalchemy import select

from core.database import db, transaction
from core.errors import DomainError
from homework.submissions import queries
from homework.submissions.models import Page
from library.media.pictures import Picture, take_picture
from library.media.receiving import forget_received, open_received, received_before

log = logging.getLogger(__name__)
PORTION = 20
"""So many photographs are named in one transaction: each keeps those out who hand in."""
LONGEST_REQUEST = timedelta(days=1)
"""What is older and stands in no page belongs to a hand-in that was never recorded."""


def write_all_anew() -> None:
    """Write anew what waits for it.

    One that cannot be written is logged and left as it is, and does not hold up the others.
    """
    tried: set[str] = set()
    while names := [one for one in db.session.scalars(queries.received()) if one and one not in tried]:
        tried.update(names)
        for first in range(0, len(names), PORTION):
            write_anew(names[first : first + PORTION])


def write_anew(names: Iterable[str]) -> None:
    """Write photographs anew, let every page that shows one name the new one, and forget what was sent.

    Slow: call it outside a transaction; it opens its own. What another process wrote is passed over.
    """
    made: dict[str, Picture] = {}
    for name in names:
        try:
            with open_received(name) as stream:
                made[name] = take_picture(stream)
        except FileNotFoundError:
            continue
        except DomainError:
            log.exception("photograph %s cannot be written anew", name)
    # Another hand-in of a group may name one while this waits: they are looked for until there is none.
    while _rename(made):
        pass
    for name in made:
        forget_received(name)


def forget_unnamed(now: datetime) -> int:
    """Remove what was received for hand-ins that were never recorded; returns how many photographs."""
    old = set(received_before(now - LONGEST_REQUEST))
    unnamed = old - set(db.session.scalars(queries.received()))
    for name in unnamed:
        forget_received(name)
    return len(unnamed)


def _rename(made: Mapping[str, Picture]) -> bool:
    """Whether any page named one of them."""
    if not made:
        return False
    with transaction():
        pages = db.session.scalars(select(Page).where(Page.received.in_(made))).all()
        for page in pages:
            assert page.received is not None
            picture = made[page.received]
            page.received = None
            page.picture_sha256, page.thumbnail_sha256 = picture.sha256, picture.thumbnail_sha256
        return bool(pages)
