"""The words of the public library: what is being typed, and what was meant by a slip or by pinyin.

Slips are found by the words' neighbourhoods of deletions (Garbe's symmetric deletion): two words that are one
letter apart have a common word among those that either is with one letter less.
"""

import heapq
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import takewhile

import numpy as np
from numpy.typing import NDArray
from pypinyin import Style, lazy_pinyin

from library.search.words import STEM, Asked, asked_form, is_han, is_latin

MOST_WORDS = 40_000
"""The most frequent words are known; the others stand in few resources, or are no words."""
SHORTEST_MENDED = 4
"""A word of fewer letters is not mended: everything is a slip away from it."""
SHORTEST_INITIALS, LONGEST_INITIALS = 2, 12
MOST_MEANT = 6
"""So many words, the frequent ones, may stand for one that was typed otherwise."""
MOST_SYLLABLES = 4
"""Into so many words pinyin in one piece is taken apart."""
LONGEST_TYPED = 40


@dataclass(frozen=True, slots=True)
class Spelling:
    """A word, in how many resources it stands, and how it is typed."""

    word: str
    count: int
    pinyin: str = ""
    initials: str = ""


def spellings(counts: Mapping[str, int]) -> list[Spelling]:
    """The frequent ones of the words, with their pinyin."""
    words = (word for word in counts if not word.endswith(STEM) and (is_han(word) or is_latin(word)))
    often = heapq.nlargest(
        MOST_WORDS, (word for word in words if len(word) > 1), key=lambda word: (counts[word], word)
    )
    return [Spelling(word, counts[word], *_typed(word)) for word in often]


class Dictionary:
    """Finds words by how they are typed."""

    def __init__(self, known: Iterable[Spelling]) -> None:
        self._counts = {one.word: one.count for one in known}
        self._pinyin: dict[str, list[str]] = {}
        self._initials: dict[str, list[str]] = {}
        for one in known:
            if one.pinyin:
                self._pinyin.setdefault(one.pinyin, []).append(one.word)
                self._initials.setdefault(one.initials, []).append(one.word)
        self._words, self._sounds = sorted(self._counts), sorted(self._pinyin)
        self._heads = sorted(self._initials)
        self._slips: _Slips | None = None

    def suggest(self, typed: str, limit: int) -> list[str]:
        """Words that *typed* is the beginning, the pinyin or the initials of, or else a slip away from."""
        typed = typed[:LONGEST_TYPED]
        found = set(_beginning(self._words, typed))
        if is_latin(typed):
            found |= {word for sound in _beginning(self._sounds, typed) for word in self._pinyin[sound]}
            if len(typed) >= SHORTEST_INITIALS:
                found |= {word for head in _beginning(self._heads, typed) for word in self._initials[head]}
            if not found:
                found = set(self._slipped(typed))
        return heapq.nsmallest(limit, found, key=self._by_frequency)

    def mend(self, asked: Asked, is_known: Callable[[str], bool]) -> tuple[Asked, dict[str, tuple[str, ...]]]:
        """The query with words that stand nowhere replaced by what they may mean, and which those are.

        *is_known* tells of a word whether it stands anywhere.
        """
        mended: dict[str, tuple[str, ...]] = {}
        alternatives = dict(asked.alternatives)
        needed: list[str] = []
        for word in asked.needed:
            meant = [] if is_known(word) else self._meant(word.removesuffix(STEM))
            for group in meant:
                first, *others = dict.fromkeys(map(asked_form, group))
                needed.append(first)
                alternatives[first] = (*alternatives.get(first, ()), *others)
            if meant:
                mended[word.removesuffix(STEM)] = tuple(one for group in meant for one in group)
            else:
                needed.append(word)
        if not mended:
            return asked, {}
        words = tuple(dict.fromkeys(needed))
        return replace(asked, needed=words, alternatives=alternatives), mended

    def _meant(self, word: str) -> list[list[str]]:
        """What a word that stands nowhere may mean: words one after another, each with those like it."""
        if is_han(word):
            alike = (
                [one for one in self._pinyin.get(_typed(word)[0], []) if one != word] if len(word) > 1 else []
            )
            return [self._often(alike)] if alike else []
        if not is_latin(word):
            return []
        found = self._pinyin.get(word) or self._initials.get(word) or []
        if not found and len(word) >= SHORTEST_MENDED:
            apart = self._taken_apart(word)
            if apart:
                return apart
            found = self._slipped(word)
        return [self._often(found)] if found else []

    def _taken_apart(self, sounds: str) -> list[list[str]]:
        """The words whose pinyin *sounds* is in one piece, the fewest and longest."""
        best: dict[int, list[str]] = {0: []}
        for end in range(1, len(sounds) + 1):
            for start in range(end):
                if start in best and len(best[start]) < MOST_SYLLABLES and sounds[start:end] in self._pinyin:
                    parts = [*best[start], sounds[start:end]]
                    if end not in best or len(parts) < len(best[end]):
                        best[end] = parts
        return [self._often(self._pinyin[part]) for part in best.get(len(sounds), [])]

    def _slipped(self, typed: str) -> list[str]:
        """Words, or words whose pinyin, are one letter away from *typed*."""
        if len(typed) < SHORTEST_MENDED or not is_latin(typed):
            return []
        if self._slips is None:
            latin = (word for word in self._counts if is_latin(word))
            self._slips = _Slips.of({*latin, *self._pinyin})
        close = self._slips.near(typed)
        return [word for one in close for word in ([one] if one in self._counts else self._pinyin[one])]

    def _often(self, words: Collection[str]) -> list[str]:
        return heapq.nsmallest(MOST_MEANT, set(words), key=self._by_frequency)

    def _by_frequency(self, word: str) -> tuple[int, str]:
        return -self._counts[word], word


@dataclass(frozen=True, slots=True)
class _Slips:
    """The deletion neighbourhoods of words, as two arrays of shape (n,): 12 bytes each, not a hundred."""

    words: list[str]
    hashes: NDArray[np.int64]
    """Of the neighbours, ascending."""
    owners: NDArray[np.int32]
    """Whose neighbour it is, as an index of ``words``."""

    @classmethod
    def of(cls, words: Collection[str]) -> "_Slips":
        long_enough = [word for word in words if len(word) >= SHORTEST_MENDED]
        pairs = [(hash(slip), owner) for owner, word in enumerate(long_enough) for slip in _deletions(word)]
        hashes = np.array([one for one, _ in pairs], np.int64)
        owners = np.array([owner for _, owner in pairs], np.int32)
        order = np.argsort(hashes)
        return cls(long_enough, hashes[order], owners[order])

    def near(self, typed: str) -> set[str]:
        slips = np.array([hash(slip) for slip in _deletions(typed)], np.int64)
        begin, end = (np.searchsorted(self.hashes, slips, side) for side in ("left", "right"))
        owners = {int(one) for a, b in zip(begin, end, strict=True) for one in self.owners[a:b]}
        return {word for word in (self.words[one] for one in owners) if _is_a_slip(typed, word)}


def _beginning(among: list[str], typed: str) -> Iterator[str]:
    return takewhile(lambda one: one.startswith(typed), among[bisect_left(among, typed) :] if typed else [])


def _typed(word: str) -> tuple[str, str]:
    """Pinyin and initials of a Chinese word; nothing of another."""
    if not is_han(word):
        return "", ""
    syllables = [one.replace("ü", "v") for one in lazy_pinyin(word, style=Style.NORMAL)]
    initials = "".join(one[:1] for one in syllables)
    return "".join(syllables), initials if len(initials) <= LONGEST_INITIALS else ""


def _deletions(word: str) -> set[str]:
    return {word, *(word[:place] + word[place + 1 :] for place in range(len(word)))}


def _is_a_slip(typed: str, word: str) -> bool:
    """Whether one letter more, less or other, or two changed places, make one out of the other."""
    if abs(len(typed) - len(word)) > 1:
        return False
    same = 0
    while same < min(len(typed), len(word)) and typed[same] == word[same]:
        same += 1
    left, right = typed[same:], word[same:]
    return (
        left[1:] == right[1:]
        or left[1:] == right
        or left == right[1:]
        or (left[2:] == right[2:] and left[:2] == right[1::-1])
    )
