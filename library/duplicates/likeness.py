"""Which of many texts say the same, or nearly.

Near ones are found with MinHash signatures in one permutation (Li, Owen and Zhang, "One Permutation
Hashing", NIPS 2012; empty bins are filled after Shrivastava and Li, "Densifying One Permutation Hashing",
ICML 2014) and banding (Leskovec, Rajaraman and Ullman, "Mining of Massive Datasets", chapter 3): texts that
agree in all rows of a band are compared in full. Nothing is random: the same library gives the same pairs.
"""

import hashlib
import unicodedata
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

SHINGLE = 4
"""Characters in a row: two or three words of Chinese."""
LONGEST = 2_000
"""Characters of a text that are compared."""
FEWEST_SHINGLES = 24
"""Shorter texts are compared as a whole only: "practice 1" and "practice 2" are not the same."""
BANDS, ROWS = 25, 5
"""Texts with 80 % in common meet in some band with a chance of 99.99 %, those with 50 % of 55 %."""
NEAR = 0.8
"""From this share of common shingles on two texts are nearly the same."""
BINS = BANDS * ROWS
FEWEST_LETTERS = 12
"""Contents with fewer letters are no text to be the same."""

Signatures = NDArray[np.uint32]
"""Shape (texts, BINS)."""
Shingles = NDArray[np.uint64]
"""Shape (shingles,), sorted, each once."""

_EMPTY = np.uint32(0xFFFFFFFF)
_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)


def plain(text: str) -> str:
    """*text* without what makes no difference to a reader: case, width, spaces, punctuation."""
    return "".join(letter for letter in unicodedata.normalize("NFKC", text).casefold() if letter.isalnum())


def text_hash(content: str) -> str:
    """SHA-256 of the plain *content* in hexadecimal; empty if it holds too little to be told from others."""
    letters = plain(content)
    return hashlib.sha256(letters.encode()).hexdigest() if len(letters) >= FEWEST_LETTERS else ""


def shingles(text: str) -> Shingles:
    """The hashes of all runs of ``SHINGLE`` characters in the plain form of *text*."""
    letters = np.frombuffer(plain(text)[:LONGEST].encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)
    if len(letters) < SHINGLE:
        return np.empty(0, dtype=np.uint64)
    runs = len(letters) - SHINGLE + 1
    hashes = np.zeros(runs, dtype=np.uint64)
    for place in range(SHINGLE):
        # Wrapping multiplication; a code point has 21 bits.
        hashes = _mixed(hashes ^ letters[place : place + runs])
    return np.unique(hashes)


def likeness(first: Shingles, second: Shingles) -> float:
    """The share of shingles that two texts have in common (Jaccard's index), 0 to 1."""
    common = len(np.intersect1d(first, second, assume_unique=True))
    either = len(first) + len(second) - common
    return common / either if either else 0.0


def signature(of: Shingles) -> NDArray[np.uint32]:
    """The least hash in each of ``BINS`` bins, shape (BINS,); an empty bin borrows from the next one."""
    least = np.full(BINS, _EMPTY, dtype=np.uint32)
    bins = (of % np.uint64(BINS)).astype(np.int64)
    np.minimum.at(least, bins, (of >> np.uint64(33)).astype(np.uint32))
    empty = least == _EMPTY
    if not empty.any() or empty.all():
        return least
    places = np.flatnonzero(~empty)
    steps = np.searchsorted(places, np.arange(BINS)) % len(places)
    source = places[steps]
    # What was borrowed from afar differs from what stands there, so that neighbours do not agree by chance.
    distance = (source - np.arange(BINS)) % BINS
    return np.where(empty, least[source] ^ (distance.astype(np.uint32) * np.uint32(0x9E3779B1)), least)


def candidates(signatures: Signatures) -> Iterator[tuple[int, int]]:
    """Places (i, j), i < j, of texts that agree in a band; each pair once.

    Of many that agree each is compared with the one before and with the first, so that a thousand copies give
    two thousand pairs and not half a million.
    """
    seen: set[tuple[int, int]] = set()
    for band in range(BANDS):
        part = np.ascontiguousarray(signatures[:, band * ROWS : (band + 1) * ROWS])
        keys = part.view(np.dtype((np.void, part.dtype.itemsize * ROWS))).ravel()
        order = np.argsort(keys, kind="stable")
        same = keys[order][1:] == keys[order][:-1]
        first = 0
        for place in np.flatnonzero(same):
            if place == 0 or not same[place - 1]:
                first = int(order[place])
            before, here = int(order[place]), int(order[place + 1])
            for pair in {(min(before, here), max(before, here)), (min(first, here), max(first, here))}:
                if pair not in seen:
                    seen.add(pair)
                    yield pair


def _mixed(values: Shingles) -> Shingles:
    """A wrapping mixture of 64 bits (the finaliser of SplitMix64)."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9) + _MULTIPLIER
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))
