from datetime import UTC, datetime, timedelta

import pytest

from homework.assignments.release import (
    AnswersShown,
    HandIns,
    are_answers_out,
    are_answers_shown,
    hand_ins_left,
    may_hand_in_again,
)

DUE = datetime(2026, 9, 8, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
BEFORE, AFTER = DUE - HOUR, DUE + HOUR


@pytest.mark.parametrize(
    ("rule", "shown_at", "before", "after"),
    [
        (AnswersShown.AFTER_DUE, None, False, True),
        (AnswersShown.BY_HAND, None, False, False),
        (AnswersShown.BY_HAND, BEFORE, True, True),
        (AnswersShown.BY_HAND, AFTER, False, True),
        (AnswersShown.AT_ONCE, None, True, True),
    ],
)
def test_answers_are_shown_as_the_work_says(
    rule: AnswersShown, shown_at: datetime | None, *, before: bool, after: bool
) -> None:
    shown = [are_answers_shown(rule, due_at=DUE, shown_at=shown_at, now=now) for now in (BEFORE, AFTER)]
    assert shown == [before, after]
    assert are_answers_out(rule, shown_at, BEFORE) is before


def test_a_pupil_with_more_time_sees_no_answers_until_her_own_is_over() -> None:
    rule = AnswersShown.AFTER_DUE
    assert not are_answers_shown(rule, due_at=DUE + 2 * HOUR, shown_at=None, now=AFTER)


@pytest.mark.parametrize(
    ("rule", "most", "done", "left"),
    [
        (HandIns.ONCE, None, 0, 1),
        (HandIns.ONCE, None, 1, 0),
        (HandIns.LIMITED, 3, 1, 2),
        (HandIns.LIMITED, 3, 4, 0),
        (HandIns.UNTIL_DUE, None, 9, None),
    ],
)
def test_hand_ins_are_counted_down(rule: HandIns, most: int | None, done: int, left: int | None) -> None:
    assert hand_ins_left(rule, most, done) == left


def test_the_first_hand_in_is_taken_late_and_no_other() -> None:
    for rule in HandIns:
        assert may_hand_in_again(rule, 2, 0, due_at=DUE, now=AFTER)
        assert not may_hand_in_again(rule, 2, 1, due_at=DUE, now=AFTER)
    assert may_hand_in_again(HandIns.UNTIL_DUE, None, 5, due_at=DUE, now=BEFORE)
    assert not may_hand_in_again(HandIns.ONCE, None, 1, due_at=DUE, now=BEFORE)
