"""Annotations as a device sends them."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from werkzeug.datastructures import FileStorage

from homework.annotations.errors import BadNotes, VoiceMissing
from homework.annotations.services import MOST_SECONDS, Changes, Drawn, Said
from homework.annotations.shapes import NoteKind, read_shape
from library.media.sounds import take_sound

MOST_AT_ONCE = 200
DRAWN = frozenset({NoteKind.PEN, NoteKind.STAMP, NoteKind.TEXT})


def read_changes(content: object) -> Changes:
    """``{"added": [{"key", "kind", "shape"}], "removed": [key], "restored": [key]}``.

    Raises:
        BadNotes: it is something else.
        BadShape: one of the shapes is none.
    """
    if not isinstance(content, Mapping):
        raise BadNotes
    return Changes(
        added=[_drawn(one) for one in _list(content, "added")],
        removed=[read_key(one) for one in _list(content, "removed")],
        restored=[read_key(one) for one in _list(content, "restored")],
    )


def read_key(value: object) -> UUID:
    """The key that a device made.

    Raises:
        BadNotes: it is none.
    """
    try:
        return UUID(str(value))
    except ValueError as error:
        raise BadNotes from error


def read_said(values: Mapping[str, str], files: Mapping[str, FileStorage]) -> Said:
    """A spoken comment: ``key``, ``x`` and ``y``, and the file ``sound``, which is stored.

    Raises:
        BadNotes: it has no key, or belongs nowhere on the page.
        VoiceMissing: nothing was recorded.
    """
    key, place = read_key(values.get("key")), _place(values)
    if "sound" not in files:
        raise VoiceMissing
    return Said(key, place, take_sound(files["sound"].stream, MOST_SECONDS))


def _place(values: Mapping[str, str]) -> dict[str, Any]:
    try:
        place = {name: int(values.get(name, "")) for name in ("x", "y")}
    except ValueError as error:
        raise BadNotes from error
    return read_shape(NoteKind.VOICE, place)


def _list(content: Mapping[str, Any], name: str) -> list[Any]:
    found = content.get(name, [])
    if not isinstance(found, list) or len(found) > MOST_AT_ONCE:
        raise BadNotes
    return found


def _drawn(value: object) -> Drawn:
    if not isinstance(value, Mapping) or value.get("kind") not in DRAWN:
        raise BadNotes
    kind = NoteKind(value["kind"])
    return Drawn(read_key(value.get("key")), kind, read_shape(kind, value.get("shape")))
