"""What is measured of an engine."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from library.search.asking import Asked
from library.search.engine import Query
from library.search.ranking import A_FEW_WORDS, ENOUGH, ENOUGH_OF_THE_WORDS


@dataclass(frozen=True, slots=True)
class Answer:
    """How many were found, and the best of them."""

    total: int
    ids: Sequence[int]


class Way(Protocol):
    """An engine: builds its index in a folder of its own, and answers with counts of four facets."""

    def build(self) -> None:
        """Read all records from the database, cut them, and make the index."""

    def ask(self, query: Query) -> Answer:
        """The twenty best of what the asker may see and the filters let through, all counted."""

    def size_mb(self) -> float:
        """What the index takes on disk."""


def alternatives(asked: Asked, word: str) -> tuple[str, ...]:
    """What will do for *word*."""
    return (word, *asked.alternatives.get(word, ()))


def is_enough(asked: Asked, total: int) -> bool:
    """Whether *total* full matches are enough, by the rule that ours goes by."""
    return len(asked.needed) <= 1 or total >= (ENOUGH if len(asked.needed) > A_FEW_WORDS else 1)


def some_of(words: int) -> int:
    """How many of so many words are enough where all are too many to ask."""
    return max(1, -int(-words * ENOUGH_OF_THE_WORDS // 1))


def folder_mb(folder: Path) -> float:
    """The size of all files below *folder*."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) / 1_000_000
