"""Where a piece of work is, for the pupil who owes it."""

from datetime import datetime
from enum import StrEnum

from homework.assignments.models import Assignment
from homework.assignments.schedule import is_late, is_taken
from homework.submissions.models import Submission


class WorkState(StrEnum):
    """未交、可补交、已截止、已交、已批改; 待观看、已观看 for a lesson without questions."""

    TO_DO = "to_do"
    OVERDUE = "overdue"
    MISSED = "missed"
    HANDED_IN = "handed_in"
    RETURNED = "returned"
    TO_WATCH = "to_watch"
    WATCHED = "watched"


def state_of(
    assignment: Assignment,
    submission: Submission | None,
    now: datetime,
    *,
    asks: bool = True,
    watched: bool = False,
) -> WorkState:
    """The state at *now*; *asks* tells whether there are questions, *watched* whether the lesson is done."""
    if not asks:
        return WorkState.WATCHED if watched else WorkState.TO_WATCH
    if submission is not None:
        return WorkState.RETURNED if submission.returned_at else WorkState.HANDED_IN
    if not is_late(assignment.due_at, now):
        return WorkState.TO_DO
    return WorkState.OVERDUE if is_taken(assignment.cut_off_at, now) else WorkState.MISSED
