"""What a question needs on an answer sheet: pure, for the page and the PDF alike."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from homework.submissions.questions import Question
from library.items.kinds.blanks import blanks_of
from library.items.kinds.hotspot import picture_of, points_asked
from library.items.kinds.numeric import unit_of
from library.items.kinds.written import lines_of
from library.items.models import ItemKind

SIGNS = {"true": "√", "false": "×"}
"""What Chinese sheets have for true and false."""
MOST_SIDE_BY_SIDE = 5
"""More bubbles than these take a line of their own."""


class Look(StrEnum):
    """How room for an answer looks."""

    BUBBLES = "bubbles"
    BLANKS = "blanks"
    LINES = "lines"
    BOX = "box"
    PICTURE = "picture"
    """The picture itself, to mark places in."""
    NOTHING = "nothing"
    """It is answered in another way: by speaking."""


@dataclass(frozen=True, slots=True)
class Room:
    """Room for the answer to one question."""

    number: int
    points: float
    look: Look
    letters: tuple[str, ...] = ()
    """Of bubbles."""
    count: int = 1
    """Of blanks, lines, or places in a picture."""
    unit: str = ""
    picture: Mapping[str, Any] | None = None
    """Its asset, width and height, to mark places in."""

    @property
    def is_narrow(self) -> bool:
        """Whether three of its kind stand side by side."""
        match self.look:
            case Look.BUBBLES:
                return len(self.letters) <= MOST_SIDE_BY_SIDE
            case Look.BLANKS:
                return self.count == 1
            case _:
                return self.look is Look.NOTHING


def room_for(question: Question) -> Room:
    """What *question* needs."""
    asked = question.asked
    # One blank, unless more is said: for an order it takes the letters, one after the other.
    look, count, unit = Look.BLANKS, 1, ""
    letters: tuple[str, ...] = ()
    picture = None
    match asked.kind:
        case ItemKind.CHOICE | ItemKind.MULTIPLE_CHOICE:
            look, letters = Look.BUBBLES, tuple(str(one["id"]) for one in asked.interaction["choices"])
        case ItemKind.TRUE_FALSE:
            look, letters = Look.BUBBLES, tuple(SIGNS.values())
        case ItemKind.TEXT_ENTRY:
            count = blanks_of(asked)
        case ItemKind.NUMERIC:
            unit = unit_of(asked)
        case ItemKind.INLINE_CHOICE | ItemKind.MATCH:
            count = len(asked.correct.get("chosen") or asked.correct.get("matches") or [""])
        case ItemKind.EXTENDED_TEXT:
            look, count = Look.LINES, lines_of(asked)
        case ItemKind.PHOTO:
            look = Look.BOX
        case ItemKind.HOTSPOT:
            look, count, picture = Look.PICTURE, points_asked(asked), picture_of(asked)
        case ItemKind.SPOKEN:
            look = Look.NOTHING
    return Room(question.position, question.points, look, letters, count, unit, picture)
