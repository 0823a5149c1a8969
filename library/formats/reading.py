"""What a file of questions says, and what became of each part of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from core.errors import DomainError
from library.items.records import ItemRecord, StimulusRecord


class Fate(StrEnum):
    """What became of a part of a file."""

    KEPT = "kept"
    CHANGED = "changed"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Note:
    """One line of an import report: a part of a question, and what became of it."""

    fate: Fate
    part: str
    """Its name in the format, e.g. ``defaultgrade``."""
    reason: str = ""
    """A short code of why; the pages have the words for it."""
    values: dict[str, Any] = field(default_factory=dict)
    """What the words about it name."""


@dataclass(frozen=True, slots=True)
class ReadQuestion:
    """One question of a file: either *record* or *problem* is there."""

    place: int
    """The line, or the number of the question where a format has no lines, from 1."""
    excerpt: str
    """How it begins, as it stands in the file: by this a person finds it again."""
    record: ItemRecord | None = None
    problem: DomainError | None = None
    notes: Sequence[Note] = ()
    source: str = ""
    """Its lines, where a person can write them: shown beside it, corrected, and read again."""


@dataclass(frozen=True, slots=True)
class Reading:
    """All that could be read of a file, in its order."""

    questions: Sequence[ReadQuestion]
    stimuli: Sequence[StimulusRecord] = ()
    notes: Sequence[Note] = ()
    """About the file as a whole."""
    title: str = ""

    @property
    def good(self) -> list[ItemRecord]:
        """The questions that can be taken."""
        return [one.record for one in self.questions if one.record is not None]


@dataclass(frozen=True, slots=True)
class Format:
    """A way to keep questions in a file."""

    name: str
    suffixes: tuple[str, ...]
    media_type: str
    read: Callable[[bytes], Reading] | None = None
    """Raises ``BadFile`` of :mod:`library.formats.errors` where the file as a whole cannot be read."""
    write: Callable[[Sequence[ItemRecord], Sequence[StimulusRecord], str], bytes] | None = None
    """The questions, what they are about, and a title; raises ``CannotSay`` where the format has no place."""
