"""The words of the public library: what is being typed, and what was meant by a slip or by pinyin.

Slips are found by the words' neighbourhoods of deletions (Garbe's symmetric deletion): two words that are one
letter apart have a common word among those that either is with one letter less.
"""

import heapq
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import takewhile

import numpy as np
from numpy.typing import NDArray
from pypinyin import Style, lazy_pinyin

from library.search.asking import Asked
from library.search.engine import Query, Results
from library.search.letters import STEM, is_han, is_latin, stem
from library.search.vocabulary import NAME
from library.search.words import asked_form

MOST_WORDS = 40_000
"""The most frequent words are known; the others stand in few resources, or are no words."""
SHORTEST_MENDED = 4
"""A word of fewer letters is not mended: everything is a slip away from it."""
SHORTEST_BEGUN = 2
SHORTEST_INITIALS, LONGEST_INITIALS = 2, 16
MOST_MEANT = 6
"""So many words, the frequent ones, may stand for one that was typed otherwise."""
MOST_APART = 4
"""Into so many words pinyin in one piece is taken apart."""
LONGEST_TYPED = 80
LONGEST_SYLLABLE = 6
FEW = 3
"""A query that finds fewer than this may be a name, mistyped."""
Mended = dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Spelling:
    """A word or a whole name as it is indexed, in how many resources it stands, and how it is typed."""

    word: str
    count: int
    pinyin: str = ""
    initials: str = ""


def spellings(counts: Mapping[str, int]) -> list[Spelling]:
    """The frequent ones of the words, with their pinyin."""
    words = (word for word in counts if _is_typed(word))
    often = heapq.nlargest(MOST_WORDS, words, key=lambda word: (counts[word], word))
    return [Spelling(word, counts[word], *_typed(word)) for word in often]


class Dictionary:
    """Finds words by how they are typed."""

    def __init__(self, known: Iterable[Spelling]) -> None:
        self._counts: dict[str, int] = {}
        """By words and names as they are shown."""
        self._indexed: dict[str, str] = {}
        """What is shown, as it is indexed; names go before words."""
        self._pinyin: dict[str, list[str]] = {}
        self._initials: dict[str, list[str]] = {}
        for one in known:
            shown = one.word.removeprefix(NAME)
            if shown not in self._counts and one.pinyin:
                self._pinyin.setdefault(one.pinyin, []).append(shown)
                self._initials.setdefault(one.initials, []).append(shown)
            self._counts[shown] = max(self._counts.get(shown, 0), one.count)
            if shown not in self._indexed or one.word != shown:
                self._indexed[shown] = one.word
        self._words, self._sounds = sorted(self._counts), sorted(self._pinyin)
        self._heads = sorted(self._initials)

    def __contains__(self, word: str) -> bool:
        return word in self._counts

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

    def mended(
        self, asked: Asked, is_known: Callable[[str], bool]
    ) -> tuple[Asked, dict[str, tuple[str, ...]]]:
        """The query with words that stand nowhere replaced by what they may mean, and which those are.

        *is_known* tells of a word whether it stands anywhere.
        """
        mended: Mended = {}
        alternatives = dict(asked.alternatives)
        needed: list[str] = []
        for words in self._unknown_together(asked.needed, is_known):
            written = " ".join(word.removesuffix(STEM) for word in words)
            meant = [] if is_known(words[0]) else self._meant(written.replace(" ", ""))
            if len(asked.needed) == 1 and is_latin(asked.whole):
                # Its stem may have lost a letter that was meant.
                written = asked.whole
                meant = meant or ([] if is_known(words[0]) else self._meant(written))
            for group in meant:
                first, *others = dict.fromkeys(map(self._as_asked, group))
                needed.append(first)
                alternatives[first] = (*alternatives.get(first, ()), *others)
            if meant:
                mended[written] = tuple(one for group in meant for one in group)
            else:
                needed += words
        if not mended:
            return asked, {}
        return replace(asked, needed=tuple(dict.fromkeys(needed)), alternatives=alternatives), mended

    def named(self, whole: str) -> tuple[str, ...]:
        """Names that begin with *whole*, or are one character away from it; nothing if it is one itself."""
        if is_latin(whole):
            return tuple(self._often(self._pinyin.get(whole) or self._initials.get(whole) or ()))
        if whole in self._counts or len(whole) < SHORTEST_BEGUN:
            return ()
        return tuple(self._often(set(_beginning(self._words, whole)) or self._slipped(whole)))

    def asked_by_name(self, asked: Asked, names: Sequence[str]) -> Asked:
        """The query with *names* in place of its loose words."""
        first, *others = map(self._as_asked, names)
        return replace(asked, needed=(first,), helpful={}, alternatives={first: tuple(others)})

    def _as_asked(self, shown: str) -> str:
        return asked_form(self._indexed[shown])

    def _unknown_together(
        self, needed: Sequence[str], is_known: Callable[[str], bool]
    ) -> Iterator[tuple[str, ...]]:
        """The words, syllables that are pinyin of one word together."""
        place = 0
        while place < len(needed):
            end = place
            while end < len(needed) and _is_syllable(needed[end]) and not is_known(needed[end]):
                end += 1
            together = "".join(word.removesuffix(STEM) for word in needed[place:end])
            if end - place > 1 and self._meant(together):
                yield tuple(needed[place:end])
                place = end
            else:
                yield (needed[place],)
                place += 1

    def _meant(self, word: str) -> list[list[str]]:
        """What a word that stands nowhere may mean: words one after another, each with those like it."""
        if is_han(word):
            alike = self._pinyin.get(_typed(word)[0], []) if len(word) > 1 else []
            return [self._often(alike)] if alike else []
        if not is_latin(word) or len(word) > LONGEST_TYPED:
            return []
        found = self._pinyin.get(word) or self._initials.get(word) or []
        if not found and len(word) >= SHORTEST_MENDED:
            apart = self._taken_apart(word)
            if apart:
                return apart
            found = self._slipped(word) or self._begun(word)
        return [self._often(found)] if found else []

    def _begun(self, typed: str) -> list[str]:
        latin = [word for word in _beginning(self._words, typed) if is_latin(word)]
        return latin or [word for sound in _beginning(self._sounds, typed) for word in self._pinyin[sound]]

    def _taken_apart(self, sounds: str) -> list[list[str]]:
        """The words whose pinyin *sounds* is in one piece, the fewest."""
        best: dict[int, list[str]] = {0: []}
        for end in range(1, len(sounds) + 1):
            for start in range(end):
                if start in best and len(best[start]) < MOST_APART and sounds[start:end] in self._pinyin:
                    parts = [*best[start], sounds[start:end]]
                    if end not in best or len(parts) < len(best[end]):
                        best[end] = parts
        return [self._often(self._pinyin[part]) for part in best.get(len(sounds), [])]

    def _slipped(self, typed: str) -> list[str]:
        """Words, or words whose pinyin, are one letter or character away from *typed*."""
        if len(typed) < SHORTEST_MENDED:
            return []
        return [word for one in self._slips.near(typed) for word in self._spelled(one)]

    def _spelled(self, typed: str) -> list[str]:
        """The words that are typed so: as they are, as a stem, or as pinyin."""
        if typed in self._counts:
            return [typed]
        return self._stems.get(typed) or self._pinyin[typed]

    @cached_property
    def _stems(self) -> dict[str, list[str]]:
        stems: dict[str, list[str]] = {}
        for word in filter(is_latin, self._counts):
            stems.setdefault(stem(word), []).append(word)
        return stems

    @cached_property
    def _slips(self) -> "_Slips":
        return _Slips.of({*self._counts, *self._stems, *self._pinyin})

    def _often(self, words: Collection[str]) -> list[str]:
        return heapq.nsmallest(MOST_MEANT, set(words), key=self._by_frequency)

    def _by_frequency(self, word: str) -> tuple[int, str]:
        return -self._counts[word], word


def search_mended(
    query: Query, search: Callable[[Query], Results], is_known: Callable[[str], bool], dictionary: Dictionary
) -> Results:
    """What *search* finds for *query*; where words stand nowhere, for what they may mean.

    *is_known* tells of a word whether it stands anywhere in the index.
    """
    asked = query.asked
    are_known = all(map(is_known, asked.needed))
    found = search(query) if are_known else None
    if asked.whole and (found is None or found.is_relaxed or found.total < FEW):
        names = dictionary.named(asked.whole)
        if names:
            by_name = search(replace(query, asked=dictionary.asked_by_name(asked, names)))
            if by_name.total and (found is None or found.is_relaxed or by_name.total > found.total):
                return replace(by_name, mended={asked.whole: names})
    if found is not None:
        return found
    asked, mended = dictionary.mended(asked, is_known)
    return replace(search(replace(query, asked=asked)), mended=mended)


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


def _is_typed(word: str) -> bool:
    """Whether people type *word*: not stems of English words, single characters, numbers."""
    if word.startswith(NAME):
        return not word.isascii()
    return len(word) > 1 and not word.endswith(STEM) and (is_han(word) or is_latin(word))


def _is_syllable(word: str) -> bool:
    typed = word.removesuffix(STEM)
    return is_latin(typed) and len(typed) <= LONGEST_SYLLABLE * 2


def _typed(word: str) -> tuple[str, str]:
    """Pinyin and initials of a Chinese word or name; nothing of another."""
    shown = word.removeprefix(NAME)
    if shown.isascii():
        return "", ""
    syllables = [one.replace("ü", "v") for one in lazy_pinyin(shown, style=Style.NORMAL)]
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
