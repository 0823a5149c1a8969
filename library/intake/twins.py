"""Questions that say the same as others, or nearly."""

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from library.duplicates.likeness import FEWEST_SHINGLES, NEAR, Shingles, likeness, shingles
from library.intake.models import Likeness
from library.items.models import ItemKind
from library.items.texts import fold_text

_SMALLEST = 8
"""Of two texts that have 80 % in common, one of so many smallest shingles is common almost always."""
_PICTURE = re.compile(r"\[\[picture:([a-z0-9-]+)\]\]")
_TYPED = frozenset({ItemKind.TEXT_ENTRY, ItemKind.NUMERIC})
"""Both are a blank on paper: one file calls it this, the other that."""
_PLACES = re.compile(r"\[\[[^\[\]]{1,120}\]\]|_{2,}|[(（][\s　]*[)）]")


@dataclass(frozen=True, slots=True)
class Twin:
    """That a question is like another: one of the library's, or an earlier one of the same file."""

    likeness: Likeness
    item_id: int | None = None
    position: int | None = None


def words_of(
    prompt: str,
    interaction: Mapping[str, Any],
    *,
    kind: ItemKind | None = None,
    pictures: Sequence[Mapping[str, Any]] = (),
    about: str = "",
) -> str:
    """What a question says: its words, what it offers in whatever order, its pictures, what it is *about*.

    *about* is what ``words_of`` gives for its text (题组): a mark of it remains, so that two questions about
    one passage are not nearly the same for the passage's sake.
    """
    assets = {one["name"]: one["asset"] for one in pictures}

    def plain(text: str) -> str:
        shown = _PICTURE.sub(lambda found: f" picture{assets.get(found[1], '')} ", text)
        return fold_text(_PLACES.sub(" ", shown))

    lines = [plain(prompt), *sorted(plain(text) for text in _texts(interaction))]
    if interaction.get("picture") in assets:
        lines.append(f"picture{assets[interaction['picture']]}")
    if about:
        lines.append(hashlib.sha256(about.encode()).hexdigest()[:16])
    if kind is not None and kind not in _TYPED:
        lines.append(kind.value)
    return "\n".join(lines)


def _texts(part: object) -> Iterator[str]:
    """The texts of all that an interaction offers: choices, both sides of pairs, words for blanks."""
    if isinstance(part, Mapping):
        if isinstance(part.get("text"), str):
            yield part["text"]
        part = list(part.values())
    if isinstance(part, list):
        for one in part:
            yield from _texts(one)


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
    return near.found | found


class _Near:
    """The questions of an import by what they have in common with others."""

    def __init__(self, questions: Iterable[tuple[int, str]]) -> None:
        self.found: dict[int, Twin] = {}
        self._shares: dict[int, float] = {}
        self._shingles: dict[int, Shingles] = {}
        self._having: dict[int, list[int]] = defaultdict(list)
        for position, words in questions:
            own = shingles(words)
            if len(own) < FEWEST_SHINGLES:
                continue
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
