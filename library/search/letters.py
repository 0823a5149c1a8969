"""Text made alike: one width, case and script; English words without their endings."""

import re
import unicodedata
from functools import cache, lru_cache

from opencc import OpenCC

STEM = "~"
"""Ends an English word without its endings: solv~ stands for solve, solves, solved and solving."""
HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]+")
LATIN = re.compile(r"[^\W_]+(?:[.'][^\W_]+)*")
"""Words as they are written with letters and digits."""
BETWEEN = re.compile(r"[\W_]+")
"""What stands between words."""
_TEX = re.compile(r"\\[a-zA-Z]+|[{}$^_]")
_VOWEL = re.compile("[aeiouy]")
_SHORTEST_PLURAL = 4
_SHORTEST_STEMMED = 4
_SHORTEST_STEM = 3


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """*text* in one width, case and script."""
    converted: str = _converter().convert(unicodedata.normalize("NFKC", text).casefold())
    return converted


def squeezed(text: str) -> str:
    """*text* as phrases are compared: one width, case and script, with single spaces."""
    return " ".join(plain(text).split())


def without_tex(text: str) -> str:
    """*text* with its formulas' commands and braces taken out."""
    return _TEX.sub(" ", text)


def is_latin(word: str) -> bool:
    """Whether *word* is of Latin letters only, as English and pinyin are."""
    return word.isascii() and word.isalpha()


def is_han(word: str) -> bool:
    """Whether *word* is of Chinese characters only."""
    return HAN.fullmatch(word) is not None


def singular(word: str) -> str:
    """An English word without its plural (Harman's S stemmer)."""
    if len(word) < _SHORTEST_PLURAL or not word.isascii() or not word.endswith("s"):
        return word
    if word.endswith("ies") and not word.endswith(("eies", "aies")):
        return f"{word[:-3]}y"
    if word.endswith("es") and not word.endswith(("aes", "ees", "oes")):
        return word[:-1]
    return word if word.endswith(("us", "ss", "is")) else word[:-1]


def stem(word: str) -> str:
    """An English word without plural, -ed, -ing and last e; others as they are.

    Light, after Porter's first steps: what is left must hold a vowel, and a doubled consonant is one.
    """
    if len(word) < _SHORTEST_STEMMED or not (word.isascii() and word.isalpha()):
        return word
    word = singular(word)
    for ending in ("ing", "ed"):
        left = word.removesuffix(ending)
        if left != word and len(left) >= _SHORTEST_STEM and _VOWEL.search(left) and not word.endswith("eed"):
            is_doubled = left[-1] == left[-2] and left[-1] not in "lsz"
            word = left[:-1] if is_doubled else left
            break
    return word.removesuffix("e") if len(word) > _SHORTEST_STEM else word


def stemmed(word: str) -> str:
    """An English word in the form that stands for all its forms; others, and short ones, as they are."""
    return f"{stem(word)}{STEM}" if len(word) >= _SHORTEST_STEMMED and is_latin(word) else word


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")
