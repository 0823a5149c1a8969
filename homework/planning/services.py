"""Change a plan together with what hangs on its questions."""

from datetime import datetime

from accounts.people.models import Hat
from core.database import db
from homework.assignments.models import Assignment
from homework.assignments.plan import Plan
from homework.assignments.queries import questions_of
from homework.assignments.services import change
from homework.markers.services import share_no_questions
from homework.rubrics.services import put_again, set_aside


def change_with_rubrics(assignment: Assignment, hat: Hat, plan: Plan, *, version: int, now: datetime) -> int:
    """Make what pupils do not see yet be as *plan* says, and leave rubrics with the questions that stay.

    Returns how many rubrics are gone, because their question is, or is worth other points. Who marks which
    question is open again.

    Raises:
        Refusals of ``change``.
    """
    kept = set_aside(assignment.id)
    share_no_questions(assignment.id)
    change(assignment, hat, plan, version=version, now=now)
    return len(kept) - put_again(kept, list(db.session.scalars(questions_of(assignment.id))))
