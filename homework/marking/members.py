"""Which members of groups have marks of their own, and which lack the mark that their group has."""

from collections.abc import Collection

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import aliased

from core.database import db
from homework.marking import queries
from homework.marking.models import Mark, MarkSource, OwnMark
from homework.submissions.models import Answer, Submission


def own_among(answer_ids: Collection[int]) -> set[int]:
    """The answers for which a pupil got a mark of her own."""
    return set(db.session.scalars(queries.own_marks_of(answer_ids)))


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
