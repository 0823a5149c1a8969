"""The words that are known beforehand: of the curriculum, of questions, and those that mean the same."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import rjieba

from library.search.letters import BETWEEN, plain, singular, stemmed

NAME = "="
"""Begins a whole name as one word: =面积 stands where something is called 面积, and nothing but that."""
PARTICLES = frozenset(
    (
        *"的了和与及是在有我你他她它们这那也都就吗呢吧啊之把被对从到为",
        *("a", "an", "and", "are", "as", "at", "be", "by", "for", "from", "in", "is", "it", "of", "on", "or"),
        *("that", "the", "this", "to", "was", "with"),
    )
)
"""Words that are not indexed."""
_DATA = Path(__file__).parent / "data"
_TERM_FREQUENCY = 100_000


@cache
def needless() -> frozenset[str]:
    """Words of a question that help nobody, in the form that is asked for."""
    return _all_forms("needless.txt")


@cache
def common() -> frozenset[str]:
    """Words that count little, and need not match."""
    return _all_forms("common.txt")


def _all_forms(name: str) -> frozenset[str]:
    words = [word for line in _lines(name) for word in line]
    return frozenset((*words, *map(stemmed, words), *map(singular, words)))


@cache
def synonyms() -> dict[str, str]:
    """Words that are taken for others."""
    return {other: first for first, *others in _lines("synonyms.txt") for other in others}


@cache
def stands_for() -> dict[str, tuple[str, ...]]:
    """The same the other way: a word, and those that are taken for it."""
    return {first: tuple(others) for first, *others in _lines("synonyms.txt")}


@cache
def related() -> dict[str, tuple[str, ...]]:
    """Words that are looked for, and what the curriculum says in their place."""
    found: dict[str, tuple[str, ...]] = {}
    for word, *others in _lines("related.txt"):
        names = (NAME + BETWEEN.sub("", plain(one)) for one in others)
        found[word] = tuple(dict.fromkeys((*(synonyms().get(one, one) for one in others), *names)))
    return found


@cache
def cutter() -> rjieba.Jieba:
    """A cutter that knows the words of the curriculum."""
    known = rjieba.Jieba()
    terms = [word for name in ("terms.txt", "synonyms.txt") for words in _lines(name) for word in words]
    for word in (*terms, *related()):
        known.add_word(word, _TERM_FREQUENCY, "n")
    return known


def _lines(name: str) -> Iterator[list[str]]:
    for line in (_DATA / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split()
