"""The whole index as arrays, and a question asked of it: what matches, in which order, for whom."""

import math
from collections.abc import Callable, Collection, Hashable, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from accounts.classes.grades import GRADES
from library.search.arrays import Documents, Ints, Mask, Postings, either, intersection, union
from library.search.asking import Asked
from library.search.best import best
from library.search.columns import Bits, Column
from library.search.engine import PUBLIC, Cursor, Facet, Order, Query, Results
from library.search.ranking import A_FEW_WORDS, ENOUGH, ENOUGH_OF_THE_WORDS, NEARLY, PLACES

Key = TypeVar("Key", bound=Hashable)

MOST_KEPT = 128
"""Masks of filters and audiences that are kept."""
JOINED_BYTES = 64 << 20
"""Postings of several segments, put together, that are kept."""
_ID_BITS = 32


@dataclass(frozen=True, slots=True)
class Part:
    """One segment: its columns, each of shape (n,), and how to get a word's postings."""

    columns: dict[str, Ints]
    deleted: Mask
    postings: Callable[[str], Postings]
    uses: Callable[[int], Postings]
    """The documents that people of a grade used; in place of impacts, how many people."""


@dataclass(frozen=True, slots=True)
class _Matches:
    """The documents that match, ascending, with their scores: both of shape (n,)."""

    documents: Documents
    scores: NDArray[np.float32]
    is_relaxed: bool = False
    missing: tuple[str, ...] = ()

    def only(self, passed: Mask) -> "_Matches":
        kept = passed[self.documents]
        return replace(self, documents=self.documents[kept], scores=self.scores[kept])


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of the query in this index: its postings, and how much it counts."""

    postings: Postings
    weight: float
    rarity: float


@dataclass(slots=True)
class Snapshot:
    """All segments of one generation of the index, ready to be asked. Never changes once made."""

    parts: Sequence[Part]
    _ids: Ints = field(init=False)
    _rank: Ints = field(init=False)
    _sorted_ids: Ints = field(init=False)
    _created: Ints = field(init=False)
    _audience: Ints = field(init=False)
    _author: Ints = field(init=False)
    _grade_from: NDArray[np.int8] = field(init=False)
    _grade_to: NDArray[np.int8] = field(init=False)
    _facets: dict[Facet, Column] = field(init=False)
    _alive: Mask = field(init=False)
    _everything: Documents = field(init=False)
    _seen_by: dict[frozenset[int], Mask] = field(init=False, default_factory=dict)
    _passed_by: dict[tuple[Facet, frozenset[int]], Mask] = field(init=False, default_factory=dict)
    _joined: dict[str, Postings] = field(init=False, default_factory=dict)
    _joined_bytes: int = field(init=False, default=0)
    _used_by: dict[int, Ints] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._ids = self._column("id")
        order = np.argsort(self._ids, kind="stable")
        self._sorted_ids = self._ids[order]
        self._rank = np.empty_like(order)
        self._rank[order] = np.arange(len(order))
        self._created, self._audience = self._column("created"), self._column("audience")
        self._author = self._column("author")
        self._grade_from = self._column("grade_from").astype(np.int8)
        self._grade_to = self._column("grade_to").astype(np.int8)
        columns = [facet for facet in Facet if facet is not Facet.GRADE]
        self._facets = {
            facet: (Bits if facet is Facet.FEATURE else Column).of(self._column(facet.value))
            for facet in columns
        }
        self._alive = np.concatenate([~part.deleted for part in self.parts] or [np.zeros(0, bool)])
        self._everything = np.arange(len(self._ids), dtype=np.int32)

    def __len__(self) -> int:
        return int(self._alive.sum())

    def knows(self, word: str) -> bool:
        """Whether *word* stands anywhere."""
        return len(self._postings(word)) > 0

    def search(self, query: Query) -> Results:
        """The page of results that *query* asks for."""
        seen = self._seen(query)
        filters = {facet: self._filter(facet, values) for facet, values in query.filters.items()}
        passed = _all(seen, filters.values())
        matches = self._matches(query.asked, passed)
        found = matches.only(passed)
        counts = {}
        for facet in query.counted:
            documents = found.documents
            if facet in filters:
                others = [mask for other, mask in filters.items() if other is not facet]
                documents = matches.only(_all(seen, others)).documents
            counts[facet] = self._counts(facet, documents)
        ids, after = self._page(query, found)
        return Results(
            *(len(found.documents), ids, counts, after),
            is_relaxed=matches.is_relaxed,
            missing=matches.missing,
        )

    # What matches

    def _matches(self, asked: Asked, passed: Mask) -> _Matches:
        """What the words match, with scores; what the person may not see may be among it."""
        required = [self._word(word, asked) for word in asked.required]
        needed = [self._word(word, asked) for word in asked.needed]
        if not (required or needed):
            matches = _Matches(self._everything, np.zeros(len(self._everything), np.float32))
            return self._without(asked, matches)
        helpful = [self._word(word, asked, weight) for word, weight in asked.helpful.items()]
        there = [word for word in needed if len(word.postings)]
        missing = tuple(
            word for word, found in zip(asked.needed, needed, strict=True) if not len(found.postings)
        )
        words = [*required, *(there or needed)]
        full = self._scored(intersection([word.postings for word in words]), words, helpful)
        full = replace(self._without(asked, full), is_relaxed=bool(there and missing), missing=missing)
        wanted = ENOUGH if len(needed) > A_FEW_WORDS else 1
        if len(there) <= 1 or np.count_nonzero(passed[full.documents]) >= wanted:
            return full
        some = self._some(required, there, helpful, asked, passed)
        more = np.count_nonzero(passed[some.documents]) > np.count_nonzero(passed[full.documents])
        return replace(some, missing=missing) if more else full

    def _some(
        self,
        required: list[_Word],
        there: list[_Word],
        helpful: list[_Word],
        asked: Asked,
        passed: Mask,
    ) -> _Matches:
        """What holds enough of the words, or the most of them that anything holds. A rare word counts more.

        Whatever holds half of the words by weight holds one that is not among the common ones that make up
        less than half: only the others' postings are gone through, the common words looked up for those.
        """
        words = [*required, *there]
        telling, left = sorted(there, key=lambda word: -word.rarity), _whole(words) * ENOUGH_OF_THE_WORDS
        while len(telling) > 1 and telling[-1].rarity < left:
            left -= telling.pop().rarity
        documents, covered = self._covered(required, telling, words)
        kept = covered >= ENOUGH_OF_THE_WORDS
        if np.count_nonzero(kept & passed[documents]) < ENOUGH:
            # Less than enough, then, but close to the best that there is.
            documents, covered = self._covered(required, there, words)
            kept = covered >= covered[passed[documents]].max(initial=0) * NEARLY
        found = self._scored(documents[kept], words, helpful)
        scores = found.scores * covered[kept] ** 2
        return replace(self._without(asked, replace(found, scores=scores)), is_relaxed=True)

    def _covered(
        self, required: list[_Word], some: list[_Word], words: list[_Word]
    ) -> tuple[Documents, NDArray[np.float32]]:
        """What holds one of *some* words, and which share of all *words* it holds."""
        documents = union([word.postings for word in some], len(self._ids))
        if required:
            documents = documents[_holds_all(required, documents)]
        covered, whole = np.zeros(len(documents), np.float32), _whole(words)
        for word in words:
            covered += np.float32(word.rarity / whole) * (word.postings.of(documents) > 0)
        return documents, covered

    @staticmethod
    def _scored(documents: Documents, words: list[_Word], helpful: list[_Word]) -> _Matches:
        scores = np.zeros(len(documents), np.float32)
        for word in (*words, *helpful):
            if len(word.postings):
                scores += np.float32(word.rarity * word.weight) * word.postings.of(documents)
        return _Matches(documents, scores)

    def _without(self, asked: Asked, matches: _Matches) -> _Matches:
        for together in (*((word,) for word in asked.excluded), *asked.excluded_together):
            held = np.ones(len(matches.documents), bool)
            for word in together:
                held &= self._postings(word).of(matches.documents) > 0
            matches = replace(matches, documents=matches.documents[~held], scores=matches.scores[~held])
        return matches

    def _word(self, word: str, asked: Asked, weight: float = 1.0) -> _Word:
        postings = self._postings(word)
        others = [self._postings(other) for other in asked.alternatives.get(word, ())]
        if others:
            postings = either([postings, *others], len(self._ids))
        frequency = len(postings)
        rarity = math.log(1 + (len(self._ids) - frequency + 0.5) / (frequency + 0.5))
        return _Word(postings, weight, rarity)

    def _postings(self, word: str) -> Postings:
        """A word's postings in all segments; those of several are put together once."""
        if len(self.parts) == 1:
            return self.parts[0].postings(word)
        joined = self._joined.get(word)
        if joined is None:
            joined = self._put_together([part.postings(word) for part in self.parts])
            if self._joined_bytes > JOINED_BYTES:
                self._joined.clear()
                self._joined_bytes = 0
            self._joined[word] = joined
            self._joined_bytes += joined.size_bytes
        return joined

    def _put_together(self, found: Sequence[Postings]) -> Postings:
        documents, base = [np.zeros(0, np.int32)], 0
        for part, postings in zip(self.parts, found, strict=True):
            documents.append(postings.documents + np.int32(base))
            base += len(part.deleted)
        impacts_ = [np.zeros(0, np.float32), *(postings.impacts for postings in found)]
        return Postings(np.concatenate(documents), np.concatenate(impacts_), len(self._ids))

    # In which order

    def _page(self, query: Query, found: _Matches) -> tuple[list[int], Cursor | None]:
        places, documents = self._places(query, found), found.documents
        if query.after is not None:
            after, rank = query.after.place, int(np.searchsorted(self._sorted_ids, query.after.id))
            before = (places < after) | ((places == after) & (self._rank[documents] < rank))
            documents, places = documents[before], places[before]
        more = len(documents) > query.limit
        if more:
            first = best(places, query.limit)
            documents, places = documents[first], places[first]
        keys = (places << _ID_BITS) | self._rank[documents]
        order = np.argsort(keys)[::-1][: query.limit]
        ids = [int(one) for one in self._ids[documents[order]]]
        return ids, Cursor(int(places[order[-1]]), ids[-1]) if more else None

    def _places(self, query: Query, found: _Matches) -> Ints:
        if query.order is Order.MOST_USED:
            return self._uses(query.grade)[found.documents]
        if query.order is Order.NEWEST or not (query.asked.needed or query.asked.required):
            return self._created[found.documents]
        return (found.scores * np.float32(PLACES)).astype(np.int64)

    def _uses(self, grade: int) -> Ints:
        told = self._used_by.get(grade)
        if told is None:
            told = np.zeros(len(self._ids), np.int64)
            postings = self._put_together([part.uses(grade) for part in self.parts])
            told[postings.documents] = postings.impacts
            self._used_by[grade] = told
        return told

    # Who may see it, and what is chosen

    def _seen(self, query: Query) -> Mask:
        shared = self._seen_by.get(query.audiences)
        if shared is None:
            shared = np.isin(self._audience, [PUBLIC, *query.audiences]) & self._alive
            _keep(self._seen_by, query.audiences, shared)
        seen = shared
        own = np.flatnonzero(self._author == query.person) if query.person else ()
        if len(own):
            seen = shared.copy()
            seen[own] = self._alive[own]
        if query.among is not None:
            seen = seen & np.isin(self._ids, list(query.among))
        return seen

    def _filter(self, facet: Facet, values: frozenset[int]) -> Mask:
        passed = self._passed_by.get((facet, values))
        if passed is None:
            passed = self._passing(facet, values)
            _keep(self._passed_by, (facet, values), passed)
        return passed

    def _passing(self, facet: Facet, values: frozenset[int]) -> Mask:
        if facet is not Facet.GRADE:
            return self._facets[facet].among(values)
        passed = np.zeros(len(self._ids), bool)
        for grade in values:
            passed |= (self._grade_from <= grade) & (grade <= self._grade_to)
        return passed

    def _counts(self, facet: Facet, documents: Documents) -> dict[int, int]:
        if facet is not Facet.GRADE:
            return self._facets[facet].counts(documents)
        most = GRADES.stop + 1
        begin = np.bincount(self._grade_from[documents], minlength=most)
        end = np.bincount(self._grade_to[documents] + np.int8(1), minlength=most)
        running = np.cumsum(begin[:most] - end[:most])
        return {grade: int(running[grade]) for grade in GRADES if running[grade]}

    def _column(self, name: str) -> Ints:
        return np.concatenate([part.columns[name] for part in self.parts] or [np.zeros(0, np.int64)])


def _whole(words: Sequence[_Word]) -> float:
    return sum(word.rarity for word in words)


def _holds_all(words: Sequence[_Word], documents: Documents) -> Mask:
    held = np.ones(len(documents), bool)
    for word in words:
        held &= word.postings.of(documents) > 0
    return held


def _keep(kept: dict[Key, Mask], key: Key, mask: Mask) -> None:
    if len(kept) >= MOST_KEPT:
        kept.clear()
    kept[key] = mask


def _all(first: Mask, others: Collection[Mask]) -> Mask:
    for other in others:
        # Not in place: that would change a mask that is kept.
        first = first & other
    return first
