"""Answers as they stand, for a regrade to judge anew; and as one has judged them."""

from collections.abc import Collection
from typing import Any, cast

from sqlalchemy import Select, func, select

from core.database import db
from homework.assignments.models import AssignmentItem
from homework.marking.models import Mark
from homework.regrades.changes import Change, Standing
from homework.regrades.models import Regrade, RegradeChange
from homework.regrades.rulings import Policy
from homework.submissions.models import Answer, Submission
from learning.attempts.models import Attempt, AttemptContext
from library.items.marking import Judgement


def standings_of(
    question_ids: Collection[int], *, attempt_ids: Collection[int] | None = None
) -> list[Standing]:
    """The answers to these questions as they stand, in one statement."""
    rows = (
        select(
            Attempt.id,
            Attempt.person_id,
            Attempt.item_id,
            Attempt.item_version_id,
            Attempt.response,
            Attempt.score,
            Attempt.is_correct,
            Attempt.answered_at,
            Answer.id,
            AssignmentItem.id,
            AssignmentItem.points,
            Submission.id,
            Submission.assignment_id,
            Submission.is_counted,
            Mark.points,
            func.coalesce(Mark.comment, ""),
            Mark.source,
            Mark.marked_by_id,
            Mark.marked_at,
            Mark.version,
        )
        .join(Answer, Answer.attempt_id == Attempt.id)
        .join(AssignmentItem, AssignmentItem.id == Answer.assignment_item_id)
        .join(Submission, Submission.id == Answer.submission_id)
        .outerjoin(Mark, Mark.answer_id == Answer.id)
        .where(AssignmentItem.id.in_(question_ids))
        .order_by(Attempt.id)
    )
    if attempt_ids is not None:
        rows = rows.where(Attempt.id.in_(attempt_ids))
    return [Standing(*row) for row in db.session.execute(rows)]


def standings_of_corrections(
    item_id: int, question_ids: Collection[int], *, attempt_ids: Collection[int] | None = None
) -> list[Standing]:
    """What pupils answered to these questions when they corrected returned work, as it stands: no marks."""
    assignment_ids = select(AssignmentItem.assignment_id).where(AssignmentItem.id.in_(question_ids))
    rows = _without_marks(item_id, attempt_ids).where(
        Attempt.context == AttemptContext.CORRECTION, Attempt.context_id.in_(assignment_ids)
    )
    return [Standing(*row) for row in db.session.execute(rows)]


def standings_elsewhere(
    item_id: int, version_ids: Collection[int], *, attempt_ids: Collection[int] | None = None
) -> list[Standing]:
    """The answers to these wordings that were given outside of homework, as they stand."""
    rows = _without_marks(item_id, attempt_ids).where(
        Attempt.item_version_id.in_(version_ids),
        Attempt.context.not_in((AttemptContext.HOMEWORK, AttemptContext.CORRECTION)),
    )
    return [Standing(*row) for row in db.session.execute(rows)]


def _without_marks(item_id: int, attempt_ids: Collection[int] | None) -> Select[*tuple[Any, ...]]:
    rows = (
        select(
            Attempt.id,
            Attempt.person_id,
            Attempt.item_id,
            Attempt.item_version_id,
            Attempt.response,
            Attempt.score,
            Attempt.is_correct,
            Attempt.answered_at,
        )
        .where(Attempt.item_id == item_id)
        .order_by(Attempt.id)
    )
    return rows if attempt_ids is None else rows.where(Attempt.id.in_(attempt_ids))


def recorded(regrade: Regrade) -> list[Change]:
    """What a regrade changed, as its preview showed it."""
    rows = (
        select(RegradeChange, Attempt, Submission, AssignmentItem)
        .join(Attempt, Attempt.id == RegradeChange.attempt_id)
        .outerjoin(Answer, Answer.id == RegradeChange.answer_id)
        .outerjoin(Submission, Submission.id == Answer.submission_id)
        .outerjoin(AssignmentItem, AssignmentItem.id == Answer.assignment_item_id)
        .where(RegradeChange.regrade_id == regrade.id)
        .order_by(RegradeChange.id)
    )
    return [
        _recorded(
            regrade, change, attempt, cast("Submission | None", work), cast("AssignmentItem | None", asked)
        )
        for change, attempt, work, asked in db.session.execute(rows)
    ]


def _recorded(
    regrade: Regrade,
    change: RegradeChange,
    attempt: Attempt,
    submission: Submission | None,
    question: AssignmentItem | None,
) -> Change:
    standing = Standing(
        attempt_id=attempt.id,
        person_id=attempt.person_id,
        item_id=attempt.item_id,
        version_id=attempt.item_version_id,
        response=attempt.response,
        score=change.score,
        is_correct=change.is_correct,
        answered_at=attempt.answered_at,
        answer_id=change.answer_id,
        question_id=question.id if question else None,
        most_points=question.points if question else 0.0,
        submission_id=submission.id if submission else None,
        assignment_id=submission.assignment_id if submission else None,
        is_counted=submission.is_counted if submission else True,
        points=change.points,
    )
    return Change(
        standing,
        Judgement(change.earlier_score, change.earlier_is_correct),
        change.earlier_points,
        Judgement(change.score, change.is_correct),
        change.points,
        change.points,
        is_dropped=regrade.policy is Policy.DROP and change.answer_id is not None,
    )
