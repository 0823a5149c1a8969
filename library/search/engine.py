"""What a search engine does for the library: the one narrow interface behind which each stands."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from core.errors import Unavailable
from library.search.asking import Asked

PUBLIC = 0
"""The audience of what everyone may see."""
MOST_FEATURES = 31
NOBODY = -1
"""The audience of drafts: their author only."""


class NoIndex(Unavailable):
    """The index is missing, damaged or of an older make; it is a cache and can be rebuilt."""


class Facet(StrEnum):
    """What results are counted and filtered by. Values are small whole numbers; 0 is "not told"."""

    SUBJECT = "subject"
    GRADE = "grade"
    KIND = "kind"
    LANGUAGE = "language"
    EDITION = "edition"
    HALF = "half"
    """1 for the first half-year's book, 2 for the second's."""
    LEVEL = "level"
    """How hard it is: 1 easy, 2 middling, 3 hard."""
    END_USER = "end_user"
    """For whom it is meant."""
    FEATURE = "features"
    """What makes it usable by more people; an entry has several, kept as the bits of one number."""


COUNTED = (
    *(Facet.SUBJECT, Facet.GRADE, Facet.KIND, Facet.LANGUAGE, Facet.EDITION),
    *(Facet.END_USER, Facet.FEATURE),
)
"""What is counted unless a query says otherwise."""
EVERYBODY = 0
"""Where uses are told by grade: all people together."""


class Order(StrEnum):
    """In which order results come."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    MOST_USED = "most_used"
    """By the people of ``Query.grade``, or by everybody; then the newest."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One resource as an engine keeps it: words with their weights, and numbers to filter by."""

    id: int
    words: Mapping[str, float]
    subject: int
    grade_from: int
    grade_to: int
    kind: int
    language: int
    edition: int
    audience: int
    """``PUBLIC``, ``NOBODY``, or the id of the organisation whose people see it."""
    author: int
    """The id of the person who made it, who sees it always; 0 if nobody told."""
    created: int
    """Minutes since 1970."""
    half: int = 0
    level: int = 0
    end_user: int = 0
    features: int = 0
    """Bit n - 1 stands for the value n of ``Facet.FEATURE``."""
    uses: Mapping[int, int] = field(default_factory=dict)
    """How many people of each grade used it; ``EVERYBODY`` for all of them together."""


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where a page ended: the last result's place in the order, and its id."""

    place: int
    id: int


@dataclass(frozen=True, slots=True)
class Query:
    """A question to an engine, with who asks."""

    asked: Asked
    audiences: frozenset[int]
    """The audiences that the person belongs to."""
    person: int
    filters: Mapping[Facet, frozenset[int]] = field(default_factory=dict)
    order: Order = Order.RELEVANCE
    after: Cursor | None = None
    limit: int = 20
    grade: int = EVERYBODY
    """Whose uses count in ``Order.MOST_USED``."""
    counted: tuple[Facet, ...] = COUNTED
    among: frozenset[int] | None = None
    """Nothing but these ids; None for no such limit."""


@dataclass(frozen=True, slots=True)
class Results:
    """One page of what was found, and counts over everything that was found."""

    total: int
    ids: list[int]
    facets: Mapping[Facet, Mapping[int, int]]
    """Of each counted facet, how many there are of each value, were its own filter not set."""
    next: Cursor | None = None
    is_relaxed: bool = False
    """Too few matched all words, so some words were enough."""
    mended: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Words that stand nowhere, each with those that were looked for in its place: what it is a misspelling,
    the pinyin or the initials of."""
    missing: tuple[str, ...] = ()
    """Needed words that stand nowhere, and nothing like them does."""
    is_at_least: bool = False
    """There may be more than ``total``: counting stopped there."""


def features_in(bits: int) -> list[int]:
    """The values of ``Facet.FEATURE`` that an entry's number stands for."""
    return [place for place in range(1, bits.bit_length() + 1) if bits >> (place - 1) & 1]


def bits_of(features: Iterable[int]) -> int:
    """The number that stands for these values; what is no value is left out."""
    return sum(1 << (one - 1) for one in {*features} if 0 < one <= MOST_FEATURES)


class Engine(Protocol):
    """Finds resources by words, for a person, with facets."""

    def index(self, entries: Iterable[Entry], gone: Collection[int] = ()) -> None:
        """Add or replace *entries* and forget the ids in *gone*; findable when this returns."""

    def rebuild(self, entries: Iterable[Entry]) -> int:
        """Replace everything by *entries* while the old index goes on answering; returns how many."""

    def search(self, query: Query) -> Results:
        """Find.

        Raises:
            NoIndex: there is none that can be read.
        """

    def check(self) -> None:
        """Make sure that what is kept on disk is whole; where nothing is kept there, do nothing.

        Raises:
            NoIndex: it is missing or damaged, and needs a rebuild.
        """

    def suggest(self, typed: str, limit: int = 8) -> list[str]:
        """Words of public resources that *typed* may stand for; the frequent ones first.

        It is one word: their beginning, their pinyin, their initials, or a slip away from them.

        Raises:
            NoIndex: there is none that can be read.
        """
