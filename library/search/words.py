"""Text cut into the words that are indexed and asked for.

Chinese is cut by rjieba into words and their parts (一次函数: 一次, 函数, 一次函数), traditional characters
count as simplified ones, English is lower-cased and loses its plural.
"""

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache

import rjieba
from opencc import OpenCC

LONGEST_QUERY = 200
"""Characters of a query that are read."""
MOST_QUERY_WORDS = 24

_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]+")
_LATIN = re.compile(r"[^\W_]+(?:[.'][^\W_]+)*")
_TEX = re.compile(r"\\[a-zA-Z]+|[{}$^_]")
_NEEDLESS = frozenset(
    (
        *"的了和与及是在有我你他她它们这那也都就吗呢吧啊之把被对从到为",
        *("什么", "怎么", "怎样", "如何", "为什么", "哪些", "哪个", "请问", "一个", "一下"),
        *(
            "a",
            "an",
            "and",
            "are",
            "as",
            "at",
            "be",
            "by",
            "do",
            "does",
            "for",
            "from",
            "how",
            "i",
            "in",
            "is",
        ),
        *("it", "of", "on", "or", "that", "the", "this", "to", "was", "what", "which", "why", "with"),
    )
)
"""Words that help nobody to find anything."""
_COMMON = frozenset(
    (
        *("复习", "重点", "讲解", "知识", "知识点", "学习", "练习题", "题目", "课程", "教学", "视频", "微课"),
        *("总结", "资料", "lesson", "video", "learn", "learning", "study"),
    )
)
"""Words that every second school resource has: they count little, and none has to match."""
COMMON_WEIGHT = 0.25
_SHORTEST_PLURAL = 4


@dataclass(frozen=True, slots=True)
class Asked:
    """The words of a query, as they are indexed."""

    needed: tuple[str, ...]
    """All of them should match; where too little does, some are enough."""
    helpful: Mapping[str, float] = field(default_factory=dict)
    """They raise the score of what matches, each by so much."""
    required: tuple[str, ...] = ()
    """The words of phrases: they must match, however little does."""
    excluded: tuple[str, ...] = ()
    """None of them may stand in what is found."""
    alternatives: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Other words that will do in place of a needed or required one."""
    phrases: tuple[str, ...] = ()
    """What must stand in the text in one piece: checked on the text (``phrases.py``), not by engines."""
    unwanted_phrases: tuple[str, ...] = ()
    """What must not."""

    @property
    def weights(self) -> dict[str, float]:
        """Every word with what it counts."""
        return dict.fromkeys((*self.required, *self.needed), 1.0) | dict(self.helpful)


def plain(text: str) -> str:
    """*text* in one width, case and script."""
    converted: str = _converter().convert(unicodedata.normalize("NFKC", text).casefold())
    return converted


def cut(text: str) -> list[str]:
    """All words of *text* and their parts, as often as they occur."""
    return [word for piece in rjieba.cut_for_search(_without_tex(plain(text))) for word in _kept(piece)]


def weigh(fields: Iterable[tuple[str, float]]) -> dict[str, float]:
    """The words of several texts, each text with a weight, and how much each word counts in all.

    A word that occurs n times in a text counts weight · (1 + ln n).
    """
    weights: dict[str, float] = {}
    for text, weight in fields:
        for word, times in Counter(cut(text)).items():
            if word not in _NEEDLESS:
                weights[word] = weights.get(word, 0.0) + weight * (1 + math.log(times))
    return weights


def asked(text: str) -> Asked:
    """What a query asks for."""
    needed: dict[str, None] = {}
    helpful: dict[str, float] = {}
    for whole in rjieba.cut(_without_tex(plain(text[:LONGEST_QUERY]))):
        parts = [part for piece in rjieba.cut_for_search(whole) for part in _kept(piece)]
        smaller = [part for part in parts if part != whole]
        for word in smaller or parts:
            needed[word] = None
        if smaller and whole in parts:
            helpful[whole] = 1.0
    words = [word for word in needed if word not in _NEEDLESS][:MOST_QUERY_WORDS]
    telling = [word for word in words if word not in _COMMON]
    if telling:
        helpful |= {word: COMMON_WEIGHT for word in words if word in _COMMON}
        words = telling
    return Asked(tuple(words), {word: weight for word, weight in helpful.items() if word not in words})


def stem(word: str) -> str:
    """An English word without its plural (Harman's S stemmer)."""
    if len(word) < _SHORTEST_PLURAL or not word.isascii() or not word.endswith("s"):
        return word
    if word.endswith("ies") and not word.endswith(("eies", "aies")):
        return f"{word[:-3]}y"
    if word.endswith("es") and not word.endswith(("aes", "ees", "oes")):
        return word[:-1]
    return word if word.endswith(("us", "ss")) else word[:-1]


def _kept(piece: str) -> list[str]:
    return [stem(word) for word in _LATIN.findall(piece)] if not _HAN.fullmatch(piece) else [piece]


def _without_tex(text: str) -> str:
    return _TEX.sub(" ", text)


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")
