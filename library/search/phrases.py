"""Phrases: what must stand in a text in one piece.

Engines keep words, not their places, which halves the index. So a phrase is asked for in two steps: the
engine gives the best of what holds all of its words, and the texts of those few are looked at.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from library.search.engine import Engine, Query, Results
from library.search.letters import squeezed

MOST_LOOKED_AT = 400
"""So many texts are looked at: what has all the words, but stands below all these, is not found."""
Texts = Callable[[Sequence[int]], Mapping[int, str]]


def search(engine: Engine, query: Query, texts_of: Texts) -> Results:
    """As ``engine.search``, with the query's phrases. *texts_of* gives the texts of ids.

    Raises:
        NoIndex: there is no index that can be read.
    """
    phrases = query.asked.phrases
    if not phrases:
        return engine.search(query)
    wide = replace(query, limit=MOST_LOOKED_AT, after=None, counted=())
    likely = engine.search(wide).ids
    texts = texts_of(likely)
    holding = frozenset(one for one in likely if _holds(texts.get(one, ""), phrases))
    found = engine.search(replace(query, among=holding))
    return replace(found, is_at_least=len(likely) == MOST_LOOKED_AT)


def _holds(text: str, phrases: Sequence[str]) -> bool:
    simple = squeezed(text)
    return all(phrase in simple for phrase in phrases)
