"""Which parts of a title matched."""

import re
from collections.abc import Iterable

from library.search.words import plain

SHORTEST = 1


def parts(text: str, words: Iterable[str]) -> list[tuple[str, bool]]:
    """*text* in pieces, each with whether it is one of *words*; joined they are the text again."""
    wanted = sorted({plain(word) for word in words if len(word) >= SHORTEST}, key=len, reverse=True)
    simple = plain(text)
    if not wanted or len(simple) != len(text):
        # One width or script can take more letters than another: then nothing is marked, rather than wrongly.
        return [(text, False)]
    found: list[tuple[str, bool]] = []
    end = 0
    for match in re.finditer("|".join(map(re.escape, wanted)), simple):
        if match.start() > end:
            found.append((text[end : match.start()], False))
        found.append((text[match.start() : match.end()], True))
        end = match.end()
    if end < len(text):
        found.append((text[end:], False))
    return found
