"""Marks of one member of a group: her own mark stands, whatever the group gets afterwards."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Select, delete, select

from accounts.people.models import Hat
from core.database import db
from homework.marking import queries
from homework.marking.models import Mark, OwnMark
from homework.marking.services import mark
from homework.submissions.models import Answer, Submission


def own_among(answer_ids: Collection[int]) -> set[int]:
    """The answers for which a pupil got a mark of her own."""
    return set(db.session.scalars(queries.own_marks_of(answer_ids)))


def mark_member(
    answer: Answer, hat: Hat, *, points: float, comment: str, version: int, now: datetime
) -> Mark:
    """Give one member of a group her own mark; marking the group leaves it alone from then on.

    Raises:
        Refusals of ``mark``.
    """
    given = mark(answer, hat, points=points, comment=comment, version=version, now=now)
    own = db.session.get(OwnMark, answer.id)
    if own is None:
        own = OwnMark(answer_id=answer.id)
        db.session.add(own)
    own.given_by_id = hat.person_id
    own.given_at = now
    db.session.flush()
    return given


def mark_with_group(answer: Answer, hat: Hat, *, version: int, now: datetime) -> None:
    """Let the member be marked with her group again: she gets its mark, if it has one.

    Raises:
        MarkedMeanwhile: her mark is another one by now.
    """
    db.session.execute(delete(OwnMark).where(OwnMark.answer_id == answer.id))
    groups = db.session.scalar(_mark_of_group(answer))
    if groups is not None:
        mark(answer, hat, points=groups.points, comment=groups.comment, version=version, now=now)


def _mark_of_group(answer: Answer) -> Select[Mark]:
    shared = select(Submission.team_hand_in_id).where(Submission.id == answer.submission_id).scalar_subquery()
    return (
        select(Mark)
        .join(Answer, Answer.id == Mark.answer_id)
        .join(Submission, Submission.id == Answer.submission_id)
        .outerjoin(OwnMark, OwnMark.answer_id == Answer.id)
        .where(
            Submission.team_hand_in_id == shared,
            Answer.assignment_item_id == answer.assignment_item_id,
            Answer.id != answer.id,
            OwnMark.answer_id.is_(None),
        )
        .order_by(Mark.id)
        .limit(1)
    )
