"""Keep what is sent ahead, and forget it when it is handed in or left alone."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import TypeVar

from sqlalchemy import delete

from accounts.people.models import Hat
from core.database import db
from homework.assignments.models import Assignment
from homework.assignments.turns import take_turn_of
from homework.sending import queries
from homework.sending.errors import FileNotThere, TooManySent
from homework.sending.models import SentFile
from homework.submissions.errors import Closed
from homework.submissions.photos import write_anew
from library.media.keeping import forget_content
from library.media.pictures import Picture
from library.media.receiving import Photo, Received
from library.media.sounds import Sound

Taken = TypeVar("Taken", bound=Photo)
MOST_SENT = 120
"""Files of one pupil for one work: each of the thirty that are taken, four times over."""
KEPT = timedelta(days=30)
"""As long as a device keeps what is not handed in."""


def keep(assignment: Assignment, hat: Hat, taken: Picture | Sound, *, now: datetime) -> tuple[SentFile, bool]:
    """Keep a file that is stored already; the same again gives what stands. Tell whether it is new.

    Raises:
        Closed: the assignment is withdrawn.
        TooManySent: more files wait than any work has.
    """
    if assignment.withdrawn_at is not None:
        raise Closed(title=assignment.title)
    assignment_id = assignment.id
    take_turn_of(hat.person_id)
    is_sound = isinstance(taken, Sound)
    standing = db.session.scalar(
        queries.sent_for(assignment_id, hat.person_id).where(
            SentFile.upload_sha256 == taken.upload_sha256, SentFile.is_sound.is_(is_sound)
        )
    )
    if standing is not None:
        return standing, False
    if (db.session.scalar(queries.number_sent(assignment_id, hat.person_id)) or 0) >= MOST_SENT:
        raise TooManySent
    sent = SentFile(
        student_id=hat.person_id,
        assignment_id=assignment_id,
        upload_sha256=taken.upload_sha256,
        is_sound=is_sound,
        kept_sha256=taken.sha256,
        thumbnail_sha256=None if isinstance(taken, Sound) else taken.thumbnail_sha256,
        width=0 if isinstance(taken, Sound) else taken.width,
        height=0 if isinstance(taken, Sound) else taken.height,
        seconds=taken.seconds if isinstance(taken, Sound) else None,
        sent_at=now,
    )
    db.session.add(sent)
    db.session.flush()
    return sent, True


def pictures_with(
    assignment_id: int,
    student_id: int,
    sent: Mapping[int, Sequence[str]],
    taken: Mapping[int, tuple[Taken, ...]],
) -> dict[int, tuple[Picture | Taken, ...]]:
    """The photographs by question: those that *sent* names, in that order, then those just *taken*.

    Slow where one of an earlier hand-in still has to be written anew: call it before a transaction.

    Raises:
        FileNotThere: one of them has not arrived.
    """
    wanted = {one for hashes in sent.values() for one in hashes}
    there = _pictures_there(assignment_id, student_id, wanted) if wanted else {}
    _check_all(wanted, there)
    return {
        one: (*(there[name] for name in sent.get(one, ())), *taken.get(one, ())) for one in {**sent, **taken}
    }


def sounds_with(
    assignment_id: int,
    student_id: int,
    sent: Mapping[int, Sequence[str]],
    taken: Mapping[int, tuple[Sound, ...]],
) -> dict[int, tuple[Sound, ...]]:
    """The recordings by question, as ``pictures_with`` gives photographs.

    Raises:
        FileNotThere: one of them has not arrived.
    """
    wanted = {one for hashes in sent.values() for one in hashes}
    there = queries.sounds_there(assignment_id, student_id, wanted) if wanted else {}
    _check_all(wanted, there)
    return {
        one: (*(there[name] for name in sent.get(one, ())), *taken.get(one, ())) for one in {**sent, **taken}
    }


def handed_in(assignment_id: int, student_id: int, hashes: Collection[str]) -> None:
    """What was sent ahead stands in a piece of work now, which names the same files."""
    db.session.execute(
        delete(SentFile).where(
            SentFile.assignment_id == assignment_id,
            SentFile.student_id == student_id,
            SentFile.upload_sha256.in_(hashes),
        )
    )


def forget(*, now: datetime) -> int:
    """Forget what nobody handed in within thirty days; returns how many files."""
    old = list(db.session.scalars(queries.left_alone(now - KEPT)))
    contents = {one.kept_sha256 for one in old} | {
        one.thumbnail_sha256 for one in old if one.thumbnail_sha256
    }
    for one in old:
        db.session.delete(one)
    db.session.flush()
    for content in contents:
        forget_content(content)
    return len(old)


def _pictures_there(assignment_id: int, student_id: int, wanted: Collection[str]) -> dict[str, Picture]:
    """Photographs as they are kept for good: what was only received is written anew first."""
    there = queries.photos_there(assignment_id, student_id, wanted)
    if received := [one for one in there.values() if isinstance(one, Received)]:
        write_anew(one.name for one in received)
        db.session.rollback()
        there = queries.photos_there(assignment_id, student_id, wanted)
    return {name: photo for name, photo in there.items() if isinstance(photo, Picture)}


def _check_all(wanted: Collection[str], there: Collection[str]) -> None:
    if missing := sorted(set(wanted) - set(there)):
        raise FileNotThere(missing=missing)
