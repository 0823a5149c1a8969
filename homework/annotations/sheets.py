"""A page to draw on, wherever its photograph and its notes are kept: of a hand-in, or of a correction."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Select, select

from core.database import db
from homework.annotations.models import Note
from homework.annotations.shapes import NoteKind


@dataclass(frozen=True, slots=True)
class Sheet:
    """A photographed page to draw on."""

    page_id: int
    notes: type[Note]
    """The table that keeps what is drawn on it."""
    seen: Select[int]
    """Ids of the notes that stand on it, with those that were taken away."""
    held: Select[Any]
    """The page's row, held until the transaction ends."""


@dataclass(slots=True)
class Annotated:
    """What stands on one page."""

    drawn: int = 0
    """Strokes, stamps and texts."""
    spoken: list[Note] = field(default_factory=list)


def shown_on(sheet: Sheet) -> Select[Note]:
    """What is to be seen on a page, the oldest first."""
    notes = sheet.notes
    return select(notes).where(notes.id.in_(sheet.seen), notes.removed_at.is_(None)).order_by(notes.id)


def with_keys(sheet: Sheet, keys: Collection[object]) -> Select[Note]:
    """Those notes of a page that devices gave these keys, whether they are to be seen or not."""
    return select(sheet.notes).where(sheet.notes.id.in_(sheet.seen), sheet.notes.client_key.in_(keys))


def by_page(notes: type[Note], page_ids: Collection[int]) -> dict[int, Annotated]:
    """What stands on pages, by page, in one query; pages without anything are left out."""
    if not page_ids:
        return {}
    rows = (
        select(notes.page_id, notes)
        .where(notes.page_id.in_(page_ids), notes.removed_at.is_(None))
        .order_by(notes.id)
    )
    return gather(db.session.execute(rows))


def gather(rows: Iterable[tuple[int, Note]]) -> dict[int, Annotated]:
    """Rows (page id, note), by page."""
    found: dict[int, Annotated] = defaultdict(Annotated)
    for page_id, note in rows:
        if note.kind is NoteKind.VOICE:
            found[page_id].spoken.append(note)
        else:
            found[page_id].drawn += 1
    return dict(found)
