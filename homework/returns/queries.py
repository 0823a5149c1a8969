"""What is returned, of which action, and what of it stays so."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, exists, func, literal, or_, select

from accounts.people.models import Hat, Person
from homework.corrections.models import Correction
from homework.marking.models import Mark, PastMark, SecondReading
from homework.marking.queries import is_pupil_of
from homework.regrades.models import Regrade, RegradeChange, RegradeQuestion
from homework.regrades.rulings import Policy
from homework.submissions import queries as submissions
from homework.submissions.models import Answer, Submission


@dataclass(frozen=True, slots=True)
class Which:
    """The returned work that a teacher chose, as she saw it: of one action, or of one class, or both."""

    at: datetime
    """When it was returned; for a whole class the last time."""
    by_id: int | None = None
    """Who returned it in one action; None for all that a class had back by then, whoever did it."""
    class_id: int | None = None


def returned(assignment_id: int, hat: Hat) -> Select[Submission]:
    """The work that counts and is back, of the pupils whose work the teacher may return."""
    return submissions.visible_to(hat).where(
        Submission.assignment_id == assignment_id, Submission.returned_at.is_not(None), submissions.counts()
    )


def chosen(assignment_id: int, hat: Hat, which: Which) -> Select[Submission]:
    """What *which* names and what nobody has taken back or returned anew since."""
    work = returned(assignment_id, hat).order_by(Submission.id)
    if which.class_id is not None:
        work = work.where(is_pupil_of(literal(which.class_id)))
    if which.by_id is None:
        return work.where(Submission.returned_at <= which.at)
    return work.where(Submission.returned_at == which.at, Submission.returned_by_id == which.by_id)


def turns_of(submission_ids: Collection[int]) -> Select[int]:
    """The rows of the pupils, held: none of them corrects meanwhile.

    Taken before the answers, as who corrects takes her turn first (decision 0037).
    """
    pupils = select(Submission.student_id).where(Submission.id.in_(submission_ids))
    return select(Person.id).where(Person.id.in_(pupils)).order_by(Person.id).with_for_update(key_share=True)


def stays() -> ColumnElement[bool]:
    """Whether a ``Submission`` stays returned."""
    return or_(is_corrected(), is_marked_anew())


def is_corrected() -> ColumnElement[bool]:
    """Whether the pupil has begun to correct."""
    return exists().where(Correction.submission_id == Submission.id).correlate(Submission)


def is_marked_anew() -> ColumnElement[bool]:
    """Whether a key was put right, or back, for an answer since the work was returned."""
    since = or_(
        Regrade.applied_at.is_(None),
        Regrade.applied_at >= Submission.returned_at,
        Regrade.undone_at >= Submission.returned_at,
    )
    changed = (
        select(RegradeChange.id)
        .join(Regrade, Regrade.id == RegradeChange.regrade_id)
        .join(Answer, Answer.id == RegradeChange.answer_id)
        .where(Answer.submission_id == Submission.id, since)
        .correlate(Submission)
    )
    dropped = (
        select(RegradeQuestion.regrade_id)
        .join(Regrade, Regrade.id == RegradeQuestion.regrade_id)
        .join(Answer, Answer.assignment_item_id == RegradeQuestion.assignment_item_id)
        .where(Answer.submission_id == Submission.id, Regrade.policy == Policy.DROP, since)
        .correlate(Submission)
    )
    return or_(changed.exists(), dropped.exists())


def agreed_otherwise(submission_ids: Collection[int]) -> Select[int]:
    """Ids of answers whose points changed since the return, in work that was read a second time.

    Of returned work nobody asks the reader; of work that is here again she is asked.
    """
    before = (
        select(func.max(PastMark.id))
        .where(PastMark.answer_id == Answer.id, PastMark.marked_at <= Submission.returned_at)
        .correlate(Answer, Submission)
        .scalar_subquery()
    )
    return (
        select(Answer.id)
        .join(Submission, Submission.id == Answer.submission_id)
        .join(SecondReading, SecondReading.submission_id == Submission.id)
        .join(Mark, Mark.answer_id == Answer.id)
        .join(PastMark, PastMark.id == before)
        .where(
            Submission.id.in_(submission_ids),
            Mark.marked_at > Submission.returned_at,
            Mark.points != PastMark.points,
        )
        .order_by(Answer.id)
    )
