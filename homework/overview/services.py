"""Withdraw an assignment, and give it again."""

from datetime import datetime

from sqlalchemy import select

from accounts.people.models import Hat
from core.audit.services import record as record_in_audit_log
from core.database import db
from homework.assignments.models import Assignment
from homework.overview.errors import AlreadyDue, AlreadyHandedIn
from homework.submissions.models import Submission


def withdraw(assignment: Assignment, hat: Hat, *, now: datetime) -> None:
    """Take the assignment back; pupils no longer see it. It can be given again until it is due.

    Raises:
        AlreadyHandedIn: someone has handed in.
    """
    handed_in = select(Submission.id).where(Submission.assignment_id == assignment.id).limit(1)
    if db.session.scalar(handed_in) is not None:
        raise AlreadyHandedIn
    if assignment.withdrawn_at is None:
        assignment.withdrawn_at = now
        _record("withdraw_assignment", assignment, hat, now)


def give_again(assignment: Assignment, hat: Hat, *, now: datetime) -> None:
    """Undo the withdrawal.

    Raises:
        AlreadyDue: its due time is over.
    """
    if assignment.withdrawn_at is None:
        return
    if assignment.due_at <= now:
        raise AlreadyDue
    assignment.withdrawn_at = None
    _record("give_assignment_again", assignment, hat, now)


def _record(verb: str, assignment: Assignment, hat: Hat, now: datetime) -> None:
    record_in_audit_log(verb, "assignment", assignment.id, actor_id=hat.person_id, role=hat.role, now=now)
