"""Where words stand, as NumPy arrays: the postings of one word, and those of several together.

Formulas: BM25's term saturation and length normalisation (Robertson & Zaragoza 2009), with the weighted
frequency of a word over all fields in place of its count.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from library.search.ranking import LENGTH_SHARE, SATURATION, USUAL_LENGTH

Ints = NDArray[np.int64]
Documents = NDArray[np.int32]
Mask = NDArray[np.bool_]

FEW = 20
"""Where fewer postings than one in so many documents are united, sorting them is quicker than marking."""
COMMON = 8
"""A word that one in so many documents holds is laid out over all of them: looking it up is one step."""


@dataclass(frozen=True)
class Postings:
    """The documents that hold a word, ascending, and how strongly: both of shape (n,)."""

    documents: Documents
    impacts: NDArray[np.float32]
    among: int = 0
    """How many documents there are with and without the word."""

    def __len__(self) -> int:
        return len(self.documents)

    @property
    def size_bytes(self) -> int:
        """Memory that the arrays take, and what is laid out from them."""
        dense = self.among * self.impacts.itemsize if self._is_common else 0
        return int(self.documents.nbytes + self.impacts.nbytes + dense)

    def of(self, documents: Documents) -> NDArray[np.float32]:
        """How strongly each of *documents*, ascending, holds the word; 0 for those that do not."""
        if not len(self.documents):
            return np.zeros(len(documents), np.float32)
        if self._is_common:
            told: NDArray[np.float32] = self._dense[documents]
            return told
        if len(self.documents) < len(documents):
            held = np.zeros(len(documents), np.float32)
            places = np.searchsorted(documents, self.documents)
            places[places == len(documents)] = 0
            there = documents[places] == self.documents
            held[places[there]] = self.impacts[there]
            return held
        places = np.searchsorted(self.documents, documents)
        places[places == len(self.documents)] = 0
        return np.where(self.documents[places] == documents, self.impacts[places], np.float32(0))

    @property
    def _is_common(self) -> bool:
        return len(self.documents) * COMMON > self.among > 0

    @cached_property
    def _dense(self) -> NDArray[np.float32]:
        laid_out = np.zeros(self.among, np.float32)
        laid_out[self.documents] = self.impacts
        return laid_out


def impacts(weights: NDArray[np.float32], lengths: NDArray[np.float32]) -> NDArray[np.float32]:
    """BM25's term score without the word's rarity, from 0 to k1 + 1."""
    norm = SATURATION * (1 - LENGTH_SHARE + LENGTH_SHARE * lengths / USUAL_LENGTH)
    return (weights * (SATURATION + 1) / (weights + norm)).astype(np.float32)


def union(postings: Sequence[Postings], among: int) -> Documents:
    """The documents that hold any of the words, *among* so many."""
    if len(postings) == 1:
        return postings[0].documents
    if sum(map(len, postings)) * FEW < among:
        return np.unique(np.concatenate([one.documents for one in postings]))
    held = np.zeros(among, bool)
    for one in postings:
        held[one.documents] = True
    return np.flatnonzero(held).astype(np.int32)


def intersection(postings: Sequence[Postings]) -> Documents:
    """The documents that hold all of the words."""
    first, *others = sorted(postings, key=len)
    documents = first.documents
    for one in others:
        documents = documents[one.of(documents) > 0]
    return documents


def either(postings: Sequence[Postings], among: int) -> Postings:
    """The postings of words that stand for each other: a document counts by the strongest."""
    there = [one for one in postings if len(one)]
    if len(there) <= 1:
        return there[0] if there else postings[0]
    documents = union(there, among)
    strongest = np.max([one.of(documents) for one in there], axis=0)
    return Postings(documents, strongest.astype(np.float32), among)
