"""Withdraw an assignment, and give it again."""

from datetime import datetime

from sqlalchemy import select

from accounts.people.models import Hat
from core.database import db
from homework.assignments import services as assignments
from homework.assignments.models import Assignment
from homework.overview.errors import AlreadyDue, AlreadyHandedIn
from homework.submissions.models import Submission


def withdraw(assignment: Assignment, hat: Hat, *, now: datetime) -> None:
    """Take the assignment back; pupils no longer see it. It can be given again until it is due.

    Raises:
        AlreadyHandedIn: someone has handed in.
    """
    assignments.hold(assignment)
    handed_in = select(Submission.id).where(Submission.assignment_id == assignment.id).limit(1)
    if db.session.scalar(handed_in) is not None:
        raise AlreadyHandedIn
    if assignment.withdrawn_at is None:
        assignments.take_out(assignment, hat, now=now)


def give_again(assignment: Assignment, hat: Hat, *, reason: str = "", now: datetime) -> None:
    """Undo the withdrawal.

    Raises:
        AlreadyDue: its due time is over.
        OverTheCap: its day would exceed what is allowed, and no *reason* is given.
    """
    if assignment.withdrawn_at is None:
        return
    if assignment.due_at <= now:
        raise AlreadyDue
    assignments.put_back(assignment, hat, reason=reason, now=now)
