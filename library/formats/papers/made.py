"""A question while its record is made: its parts as they were read, and what became of each."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from library.formats.papers.drafts import Draft
from library.formats.papers.stems import Stem
from library.formats.reading import Fate, Note
from library.items.records import PictureRecord

Pictures = Mapping[str, PictureRecord]


@dataclass(slots=True)
class Made:
    """A question while its record is made."""

    draft: Draft
    stem: Stem
    answer: str
    explanation: str
    notes: list[Note] = field(default_factory=list)
    values: dict[str, Any] = field(default_factory=dict)

    @property
    def choices(self) -> list[tuple[str, str]]:
        """Letters and words of the choices."""
        return [(letter, "\n".join(lines).strip()) for letter, lines in self.draft.choices]

    def keep(self, part: str) -> None:
        """Note that a part was kept as it stands."""
        self.notes.append(Note(Fate.KEPT, part))

    def change(self, part: str, reason: str, **values: object) -> None:
        """Note that a part was changed."""
        self.notes.append(Note(Fate.CHANGED, part, reason, dict(values)))

    def drop(self, part: str, reason: str, **values: object) -> None:
        """Note that a part was left out."""
        self.notes.append(Note(Fate.DROPPED, part, reason, dict(values)))
