"""Hand in."""

from datetime import datetime

from sqlalchemy import select

from accounts.people.models import Hat
from core.database import db
from homework.assignments.models import Assignment
from homework.marking.services import is_begun, mark_by_machine
from homework.submissions.errors import AlreadyMarked
from homework.submissions.models import Submission
from homework.submissions.services import Work, record_work


def hand_in(assignment: Assignment, hat: Hat, work: Work, *, now: datetime) -> tuple[Submission, bool]:
    """Take the pupil's *work* in, and mark at once what a key can judge; tell whether it is new.

    The same client key with the same work gives the submission that stands already.

    Raises:
        Closed: the assignment takes no more work.
        AlreadyMarked: the teacher has begun to mark the pupil's earlier work, or returned it.
        DifferentWork: the client key was used for other content.
        NothingAnswered: there is no answer at all.
        UnknownQuestion: an answer belongs to no question of the assignment.
    """
    submission, is_new = record_work(assignment, hat, work, now=now)
    if is_new:
        if submission.number > 1 and _is_settled(submission):
            raise AlreadyMarked
        mark_by_machine(submission, now=now)
    return submission, is_new


def may_hand_in_again(latest: Submission | None) -> bool:
    """Whether a pupil whose last hand-in is *latest* may still replace it."""
    return latest is None or (latest.returned_at is None and not is_begun([latest.id]))


def _is_settled(submission: Submission) -> bool:
    earlier = list(
        db.session.execute(
            select(Submission.id, Submission.returned_at).where(
                Submission.assignment_id == submission.assignment_id,
                Submission.student_id == submission.student_id,
                Submission.number < submission.number,
            )
        )
    )
    return any(returned_at for _id, returned_at in earlier) or is_begun([one for one, _at in earlier])
