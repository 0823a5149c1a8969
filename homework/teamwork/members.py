"""Marks of one member of a group: her own mark stands, whatever the group gets afterwards."""

from datetime import datetime

from sqlalchemy import Select, delete, select

from accounts.people.models import Hat
from core.database import db
from homework.marking.history import held_marks
from homework.marking.models import Mark, MarkSource, OwnMark
from homework.marking.services import mark
from homework.rubrics.choices import choose_as, give_marks
from homework.submissions import queries as submissions
from homework.submissions.models import Answer, Submission


def mark_member(
    answer: Answer, hat: Hat, *, points: float, comment: str, version: int, now: datetime
) -> Mark:
    """Give one member of a group her own mark; marking the group leaves it alone from then on.

    Raises:
        Refusals of ``mark``.
    """
    given = give_marks({answer.id: version}, hat, points=points, comment=comment, now=now)[0]
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
        give_marks({answer.id: version}, hat, points=groups.points, comment=groups.comment, now=now)
        choose_as({answer.id: groups.answer_id})


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
