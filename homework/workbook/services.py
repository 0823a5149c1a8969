"""Hand in."""

from datetime import datetime

from sqlalchemy import select

from accounts.people.models import Hat
from core.database import db
from homework.arrivals.services import take_up
from homework.assignments.models import Assignment
from homework.assignments.release import Counting, are_answers_out, may_hand_in_again
from homework.assignments.schedule import Times
from homework.marking.queries import points_of
from homework.marking.services import is_begun
from homework.notices.models import NewsKind
from homework.notices.services import tell_of_work
from homework.regrades.services import follow
from homework.sending import services as sending
from homework.submissions.errors import AlreadyMarked, AnswersSeen
from homework.submissions.models import Submission
from homework.submissions.services import Work, record_work


def hand_in(assignment: Assignment, hat: Hat, work: Work, *, now: datetime) -> tuple[Submission, bool]:
    """Take *work* in, for the pupil and her group, and mark what a key can judge; tell whether it is new.

    The same client key with the same work gives the submission that stands already.

    Raises:
        Closed: the assignment takes no more work.
        NoMoreHandIns: the pupil has handed in as often as the assignment allows.
        AnswersSeen: she may see the answers since her first hand-in.
        AlreadyMarked: the teacher has begun to mark her or her group's earlier work, or returned it.
        HandedInElsewhere, HandedInMeanwhile: the page did not know of the last hand-in.
        DifferentWork: the client key was used for other content.
        NothingAnswered: there is no answer at all.
        UnknownQuestion: an answer belongs to no question of the assignment.
    """
    recorded = record_work(assignment, hat, work, now=now)
    if recorded.is_new:
        for submission in (recorded.own, *recorded.others):
            _settle(submission, assignment, now)
        for submission in recorded.others:
            _tell_member(submission, now)
        sending.handed_in(assignment.id, hat.person_id, work.hashes)
    return recorded.own, recorded.is_new


def is_open_again(assignment: Assignment, times: Times, mine: list[Submission], *, now: datetime) -> bool:
    """Whether a pupil who has handed in *mine*, the first one first, may replace it."""
    if not may_hand_in_again(
        assignment.hand_ins, assignment.most_hand_ins, len(mine), due_at=times.due_at, now=now
    ):
        return False
    are_out = are_answers_out(assignment.answers_shown, assignment.answers_shown_at, now)
    return not mine or not (are_out or _is_settled(mine))


def _settle(submission: Submission, assignment: Assignment, now: datetime) -> None:
    """Let a hand-in that was just recorded take its place beside the pupil's earlier ones."""
    earlier = _earlier(submission)
    if earlier:
        if _is_settled(earlier):
            raise AlreadyMarked
        if are_answers_out(assignment.answers_shown, assignment.answers_shown_at, now):
            raise AnswersSeen
    take_up(submission, now=now)
    follow(submission, now=now)
    if earlier and assignment.counting is Counting.BEST:
        _count_the_best([*earlier, submission])


def _tell_member(submission: Submission, now: datetime) -> None:
    tell_of_work(
        submission.student_id,
        submission.assignment_id,
        NewsKind.TEAM_HANDED_IN,
        f"team:{submission.team_hand_in_id}",
        details={"receipt": submission.id},
        now=now,
    )


def _earlier(submission: Submission) -> list[Submission]:
    """The pupil's hand-ins of the same work before this one, the first one first."""
    if submission.number == 1:
        return []
    query = (
        select(Submission)
        .where(
            Submission.assignment_id == submission.assignment_id,
            Submission.student_id == submission.student_id,
            Submission.number < submission.number,
        )
        .order_by(Submission.number)
    )
    return list(db.session.scalars(query.execution_options(populate_existing=True)))


def _is_settled(earlier: list[Submission]) -> bool:
    return any(one.returned_at for one in earlier) or is_begun([one.id for one in earlier])


def _count_the_best(hand_ins: list[Submission]) -> None:
    """Let the hand-in with the most points count; of equal ones the last."""
    points = dict(db.session.execute(points_of([one.id for one in hand_ins])).all())
    best = max(hand_ins, key=lambda one: (points.get(one.id, 0.0), one.number))
    for one in hand_ins:
        one.is_counted = one is best
    db.session.flush()
