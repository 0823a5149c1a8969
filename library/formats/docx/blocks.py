"""A paper that was written here, parted by its marks: which lines are whose, and which were added."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from library.formats.docx.document import Text
from library.formats.docx.marks import Carried, Mark, Part
from library.formats.papers.ahead import first_of
from library.formats.papers.lines import Mark as Announced
from library.formats.papers.lines import begins_stimulus

ON_QUESTION = (Part.ASKED, Part.OFFERED)
ON_KEY = (Part.KEY, Part.EXPLAINED)
_NUMBER = re.compile(r"\s*(?P<number>\d{1,4})\s*[.．、]\s*")
_PICTURE = re.compile(r"\[\[picture:([a-z0-9-]{1,64})\]\]")


@dataclass(slots=True)
class Block:
    """The lines of one question, or of what questions are about."""

    key: str
    place: int
    """Its first line, counted from 1."""
    is_passage: bool = False
    carried: Carried | None = None
    number: str = "1"
    """As the paper counts it now."""
    lines: dict[Part, list[str]] = field(default_factory=dict)
    """Without those that were added below it."""
    added: list[str] = field(default_factory=list)
    """Lines of further questions below it."""
    added_keys: list[str] = field(default_factory=list)
    """Lines of further answers below its key."""

    def said(self, part: Part) -> list[str]:
        """The lines of a part."""
        return self.lines.get(part, [])


@dataclass(slots=True)
class Paper:
    """All that stands in it."""

    head: list[str] = field(default_factory=list)
    """What stands above everything: its title."""
    blocks: list[Block] = field(default_factory=list)
    keys_alone: int = 0
    """How many keys stand there whose question does not."""

    @property
    def is_ours(self) -> bool:
        """Whether it carries any question."""
        return any(one.carried for one in self.blocks if not one.is_passage)


def paper_of(text: Text) -> Paper:
    """The lines of *text*, each in its block."""
    blocks: dict[str, Block] = {}
    for begin, mark in text.marks:
        if mark.part in {Part.ASKED, Part.PASSAGE}:
            blocks.setdefault(mark.key, Block(mark.key, begin + 1, is_passage=mark.part is Part.PASSAGE))
    ends = [*(begin for begin, _mark in text.marks), len(text.lines)]
    paper = Paper(_shown(text.lines[: ends[0]]), list(blocks.values()))
    into, seen = paper.head, set[Mark]()
    for (_begin, mark), (begin, end) in zip(text.marks, pairwise(ends), strict=True):
        block, which = blocks.get(mark.key), Mark(mark.part, mark.key)
        if mark.part is Part.ANSWERS:
            into = []
        elif block is None and mark.part in ON_KEY:
            paper.keys_alone += mark.part is Part.KEY
            into = []
        elif block is not None and which not in seen:
            block.carried = mark.carried or block.carried
            into = block.lines.setdefault(mark.part, [])
        # Else it is a copy, or the rest of a question whose beginning lost its mark: it goes on.
        seen.add(which)
        into += _shown(text.lines[begin:end])
    for one in paper.blocks:
        _without_number(one)
        _part_off(one, ON_QUESTION, one.added)
        _part_off(one, ON_KEY, one.added_keys)
    return paper


def _shown(lines: Iterable[str]) -> list[str]:
    """Lines without the space around them, and without those that only keep others apart."""
    return [line.strip() for line in lines if line.strip()]


def _without_number(block: Block) -> None:
    for side in (ON_QUESTION, ON_KEY):
        first = next((block.lines[part] for part in side if block.said(part)), [])
        if first and (found := _NUMBER.match(first[0])):
            first[0] = first[0][found.end() :]
            if side is ON_QUESTION:
                block.number = found["number"]
            if not first[0]:
                del first[0]


def _part_off(block: Block, side: Sequence[Part], added: list[str]) -> None:
    """Move lines to *added* that begin a question, or an answer, of their own below what was written."""
    last = next((part for part in reversed(side) if block.said(part)), None)
    if last is None or block.carried is None or last not in block.carried.was:
        return
    until = block.carried.said(last).lines
    below = block.said(last)[until:]
    if below and begins_another(below[0]):
        block.lines[last] = block.said(last)[:until]
        added += below


def begins_another(line: str) -> bool:
    """Whether a line has the number of a question, or stands above one: a heading, the label of a text."""
    first = first_of(line)
    is_number = first.mark is Announced.QUESTION and not first.name.endswith("?")
    return is_number or first.mark is Announced.SECTION or begins_stimulus(line)


def named(lines: Iterable[str], names: Mapping[str, str]) -> list[str]:
    """*lines* with other *names* of pictures."""
    return [
        _PICTURE.sub(lambda found: f"[[picture:{names.get(found[1], found[1])}]]", line) for line in lines
    ]


def pictures_shown(block: Block) -> list[str]:
    """The names of the pictures in a block, in their order."""
    every = (found for lines in block.lines.values() for line in lines for found in _PICTURE.findall(line))
    return list(dict.fromkeys(every))
