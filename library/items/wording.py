"""What questions say, for comparing them: whatever makes no difference to pupils is left out."""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from library.items.models import ItemKind, ItemVersion, StimulusVersion
from library.items.texts import fold_text

_PICTURE = re.compile(r"\[\[picture:([a-z0-9-]+)\]\]")
_TYPED = frozenset({ItemKind.TEXT_ENTRY, ItemKind.NUMERIC})
"""Both are a blank on paper: one file calls it this, the other that."""
_PLACES = re.compile(r"\[\[[^\[\]]{1,120}\]\]|_{2,}|[(（][\s　]*[)）]")
_SPARE_LETTERS = 20


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


def words_of_version(version: ItemVersion, stimulus: StimulusVersion | None) -> str:
    """The same of a stored question, with the text it is about."""
    about = words_of(stimulus.text, {}, pictures=stimulus.pictures or ()) if stimulus else ""
    return words_of(
        version.prompt, version.interaction, kind=version.kind, pictures=version.pictures or (), about=about
    )


def like_lengths(prompts: Sequence[str]) -> tuple[int, int]:
    """How short and how long a prompt may be that says the same as one of these, or nearly; in letters."""
    lengths = [len(one) for one in prompts]
    return min(lengths) // 2 - _SPARE_LETTERS, max(lengths) * 2 + _SPARE_LETTERS


def _texts(part: object) -> Iterator[str]:
    """The texts of all that an interaction offers: choices, both sides of pairs, words for blanks."""
    if isinstance(part, Mapping):
        if isinstance(part.get("text"), str):
            yield part["text"]
        part = list(part.values())
    if isinstance(part, list):
        for one in part:
            yield from _texts(one)
