"""Questions that say the same as others, or nearly."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from library.duplicates.likeness import FEWEST_SHINGLES, NEAR, Shingles, likeness, shingles
from library.intake.models import Likeness

_SMALLEST = 8
"""Of two texts that have 80 % in common, one of so many smallest shingles is common almost always."""
_MOST_ALIKE = 16
"""With so many earlier questions of its import one is compared in full, of more that begin alike."""


@dataclass(frozen=True, slots=True)
class Twin:
    """That a question is like another: one of the library's, or an earlier one of the same file."""

    likeness: Likeness
    item_id: int | None = None
    position: int | None = None


def twins(questions: Sequence[tuple[int, str]], library: Iterable[tuple[int, str]]) -> dict[int, Twin]:
    """By position: what each of the *questions* (position, words) is like.

    *library* has (item, words) of what is there; the first of several that are the same is named.
    """
    found: dict[int, Twin] = {}
    first: dict[str, int] = {}
    left: list[tuple[int, str]] = []
    for position, words in questions:
        if words in first:
            found[position] = Twin(Likeness.HERE, position=first[words])
        else:
            first[words] = position
            left.append((position, words))
    near = _Near(left)
    for item_id, words in library:
        if words in first and (position := first[words]) not in found:
            found[position] = Twin(Likeness.SAME, item_id=item_id)
        elif words not in first:
            near.compare(item_id, words)
    return near.here | near.found | found


class _Near:
    """The questions of an import by what they have in common with others."""

    def __init__(self, questions: Iterable[tuple[int, str]]) -> None:
        self.here: dict[int, Twin] = {}
        """Those that are nearly what an earlier one of the import is."""
        self.found: dict[int, Twin] = {}
        """Those that are nearly what one of the library is."""
        self._shares: dict[int, float] = {}
        self._shingles: dict[int, Shingles] = {}
        self._having: dict[int, list[int]] = defaultdict(list)
        for position, words in questions:
            own = shingles(words)
            if len(own) < FEWEST_SHINGLES:
                continue
            if earlier := self._nearest(own):
                self.here[position] = Twin(Likeness.NEAR_HERE, position=earlier)
            self._shingles[position] = own
            for one in own[:_SMALLEST].tolist():
                self._having[one].append(position)

    def compare(self, item_id: int, words: str) -> None:
        """Note for which questions a text of the library is the nearest so far."""
        if not self._having:
            return
        own = shingles(words)
        if len(own) < FEWEST_SHINGLES:
            return
        for position in {place for one in own[:_SMALLEST].tolist() for place in self._having.get(one, ())}:
            share = likeness(own, self._shingles[position])
            if share >= NEAR and share > self._shares.get(position, 0):
                self._shares[position] = share
                self.found[position] = Twin(Likeness.NEAR, item_id=item_id)

    def _nearest(self, own: Shingles) -> int | None:
        """The earlier question that has the most in common with these shingles, if that is enough."""
        met: Counter[int] = Counter()
        for one in own[:_SMALLEST].tolist():
            met.update(self._having.get(one, ())[:_MOST_ALIKE])
        shares = {place: likeness(own, self._shingles[place]) for place, _ in met.most_common(_MOST_ALIKE)}
        nearest = max(shares, key=lambda place: (shares[place], -place), default=None)
        return nearest if nearest is not None and shares[nearest] >= NEAR else None
