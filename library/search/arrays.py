"""Scoring over NumPy arrays: what a segment of the index says, and the best of it.

Formulas: BM25's term saturation and length normalisation (Robertson & Zaragoza 2009), with the weighted
frequency of a word over all fields in place of its count.
"""

import math
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from library.search.engine import PUBLIC, Cursor, Facet, Order, Query, Results

Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]

SATURATION = 4.0
"""k1, on the scale of weighted frequencies: a title's word counts 4."""
LENGTH_SHARE = 0.35
"""b: how much a long text's words count less."""
USUAL_LENGTH = 40.0
"""The sum of a usual entry's word weights."""
A_FEW_WORDS = 3
ENOUGH = 3
"""A question of more than a few words with fewer full matches than this is answered by some of its words;
one of a few words, when nothing matches them all."""
ENOUGH_OF_THE_WORDS = 0.5
_PLACES = 1_000.0
"""Scores are ordered to a thousandth, so that places are whole numbers and cursors exact."""
_ID_BITS = 32
GRADES = range(1, 13)


@dataclass(frozen=True, slots=True)
class Postings:
    """The documents of one segment that hold a word, ascending, and how strongly: both of shape (n,)."""

    documents: NDArray[np.int32]
    impacts: NDArray[np.float32]

    @property
    def size_bytes(self) -> int:
        """Memory that the arrays take."""
        return int(self.documents.nbytes + self.impacts.nbytes)


@dataclass(frozen=True, slots=True)
class Part:
    """One segment: its columns, each of shape (n,), and how to get a word's postings."""

    columns: dict[str, Ints]
    deleted: Mask
    postings: Callable[[str], Postings]


def impacts(weights: NDArray[np.float32], lengths: NDArray[np.float32]) -> NDArray[np.float32]:
    """BM25's term score without the word's rarity, from 0 to k1 + 1."""
    norm = SATURATION * (1 - LENGTH_SHARE + LENGTH_SHARE * lengths / USUAL_LENGTH)
    return (weights * (SATURATION + 1) / (weights + norm)).astype(np.float32)


@dataclass(slots=True)
class _Column:
    """A facet's values as codes: ``values[codes]`` is the column."""

    values: Ints
    codes: Ints

    @classmethod
    def of(cls, column: Ints) -> "_Column":
        values, codes = np.unique(column, return_inverse=True)
        return cls(values, codes.astype(np.int64))

    def among(self, wanted: Collection[int]) -> Mask:
        chosen: Mask = np.isin(self.values, list(wanted))[self.codes]
        return chosen

    def counts(self, documents: Ints) -> dict[int, int]:
        counts = np.bincount(self.codes[documents], minlength=len(self.values))
        return {int(self.values[i]): int(counts[i]) for i in np.flatnonzero(counts) if self.values[i]}


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
    _grade_from: Ints = field(init=False)
    _grade_to: Ints = field(init=False)
    _facets: dict[Facet, _Column] = field(init=False)
    _alive: Mask = field(init=False)
    _seen_by: dict[frozenset[int], Mask] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._ids = self._column("id")
        order = np.argsort(self._ids, kind="stable")
        self._sorted_ids = self._ids[order]
        self._rank = np.empty_like(order)
        self._rank[order] = np.arange(len(order))
        self._created, self._audience = self._column("created"), self._column("audience")
        self._author = self._column("author")
        self._grade_from, self._grade_to = self._column("grade_from"), self._column("grade_to")
        columns = [facet for facet in Facet if facet is not Facet.GRADE]
        self._facets = {facet: _Column.of(self._column(facet.value)) for facet in columns}
        self._alive = np.concatenate([~part.deleted for part in self.parts] or [np.zeros(0, bool)])

    def __len__(self) -> int:
        return int(self._alive.sum())

    def search(self, query: Query) -> Results:
        """The page of results that *query* asks for."""
        seen = self._seen(query.audiences, query.person)
        filters = {facet: self._filter(facet, values) for facet, values in query.filters.items()}
        passed = _all(seen, filters.values())
        scores, matched, is_relaxed = self._matches(query, passed)
        found = np.flatnonzero(passed & matched)
        counts = {}
        for facet in query.counted:
            others = [mask for other, mask in filters.items() if other is not facet]
            documents = found if facet not in filters else np.flatnonzero(_all(seen & matched, others))
            counts[facet] = self._counts(facet, documents)
        ids, after = self._page(query, found, scores)
        return Results(len(found), ids, counts, after, is_relaxed)

    def _matches(self, query: Query, passed: Mask) -> tuple[NDArray[np.float32], Mask, bool]:
        """Scores of all documents, which of them match, and whether some words were enough."""
        scores = np.zeros(len(self._ids), np.float32)
        needed = query.asked.needed
        if not needed:
            return scores, self._alive, False
        hits = np.zeros(len(self._ids), np.uint8)
        for word, weight in query.asked.weights.items():
            found = [part.postings(word) for part in self.parts]
            frequency = sum(len(one.documents) for one in found)
            if not frequency:
                continue
            rarity = weight * math.log(1 + (len(self._ids) - frequency + 0.5) / (frequency + 0.5))
            base = 0
            for part, postings in zip(self.parts, found, strict=True):
                documents = postings.documents if not base else postings.documents + base
                scores[documents] += np.float32(rarity) * postings.impacts
                if word in needed:
                    hits[documents] += 1
                base += len(part.deleted)
        full: Mask = hits == len(needed)
        wanted = ENOUGH if len(needed) > A_FEW_WORDS else 1
        if len(needed) == 1 or np.count_nonzero(full & passed) >= wanted:
            return scores, full, False
        some: Mask = hits >= math.ceil(len(needed) * ENOUGH_OF_THE_WORDS)
        scores *= (hits / np.float32(len(needed))) ** 2
        is_relaxed = bool(np.count_nonzero(some & passed) > np.count_nonzero(full & passed))
        return scores, some if is_relaxed else full, is_relaxed

    def _page(
        self, query: Query, found: Ints, scores: NDArray[np.float32]
    ) -> tuple[list[int], Cursor | None]:
        by_date = query.order is Order.NEWEST or not query.asked.needed
        places = self._created[found] if by_date else (scores[found] * _PLACES).astype(np.int64)
        keys = (places << _ID_BITS) | self._rank[found]
        if query.after is not None:
            rank = int(np.searchsorted(self._sorted_ids, query.after.id))
            before = keys < ((query.after.place << _ID_BITS) | rank)
            found, keys = found[before], keys[before]
        more = len(found) > query.limit
        if more:
            best = np.argpartition(keys, len(keys) - query.limit)[len(keys) - query.limit :]
            found, keys = found[best], keys[best]
        order = np.argsort(keys)[::-1]
        ids = [int(one) for one in self._ids[found[order]]]
        after = Cursor(int(keys[order[-1]]) >> _ID_BITS, ids[-1]) if more else None
        return ids, after

    def _seen(self, audiences: frozenset[int], person: int) -> Mask:
        shared = self._seen_by.get(audiences)
        if shared is None:
            shared = np.isin(self._audience, [PUBLIC, *audiences]) & self._alive
            self._seen_by[audiences] = shared
        own = np.flatnonzero(self._author == person) if person else ()
        if not len(own):
            return shared
        seen = shared.copy()
        seen[own] = self._alive[own]
        return seen

    def _filter(self, facet: Facet, values: Collection[int]) -> Mask:
        if facet is not Facet.GRADE:
            return self._facets[facet].among(values)
        passed = np.zeros(len(self._ids), bool)
        for grade in values:
            passed |= (self._grade_from <= grade) & (grade <= self._grade_to)
        return passed

    def _counts(self, facet: Facet, documents: Ints) -> dict[int, int]:
        if facet is not Facet.GRADE:
            return self._facets[facet].counts(documents)
        most = GRADES.stop + 1
        begin = np.bincount(self._grade_from[documents], minlength=most)
        end = np.bincount(self._grade_to[documents] + 1, minlength=most)
        running = np.cumsum(begin[:most] - end[:most])
        return {grade: int(running[grade]) for grade in GRADES if running[grade]}

    def _column(self, name: str) -> Ints:
        return np.concatenate([part.columns[name] for part in self.parts] or [np.zeros(0, np.int64)])


def _all(first: Mask, others: Collection[Mask]) -> Mask:
    for other in others:
        # Not in place: that would change a mask that is kept.
        first = first & other
    return first
