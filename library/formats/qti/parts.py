"""An item that asks several things, divided: what is said to all of them, and the words of each."""

import re
from dataclasses import dataclass, field
from itertools import count
from xml.etree.ElementTree import Element

from library.formats.composing import joined
from library.formats.errors import SeveralInteractions
from library.formats.qti.body import HOLDS_GAPS, Body
from library.formats.qti.names import name_of

_BLANK = re.compile(r"\[\[([1-9]\d?)\]\]")
_PARAGRAPHS = "\n\n"


@dataclass(slots=True)
class Divided:
    """What an item says to all that it asks, and what it asks."""

    shared: str
    parts: list[Body]


@dataclass(slots=True)
class _Walk:
    """The item from its first paragraph to its last."""

    body: Body
    before: list[str] = field(default_factory=list)
    """What was said and belongs to no question yet."""
    shared: list[str] = field(default_factory=list)
    parts: list[Body] = field(default_factory=list)

    def text(self, piece: str) -> None:
        """Take what stands between blocks; with blanks in it, it asks something itself."""
        paragraphs = piece.split(_PARAGRAPHS) if piece else []
        asking = [place for place, one in enumerate(paragraphs) if _BLANK.search(one)]
        if not asking:
            self.before += paragraphs
            return
        first, last = asking[0], asking[-1] + 1
        self.before += paragraphs[:first]
        words = _PARAGRAPHS.join(paragraphs[first:last])
        inline = [self.body.inline[int(number) - 1] for number in _BLANK.findall(words)]
        self._ask(Body(_renumbered(words), inline=inline))
        self.before += paragraphs[last:]

    def block(self, element: Element, words: str) -> None:
        """Take a block with its own words."""
        if any(one is not element and name_of(one).endswith("interaction") for one in element.iter()):
            raise SeveralInteractions(kinds=name_of(element).removesuffix("interaction"))
        has_gaps = name_of(element) in HOLDS_GAPS
        gaps = [self.body.gaps[int(number) - 1] for number in _BLANK.findall(words)] if has_gaps else []
        self._ask(Body(_renumbered(words), blocks=[element], gaps=gaps))

    def end(self) -> Divided:
        """All of it; what follows the last question is said to all."""
        shared = [*self.shared, *self.before]
        wordless = [one for one in self.parts if not one.words]
        if shared and wordless == self.parts[:1]:
            wordless[0].words = shared.pop()
        for number, one in enumerate(self.parts, start=1):
            if shared and not one.words:
                one.words = f"({number})"
        return Divided(joined(shared), self.parts)

    def _ask(self, part: Body) -> None:
        """What stands before the first question is said to all, what stands between two leads to the next."""
        if self.parts:
            part.words = joined([*self.before, part.words])
        else:
            self.shared = self.before
        self.before = []
        self.parts.append(part)


def asks_several(body: Body) -> bool:
    """Whether an item cannot be one question: blanks inside a text can, anything else stands alone."""
    return len(body.blocks) > 1 or bool(body.blocks and body.inline)


def divided(body: Body) -> Divided:
    """The questions of an item, each with its words.

    Raises:
        SeveralInteractions: one of them stands inside another.
    """
    walk = _Walk(body)
    pieces = iter(body.pieces)
    walk.text(next(pieces, ""))
    for element, own, after in zip(body.blocks, pieces, pieces, strict=True):
        walk.block(element, own)
        walk.text(after)
    return walk.end()


def _renumbered(words: str) -> str:
    """*words* with their blanks counted from one."""
    numbers = count(1)
    return _BLANK.sub(lambda _found: f"[[{next(numbers)}]]", words)
