"""Names of knowledge points that may mean the same.

They are compared by pairs of letters, and told apart by the letters that turn a meaning.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

ALIKE = 0.7
"""Share of common letter pairs (Dice, 0-1) from which two names are shown side by side."""
MOST_WITH_ONE_PAIR = 200
"""A pair of letters that more names than this have says little; it brings nobody together."""

_NOTHING = re.compile(r"[\W_]+|的")
_TELLING = frozenset(
    "0123456789一二三四五六七八九十百千万两加减乘除正负升降大小上下左右奇偶同异不非无内外前后长短高低与和及或"
)
"""Letters that turn the meaning: names that differ in one of them are different things."""


@dataclass(frozen=True, slots=True)
class Named:
    """A knowledge point by its id and name."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Two points whose names are alike, the older first."""

    first_id: int
    second_id: int
    likeness: float
    """0-1; 1 is the same name but for spaces, signs and small words."""


def plain(name: str) -> str:
    """The name without what does not tell: width, case, spaces, signs, small words."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    return _NOTHING.sub("", folded) or folded.strip()


def likeness(first: str, second: str) -> float:
    """How alike two names are, 0-1; 0 where a letter differs that turns the meaning."""
    one, other = plain(first), plain(second)
    if one == other:
        return 1.0
    if _telling(one) != _telling(other):
        return 0.0
    ours, theirs = _pairs(one), _pairs(other)
    if not ours or not theirs:
        return 0.0
    return 2 * len(ours & theirs) / (len(ours) + len(theirs))


def alike(points: Iterable[Named]) -> list[Pair]:
    """The pairs of *points* with names that are alike, the most alike first.

    Only names with a pair of letters in common are compared, so that thousands take a moment.
    """
    names = sorted(points, key=lambda one: one.id)
    found: dict[tuple[int, int], float] = {}
    for together in _neighbours(names):
        for place, one in enumerate(together):
            for other in together[place + 1 :]:
                if (one.id, other.id) not in found:
                    found[one.id, other.id] = likeness(one.name, other.name)
    pairs = [Pair(first, second, score) for (first, second), score in found.items() if score >= ALIKE]
    return sorted(pairs, key=lambda pair: (-pair.likeness, pair.first_id, pair.second_id))


def _neighbours(names: Sequence[Named]) -> list[list[Named]]:
    """Groups of names worth comparing: the same plain name, or a pair of letters in common."""
    groups: dict[str, list[Named]] = defaultdict(list)
    for one in names:
        shown = plain(one.name)
        groups[f"={shown}"].append(one)
        for pair in _pairs(shown):
            groups[pair].append(one)
    return [group for group in groups.values() if 1 < len(group) <= MOST_WITH_ONE_PAIR]


def _pairs(name: str) -> set[str]:
    return {name[place : place + 2] for place in range(len(name) - 1)}


def _telling(name: str) -> Counter[str]:
    return Counter(letter for letter in name if letter in _TELLING)
