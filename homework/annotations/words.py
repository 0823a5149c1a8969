"""The names of stamps."""

from flask_babel import LazyString

from core.i18n import lazy
from homework.annotations.shapes import Stamp

_NAMES = {
    Stamp.RIGHT: lazy("Right (stamp)"),
    Stamp.WRONG: lazy("Wrong (stamp)"),
    Stamp.HALF: lazy("Partly right (stamp)"),
    Stamp.QUESTION: lazy("I do not understand this (stamp)"),
    Stamp.STAR: lazy("A star (stamp)"),
    Stamp.FLOWER: lazy("A little red flower (stamp)"),
    Stamp.EXCELLENT: lazy("Excellent (stamp)"),
    Stamp.GOOD: lazy("Good (stamp)"),
    Stamp.SEEN: lazy("Read (stamp)"),
}


def stamp_name(stamp: Stamp) -> LazyString:
    """What a stamp says."""
    return _NAMES[stamp]
