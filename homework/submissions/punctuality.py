"""Whether what was handed in came late, when a due time has changed since."""

from sqlalchemy import select

from core.database import db, hold_rows
from homework.assignments import queries as assignments
from homework.assignments.models import Assignment
from homework.assignments.schedule import is_late
from homework.submissions import queries
from homework.submissions.models import Submission


def judge_lateness(assignment: Assignment, student_id: int | None = None) -> None:
    """Say anew of each hand-in (of one pupil, if she is named) whether it came late, by the times of now.

    Who calls sees to it that nobody hands in meanwhile; nobody gives back. Of work on paper the teacher said
    when it was collected: that stands.
    """
    hold_rows(queries.answers_held(assignment.id, student_id))
    handed_in = select(Submission).where(
        Submission.assignment_id == assignment.id, Submission.entered_by_id.is_(None)
    )
    if student_id is not None:
        handed_in = handed_in.where(Submission.student_id == student_id)
    found = db.session.scalars(handed_in.execution_options(populate_existing=True)).all()
    students = {one.student_id for one in found}
    excepted = {
        one.student_id: one
        for one in db.session.scalars(assignments.exceptions_for([assignment.id], students))
    }
    for one in found:
        times = assignments.times_of(assignment, excepted.get(one.student_id))
        one.is_late = is_late(times.due_at, one.received_at)
    db.session.flush()
