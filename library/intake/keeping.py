"""Questions between their records and the rows of an import, which keep pictures as the media do."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from library.formats.reading import Fate, Note
from library.intake.models import ImportedQuestion
from library.items.drawings import recorded_pictures, stored_pictures
from library.items.models import ItemKind
from library.items.records import ItemRecord, PictureRecord, StimulusRecord
from library.items.variants import Posed, example_of, pose_parts

_OF_RECORDS = ("knowledge_points", "source", "licence", "stimulus")
_OF_PARTS = (
    "kind", "prompt", "interaction", "correct", "explanation", "hints", "misconceptions", "difficulty",
    "minutes",
)  # fmt: skip


class Album:
    """The pictures of an import: each is stored once, however many questions show it."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self._stored: dict[str, dict[str, Any]] = {}

    def stored(self, pictures: Iterable[PictureRecord]) -> list[dict[str, Any]]:
        """The pictures as an item version names them."""
        found = []
        for one in pictures:
            if one.data not in self._stored:
                [self._stored[one.data]] = stored_pictures([one], now=self.now)
            found.append(self._stored[one.data] | {"name": one.name, "alt": one.alt})
        return found


def kept_question(record: ItemRecord, album: Album) -> dict[str, Any]:
    """What a row keeps of a question."""
    parts = record.parts()
    return (
        {name: parts[name] for name in _OF_PARTS}
        | {name: getattr(record, name) for name in _OF_RECORDS}
        | {"parameters": record.stored_parameters(), "pictures": album.stored(record.pictures)}
    )


def record_of(kept: Mapping[str, Any], **more: object) -> ItemRecord:
    """The record of a question that a row keeps; *more* are fields that are others now.

    Raises:
        PictureLost: one of its pictures is gone.
    """
    return ItemRecord.model_validate(dict(kept) | {"pictures": recorded_pictures(kept["pictures"])} | more)


def seen_record(kept: Mapping[str, Any]) -> ItemRecord:
    """The record of a question that a row keeps, without what its pictures show."""
    names = ("name", "alt", "width", "height")
    pictures = [PictureRecord.kept(*(one[name] for name in names)) for one in kept["pictures"]]
    return ItemRecord.model_validate(dict(kept) | {"identifier": "seen", "pictures": pictures})


def kept_stimulus(record: StimulusRecord, album: Album) -> dict[str, Any]:
    """What an import keeps of what several questions are about."""
    return record.model_dump(exclude={"pictures"}) | {"pictures": album.stored(record.pictures)}


def stimulus_of(kept: Mapping[str, Any], identifier: str) -> StimulusRecord:
    """The record of it, under another name.

    Raises:
        PictureLost: one of its pictures is gone.
    """
    pictures = recorded_pictures(kept["pictures"])
    return StimulusRecord.model_validate(dict(kept) | {"pictures": pictures, "identifier": identifier})


def posed(row: ImportedQuestion) -> Posed | None:
    """The question of a row as a pupil would meet it; None where it cannot be asked."""
    if row.record is None:
        return None
    parts = {name: row.record[name] for name in _OF_PARTS} | {
        "id": row.position,
        "item_id": 0,
        "kind": ItemKind(row.record["kind"]),
        "pictures": row.record["pictures"],
        "stimulus_version_id": None,
    }
    return example_of(pose_parts(parts, row.record["parameters"], 0))


def kept_notes(notes: Iterable[Note]) -> list[Any]:
    """Notes as a row keeps them."""
    return [[one.fate.value, one.part, one.reason, dict(one.values)] for one in notes]


def notes_of(kept: Iterable[list[Any]]) -> list[Note]:
    """The notes that a row keeps."""
    return [Note(Fate(fate), part, reason, values) for fate, part, reason, values in kept]
