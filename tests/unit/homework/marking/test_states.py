from itertools import product

import pytest

from homework.marking.states import MarkingState, ReadingState, state_of


@pytest.mark.parametrize(
    ("unmarked", "is_begun", "reading", "expected"),
    [
        (2, False, ReadingState.NONE, MarkingState.NOT_MARKED),
        (1, True, ReadingState.NONE, MarkingState.IN_MARKING),
        (0, True, ReadingState.NONE, MarkingState.READY),
        (0, False, ReadingState.NONE, MarkingState.READY),
        (0, True, ReadingState.ASKED, MarkingState.MARKED),
        (0, True, ReadingState.BEGUN, MarkingState.IN_REVIEW),
        (0, True, ReadingState.DONE, MarkingState.READY),
        (1, True, ReadingState.BEGUN, MarkingState.IN_MARKING),
    ],
)
def test_the_state_follows_from_what_happened(
    unmarked: int, reading: ReadingState, expected: MarkingState, *, is_begun: bool
) -> None:
    assert state_of(unmarked=unmarked, is_begun=is_begun, reading=reading) is expected


def test_what_is_returned_is_released_whatever_else() -> None:
    for unmarked, is_begun, reading in product((0, 3), (True, False), ReadingState):
        state = state_of(unmarked=unmarked, is_begun=is_begun, reading=reading, is_returned=True)
        assert state is MarkingState.RELEASED
