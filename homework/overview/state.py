"""Where a piece of work is, for the pupil who owes it."""

from datetime import datetime
from enum import StrEnum

from homework.assignments.schedule import Times, is_late, is_taken
from homework.submissions.models import Submission


class WorkState(StrEnum):
    """未交、可补交、已截止、已交、已批改; 待观看、已观看 for a lesson without questions; 无需提交; 免做."""

    TO_DO = "to_do"
    OVERDUE = "overdue"
    MISSED = "missed"
    HANDED_IN = "handed_in"
    RETURNED = "returned"
    TO_WATCH = "to_watch"
    WATCHED = "watched"
    NOTHING_TO_HAND_IN = "nothing_to_hand_in"
    EXCUSED = "excused"


class Asks(StrEnum):
    """What a piece of work asks for."""

    ANSWERS = "answers"
    WATCHING = "watching"
    NOTHING = "nothing"
    """Nothing that the platform could see: reading aloud, a page of the workbook."""


def state_of(
    times: Times,
    submission: Submission | None,
    now: datetime,
    *,
    asks: Asks = Asks.ANSWERS,
    watched: bool = False,
) -> WorkState:
    """The state at *now* for who must keep *times*; *watched* tells whether the lesson is done."""
    if submission is not None:
        return WorkState.RETURNED if submission.returned_at else WorkState.HANDED_IN
    if times.is_excused:
        return WorkState.EXCUSED
    match asks:
        case Asks.WATCHING:
            return WorkState.WATCHED if watched else WorkState.TO_WATCH
        case Asks.NOTHING:
            return WorkState.NOTHING_TO_HAND_IN
        case Asks.ANSWERS:
            if not is_late(times.due_at, now):
                return WorkState.TO_DO
            return WorkState.OVERDUE if is_taken(times.cut_off_at, now) else WorkState.MISSED
