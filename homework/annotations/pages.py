"""What pages show of a sheet: to the script that draws on it, and laid over its photograph."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from flask import Response, render_template

from core.database import db
from homework.annotations.models import Note
from homework.annotations.shapes import STAMP_LETTERS, UNIT, NoteKind, Stamp, path_of
from homework.annotations.sheets import Sheet, shown_on
from homework.annotations.words import stamp_name
from homework.assignments.models import Assignment, AssignmentItem

SoundUrl = Callable[[int], str]
"""The address of a spoken comment, by its id."""


class Photograph(Protocol):
    """What a page has of a photograph, whatever it belongs to."""

    @property
    def position(self) -> int:
        """Its place among the photographs of the same answer."""

    @property
    def width(self) -> int:
        """In pixels."""

    @property
    def height(self) -> int:
        """In pixels."""


@dataclass(frozen=True, slots=True)
class Turn:
    """Where a photograph stands among those that are gone through, and the ids of its neighbours."""

    place: int
    photos: int
    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """A photograph on the teacher's desk, and the ways from there."""

    photo: Photograph
    kept_as: str
    """The name under which a device keeps what is not sent yet."""
    name: str
    """Whose it is."""
    assignment: Assignment
    question: AssignmentItem
    picture: str
    write: str
    speak: str
    back: str
    back_words: str
    turn: Turn
    turn_to: Callable[[int], str]
    """The address of another photograph's page, by its id."""


def turn(page_ids: Sequence[int], page_id: int) -> Turn:
    """Of a photograph among others; one that does not stand there stands alone."""
    ids = page_ids if page_id in page_ids else [page_id]
    here = ids.index(page_id)
    before, after = ids[here - 1] if here else None, ids[here + 1] if here + 1 < len(ids) else None
    return Turn(here + 1, len(ids), before, after)


def desk_page(desk: Desk, sheet: Sheet, sound_url: SoundUrl) -> str:
    """The page on which a teacher draws."""
    return render_template(
        "homework/annotations/edit.html",
        desk=desk,
        notes=told(sheet, sound_url),
        stamps=[(one, stamp_name(one)) for one in Stamp],
        **_measures(desk.photo),
    )


def told(sheet: Sheet, sound_url: SoundUrl) -> list[dict[str, object]]:
    """What stands on a sheet, for the script that draws it."""
    return [_told(one, sound_url) for one in db.session.scalars(shown_on(sheet))]


def drawing(sheet: Sheet, photo: Photograph) -> Response:
    """What is drawn on a sheet, to be laid over its photograph."""
    notes = [one for one in db.session.scalars(shown_on(sheet)) if one.kind is not NoteKind.VOICE]
    content = render_template("homework/annotations/drawing.svg", notes=notes, **_measures(photo))
    return Response(content, content_type="image/svg+xml")


def _told(note: Note, sound_url: SoundUrl) -> dict[str, object]:
    one: dict[str, object] = {"key": str(note.client_key), "kind": note.kind.value, "shape": note.shape}
    if note.kind is NoteKind.VOICE:
        one |= {"url": sound_url(note.id), "seconds": round(note.seconds or 0)}
    return one


def _measures(photo: Photograph) -> dict[str, object]:
    return {
        "width": UNIT,
        "height": round(UNIT * photo.height / photo.width),
        "path_of": path_of,
        "letters": STAMP_LETTERS,
    }
