"""Where the marking of a hand-in stands; it follows from what happened, so nobody keeps it up to date."""

from enum import StrEnum


class MarkingState(StrEnum):
    """未批改、批改中、已批完、复核中、待发还、已发还."""

    NOT_MARKED = "not_marked"
    IN_MARKING = "in_marking"
    MARKED = "marked"
    """Completely, and a second reader is asked who has not begun."""
    IN_REVIEW = "in_review"
    READY = "ready"
    RELEASED = "released"


class ReadingState(StrEnum):
    """What became of a second reading."""

    NONE = "none"
    ASKED = "asked"
    BEGUN = "begun"
    DIFFERS = "differs"
    """The reader is done and would give other points, and nobody has settled that yet."""
    DONE = "done"


def state_of(
    *, unmarked: int, is_begun: bool, reading: ReadingState = ReadingState.NONE, is_returned: bool = False
) -> MarkingState:
    """The state of a hand-in with *unmarked* answers; *is_begun* says whether a teacher has marked any."""
    if is_returned:
        return MarkingState.RELEASED
    if unmarked:
        return MarkingState.IN_MARKING if is_begun else MarkingState.NOT_MARKED
    match reading:
        case ReadingState.ASKED:
            return MarkingState.MARKED
        case ReadingState.BEGUN | ReadingState.DIFFERS:
            return MarkingState.IN_REVIEW
        case ReadingState.NONE | ReadingState.DONE:
            return MarkingState.READY
