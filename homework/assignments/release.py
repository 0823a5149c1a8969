"""When a pupil may see the answers, and how often she may hand in: rules of one assignment."""

from datetime import datetime
from enum import StrEnum

from homework.assignments.schedule import is_late


class AnswersShown(StrEnum):
    """When key, explanation and typical errors are shown to who has handed in."""

    AFTER_DUE = "after_due"
    BY_HAND = "by_hand"
    AT_ONCE = "at_once"


class HandIns(StrEnum):
    """How often a pupil may hand in."""

    ONCE = "once"
    LIMITED = "limited"
    UNTIL_DUE = "until_due"


class Counting(StrEnum):
    """Which of several hand-ins counts."""

    LAST = "last"
    BEST = "best"


def are_answers_out(rule: AnswersShown, shown_at: datetime | None, now: datetime) -> bool:
    """Whether who has handed in may see the answers at *now*, though the work is not due yet."""
    match rule:
        case AnswersShown.AT_ONCE:
            return True
        case AnswersShown.BY_HAND:
            return shown_at is not None and shown_at <= now
        case AnswersShown.AFTER_DUE:
            return False


def are_answers_shown(
    rule: AnswersShown, *, due_at: datetime, shown_at: datetime | None, now: datetime
) -> bool:
    """Whether who has handed in, and whose own due time is *due_at*, may see the answers at *now*."""
    if rule is AnswersShown.AFTER_DUE:
        return is_late(due_at, now)
    return are_answers_out(rule, shown_at, now)


def hand_ins_left(rule: HandIns, most: int | None, done: int) -> int | None:
    """How often the pupil may hand in after *done* times; None where there is no limit."""
    match rule:
        case HandIns.ONCE:
            return max(1 - done, 0)
        case HandIns.LIMITED:
            return max((most or 1) - done, 0)
        case HandIns.UNTIL_DUE:
            return None


def may_hand_in_again(rule: HandIns, most: int | None, done: int, *, due_at: datetime, now: datetime) -> bool:
    """Whether another hand-in is taken; the first one always is, as long as work is taken at all.

    After the due time nothing is replaced any more: late work is what had not been handed in.
    """
    if done == 0:
        return True
    left = hand_ins_left(rule, most, done)
    return (left is None or left > 0) and not is_late(due_at, now)
