"""Marks of one member of a group: her own mark stands, whatever the group gets afterwards."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Select, delete, or_, select
from sqlalchemy.orm import aliased

from accounts.people.models import Hat
from core.database import db
from homework.marking import queries
from homework.marking.history import held_marks
from homework.marking.models import Mark, MarkSource, OwnMark
from homework.marking.services import mark
from homework.submissions import queries as submissions
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


def catch_up(submission: Submission, hat: Hat, *, now: datetime) -> dict[int, int]:
    """Give a pupil who came into the group later the marks that it has, where no teacher has given her any.

    Returns of which answer each of her marks was taken, by her own answer.
    """
    answers = list(db.session.scalars(submissions.answers_of([submission.id])))
    standing = held_marks([one.id for one in answers])
    taken = {}
    for answer in answers:
        hers, groups = standing.get(answer.id), db.session.scalar(_mark_of_group(answer))
        if groups is not None and _is_behind(hers, groups):
            version = hers.version if hers else 0
            mark(answer, hat, points=groups.points, comment=groups.comment, version=version, now=now)
            taken[answer.id] = groups.answer_id
    return taken


def behind_their_group(submission_ids: Collection[int]) -> Select[int]:
    """Ids of those of the submissions that lack a mark which a teacher gave their group."""
    hers, theirs, other = aliased(Answer), aliased(Answer), aliased(Submission)
    own_mark, own = aliased(Mark), aliased(OwnMark)
    return (
        select(Submission.id)
        .join(hers, hers.submission_id == Submission.id)
        .outerjoin(own_mark, own_mark.answer_id == hers.id)
        .join(other, (other.team_hand_in_id == Submission.team_hand_in_id) & (other.id != Submission.id))
        .join(
            theirs,
            (theirs.submission_id == other.id) & (theirs.assignment_item_id == hers.assignment_item_id),
        )
        .join(Mark, Mark.answer_id == theirs.id)
        .outerjoin(own, own.answer_id == theirs.id)
        .where(
            Submission.id.in_(submission_ids),
            or_(own_mark.id.is_(None), own_mark.source == MarkSource.MACHINE),
            Mark.source == MarkSource.TEACHER,
            own.answer_id.is_(None),
        )
        .distinct()
    )


def _is_behind(hers: Mark | None, groups: Mark) -> bool:
    """``behind_their_group`` for one answer."""
    return groups.source is MarkSource.TEACHER and (hers is None or hers.source is MarkSource.MACHINE)


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
