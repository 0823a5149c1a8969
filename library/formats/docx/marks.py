"""The marks by which the questions of a paper that was written here are known again.

Bookmarks say where a part of a question begins, wherever it was moved. What the paper does not say of a
question stands in a field of its key, as programs that manage references keep what they know of one. Who
takes the key out of a paper, to hand the rest to a class, takes that out as well.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import sha256
from typing import Any

KEY_LETTERS = 12
_BOOKMARK = re.compile(rf"_weike_(asked|offered|answers|explained)_([0-9a-f]{{{KEY_LETTERS}}})")
"""A name that begins with an underscore is hidden from the lists that Word shows."""
_FIELD = re.compile(r"\s*ADDIN\s+WEIKE\s+(\{.*\})\s*", re.DOTALL)


class Part(StrEnum):
    """What a mark begins."""

    PASSAGE = "passage"
    """What questions are about."""
    ASKED = "asked"
    """A question's words."""
    OFFERED = "offered"
    """What there is to choose from, or the room for an answer."""
    ANSWERS = "answers"
    """The heading above all keys."""
    KEY = "key"
    EXPLAINED = "explained"


@dataclass(frozen=True, slots=True)
class Said:
    """How the paper said a part when it was written."""

    digest: str
    lines: int
    """So many of them: what stands below was added later."""


def said_by(lines: Sequence[str]) -> Said:
    """What is remembered of the *lines* of a part."""
    return Said(digest_of("\n".join(lines)), len(lines))


def digest_of(text: str) -> str:
    """A short name for *text*: another one for anything else."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:KEY_LETTERS]


NOTHING = said_by([])


@dataclass(frozen=True, slots=True)
class Carried:
    """A question, or what questions are about, as a field carries it."""

    record: Mapping[str, Any] = field(default_factory=dict)
    """As ``ItemRecord`` or ``StimulusRecord`` take it, but with the digest of each picture for its data."""
    was: Mapping[str, Said] = field(default_factory=dict)
    """By part."""

    def said(self, part: Part) -> Said:
        """How a part was said; one that did not stand there had no words."""
        return self.was.get(part, NOTHING)


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a part begins, and of which question."""

    part: Part
    key: str
    """The same for all parts of a question."""
    carried: Carried | None = None

    @property
    def bookmark(self) -> str:
        """The name of the bookmark."""
        return f"_weike_{self.part}_{self.key}"

    @property
    def instruction(self) -> str:
        """What the field says, in ASCII: no encoding spoils it."""
        carried = self.carried or Carried()
        was = {part: [one.digest, one.lines] for part, one in carried.was.items()}
        said = {"part": self.part, "key": self.key, "has": carried.record, "was": was}
        return f" ADDIN WEIKE {json.dumps(said, separators=(',', ':'))} "


def key_of(place: int, identifier: str) -> str:
    """The key of the question that stands at a *place* of a paper."""
    return digest_of(f"{place} {identifier}")


def mark_named(bookmark: str) -> Mark | None:
    """The mark that a bookmark is; None for anybody else's."""
    found = _BOOKMARK.fullmatch(bookmark)
    return Mark(Part(found[1]), found[2]) if found else None


def mark_in(instruction: str) -> Mark | None:
    """The mark that a field is; None for other fields, and for one that is damaged."""
    found = _FIELD.fullmatch(instruction)
    try:
        said = json.loads(found[1]) if found else None
        if said is None or said["part"] not in {Part.KEY, Part.PASSAGE} or not isinstance(said["has"], dict):
            return None
        was = {str(part): Said(str(digest), int(lines)) for part, (digest, lines) in said["was"].items()}
        return Mark(Part(said["part"]), str(said["key"]), Carried(said["has"], was))
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError):
        return None
