"""Text cut into the words that are indexed.

Chinese is cut by rjieba into words and their parts (一次函数: 一次, 函数, 一次函数), traditional characters
count as simplified ones, words that mean the same in the curriculum as one word, and English is lower-cased
and loses its endings.
"""

import math
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from library.search.letters import (
    BETWEEN,
    HAN,
    LATIN,
    STEM,
    is_han,
    is_latin,
    plain,
    singular,
    stem,
    stemmed,
    without_tex,
)
from library.search.vocabulary import NAME, PARTICLES, cutter, stands_for, synonyms

MOST_JOINED, LONGEST_JOINED = 4, 16
"""Neighbouring words that may be one name together, and the characters of one name."""
_LONGEST_KNOWN = 64
"""Characters of a text that may stand in many resources."""


def cut(text: str) -> list[str]:
    """All words of *text* and their parts, as often as they occur."""
    pieces = cutter().cut_for_search(without_tex(plain(text)))
    return [word for piece in pieces for word in _indexed(piece)]


def weigh(fields: Iterable[tuple[str, float]], names: Iterable[tuple[str, float]] = ()) -> dict[str, float]:
    """The words of several texts, each text with a weight, and how much each word counts in all.

    A word that occurs n times in a text counts weight · (1 + ln n). Each of *names*, such as that of a
    knowledge point, is one word besides: who asks for all of it means it.
    """
    weights: dict[str, float] = {}
    for text, weight in fields:
        shares = _shares_of_known(text) if len(text) <= _LONGEST_KNOWN else _shares(text)
        for word, share in shares:
            weights[word] = weights.get(word, 0.0) + weight * share
    for name, weight in names:
        whole = name_of(name)
        if whole:
            weights[whole] = max(weights.get(whole, 0.0), weight)
    return weights


def _shares(text: str) -> tuple[tuple[str, float], ...]:
    """The words of one text, each with 1 + ln n where it occurs n times."""
    return tuple(
        (word, 1 + math.log(times)) for word, times in Counter(cut(text)).items() if word not in PARTICLES
    )


@lru_cache(maxsize=16_384)
def _shares_of_known(text: str) -> tuple[tuple[str, float], ...]:
    """The same for what many resources say alike: their author, unit, points and keywords."""
    return _shares(text)


@lru_cache(maxsize=16_384)
def name_of(name: str) -> str:
    """*name* as one word, if it is a Chinese one of a few characters or an English one of a few words."""
    simple = plain(name)
    whole = BETWEEN.sub("", simple)
    if HAN.search(whole):
        pieces = cutter().cut(whole)
        fits = 1 < len(whole) <= LONGEST_JOINED
        return NAME + "".join(synonyms().get(piece, piece) for piece in pieces) if fits else ""
    words = [word for word in LATIN.findall(simple) if word not in PARTICLES]
    fits = 0 < len(words) <= MOST_JOINED and all(map(is_latin, words))
    return NAME + "".join(map(stem, words)) if fits else ""


def forms(word: str) -> tuple[str, ...]:
    """The words that stand in a text where *word* is indexed: itself, and those it was taken for."""
    return (word.removesuffix(STEM), *stands_for().get(word, ()))


def asked_form(word: str) -> str:
    """An indexed word in the form that queries ask for."""
    return stemmed(word) if is_latin(word) else word


def shown_form(word: str) -> str:
    """An indexed word as people read it."""
    return word.removeprefix(NAME).removesuffix(STEM)


@lru_cache(maxsize=65_536)
def _indexed(piece: str) -> tuple[str, ...]:
    """The words that stand for a piece: a library says the same few again and again."""
    if is_han(piece):
        return (synonyms().get(piece, piece),)
    found = []
    for word in LATIN.findall(piece):
        found.append(singular(word))
        if stemmed(word) != word:
            found.append(stemmed(word))
    return tuple(found)
