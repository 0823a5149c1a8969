"""Draw on a page, take away, and put back."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func

from accounts.people.models import Hat
from core.database import db, hold_rows, insert_if_absent
from homework.annotations.errors import TooManyNotes
from homework.annotations.shapes import NoteKind
from homework.annotations.sheets import Sheet, shown_on, with_keys
from library.media.sounds import Sound

MOST_NOTES = 500
"""On one page."""
MOST_SECONDS = 120
"""Of one spoken comment."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """One stroke, stamp or text as a device sends it; its shape has been read."""

    client_key: UUID
    kind: NoteKind
    shape: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Said:
    """A spoken comment as a device sends it; the sound is stored, its place has been read."""

    client_key: UUID
    shape: Mapping[str, Any]
    sound: Sound


@dataclass(frozen=True, slots=True)
class Changes:
    """What a device did to a page since it last told."""

    added: Sequence[Drawn] = ()
    removed: Collection[UUID] = ()
    restored: Collection[UUID] = ()


def annotate(sheet: Sheet, hat: Hat, changes: Changes, *, now: datetime) -> None:
    """Let *changes* hold on *sheet*; what is sent again changes nothing, and nothing of others is lost.

    Raises:
        TooManyNotes: the page is full.
    """
    _add(
        sheet,
        [{"client_key": one.client_key, "kind": one.kind, "shape": dict(one.shape)} for one in changes.added],
        hat,
        now,
    )
    removed, restored = set(changes.removed), set(changes.restored)
    for note in db.session.scalars(with_keys(sheet, removed | restored)):
        if note.client_key in removed:
            note.removed_at = note.removed_at or now
        else:
            note.removed_at = None
    db.session.flush()


def speak(sheet: Sheet, hat: Hat, said: Said, *, now: datetime) -> None:
    """Add a spoken comment, once.

    Raises:
        TooManyNotes: the page is full.
    """
    row = {
        "client_key": said.client_key,
        "kind": NoteKind.VOICE,
        "shape": dict(said.shape),
        "sound_sha256": said.sound.sha256,
        "seconds": said.sound.seconds,
    }
    _add(sheet, [row], hat, now)


def _add(sheet: Sheet, rows: Sequence[Mapping[str, Any]], hat: Hat, now: datetime) -> None:
    # Two devices that fill one page take turns, so that neither goes beyond the limit.
    hold_rows(sheet.held)
    insert_if_absent(
        sheet.notes,
        [{**one, "page_id": sheet.page_id, "made_by_id": hat.person_id, "made_at": now} for one in rows],
    )
    shown = shown_on(sheet).order_by(None).with_only_columns(func.count(sheet.notes.id))
    if (db.session.scalar(shown) or 0) > MOST_NOTES:
        raise TooManyNotes(limit=MOST_NOTES)
