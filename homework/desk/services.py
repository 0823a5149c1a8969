"""Mark what lies together on the desk: points by hand or by levels, a comment of one's own or of the bank."""

from collections.abc import Mapping
from datetime import datetime

from accounts.people.models import Hat
from core.database import db
from homework.assignments.models import AssignmentItem
from homework.comments import queries as comments
from homework.comments.services import note_use
from homework.marking import services as marking
from homework.marking.errors import UnreadableMark
from homework.marking.models import Mark
from homework.marking.queries import last_past_marks
from homework.rubrics import queries as rubrics
from homework.rubrics.choices import bring_back, give_marks, keep_past, standing


def mark(  # noqa: PLR0913 -- a mark has these parts, each named at the call
    question: AssignmentItem,
    versions: Mapping[int, int],
    hat: Hat,
    *,
    points: float | None,
    comment: str,
    levels: Mapping[str, str],
    bank_comment_id: int | None,
    now: datetime,
) -> list[Mark]:
    """Give answers to *question* the same mark, all or none; *points* None takes what the *levels* give.

    Raises:
        UnreadableMark: there are no points, and not a level for each criterion.
        UnknownLevel: the rubric does not have such a level.
        MarkedMeanwhile: one of the marks is another one by now.
        NotTheLatest: one of the pupils has handed in again meanwhile.
        PointsOutOfRange: fewer than none, or more than the question is worth.
    """
    rubric = db.session.scalar(rubrics.rubric_of(question.id))
    chosen = rubric.judged_by.chosen(levels) if rubric is not None else None
    if points is None and chosen is not None:
        points = chosen.points
    if points is None:
        raise UnreadableMark
    if rubric is None:
        marks = marking.mark_alike(versions, hat, points=points, comment=comment, now=now)
    else:
        marks = give_marks(versions, hat, points=points, comment=comment, chosen=chosen, now=now)
    marking.check_counts(versions)
    bank_comment = db.session.scalar(comments.of(hat, bank_comment_id)) if bank_comment_id else None
    if bank_comment is not None:
        note_use(bank_comment, marks)
    return marks


def take_back(versions: Mapping[int, int], hat: Hat, *, now: datetime) -> list[Mark]:
    """Undo the last mark of each answer; what stood before stands again, with the levels that gave it.

    Raises:
        MarkedMeanwhile: one of the marks is another one by now.
        NothingToTakeBack: one of the answers was never marked by a teacher.
        ReturnedAlready: one would be left without a mark though its work is back.
    """
    before = standing(versions)
    past = {one.answer_id: one for one in db.session.scalars(last_past_marks(versions))}
    marks = marking.take_back(versions, hat, now=now)
    keep_past(before, marks)
    bring_back(versions, marks, past)
    return marks
