"""Which parts of a title or text matched: pieces, never markup, so that no tag can be cut in two."""

import re
from collections.abc import Collection, Iterable
from functools import lru_cache

from library.search.letters import plain
from library.search.words import forms

SHORTEST = 1
SNIPPET, BEFORE = 110, 30
"""Characters of a snippet, and of them before its first match."""
Piece = tuple[str, bool]
_MARKUP = re.compile(r"!?\[([^\]]*)\]\([^)]*\)|[#*_`>|]+|-{3,}|</?[a-zA-Z][^>]*>")
_SPACE = re.compile(r"\s+")


def parts(text: str, words: Iterable[str]) -> list[Piece]:
    """*text* in pieces, each with whether it is one of *words*; joined they are the text again."""
    pattern, simple = _pattern(words), plain(text)
    if pattern is None or len(simple) != len(text):
        # One width or script can take more letters than another: then nothing is marked, rather than wrongly.
        return [(text, False)]
    found: list[Piece] = []
    end = 0
    for match in pattern.finditer(simple):
        if match.start() > end:
            found.append((text[end : match.start()], False))
        found.append((text[match.start() : match.end()], True))
        end = match.end()
    if end < len(text):
        found.append((text[end:], False))
    return found


def snippet(texts: Iterable[str], words: Collection[str]) -> list[Piece]:
    """The passage of the first of *texts* that matches, or the beginning of the first, with what matches."""
    readable = [_readable(text) for text in texts if text]
    pattern = _pattern(words)
    for text in readable:
        simple = plain(text)
        match = pattern.search(simple) if pattern and len(simple) == len(text) else None
        if match:
            return _passage(text, max(0, match.start() - BEFORE), words)
    return _passage(readable[0], 0, ()) if readable else []


def _passage(text: str, begin: int, words: Collection[str]) -> list[Piece]:
    begin = 0 if len(text) <= SNIPPET else min(begin, len(text) - SNIPPET)
    before = [("…", False)] if begin else []
    after = [("…", False)] if begin + SNIPPET < len(text) else []
    return [*before, *parts(text[begin : begin + SNIPPET].strip(), words), *after]


def _readable(text: str) -> str:
    """Markdown as one line of words."""
    return _SPACE.sub(" ", _MARKUP.sub(lambda found: found[1] or " ", text)).strip()


def _pattern(words: Iterable[str]) -> re.Pattern[str] | None:
    return _compiled(tuple(words))


@lru_cache(maxsize=256)
def _compiled(words: tuple[str, ...]) -> re.Pattern[str] | None:
    wanted = {form for word in words for form in forms(word) if len(form) >= SHORTEST}
    if not wanted:
        return None
    return re.compile("|".join(map(_alone, sorted(wanted, key=len, reverse=True))))


def _alone(word: str) -> str:
    """English words are marked from where they begin; Chinese has no such places."""
    return rf"(?<![a-z]){re.escape(word)}[a-z]*" if word.isascii() and word.isalpha() else re.escape(word)
