"""Let a text count that the key refuses, and let it count no more."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import select

from accounts.people.models import Hat
from core.database import db
from homework.assignments.models import AssignmentItem
from homework.assignments.turns import hold_to_decide
from homework.marking.history import Given, held_marks
from homework.marking.models import MarkSource
from homework.marking.services import change_marks
from homework.refusals import queries
from homework.refusals.blanks import Place, points_for, refused_in
from homework.refusals.errors import NotRefused
from homework.refusals.models import AcceptedText
from homework.submissions import queries as submissions
from homework.submissions.models import Answer, Submission


def accept(question: AssignmentItem, place: Place, hat: Hat, *, now: datetime) -> int:
    """Let a text count in a blank, for this assignment; return how many marks rise.

    Marks that a teacher set to something else stay. So does work that is back: there, the key is corrected.

    Raises:
        NotRefused: nobody wrote it.
    """
    hold_to_decide([question.id])
    written = _who_wrote(question, place)
    if not written:
        raise NotRefused
    accepted = queries.accepted_in([question.id]).get(question.id, set())
    if place in accepted:
        return 0
    blank, text = place
    db.session.add(
        AcceptedText(
            assignment_item_id=question.id,
            blank=blank,
            text=text,
            accepted_by_id=hat.person_id,
            accepted_at=now,
        )
    )
    return _settle(question, written, accepted, accepted | {place}, hat, now)


def refuse_again(question: AssignmentItem, place: Place, hat: Hat, *, now: datetime) -> int:
    """Undo it; return how many marks fall back."""
    hold_to_decide([question.id])
    found = db.session.scalar(queries.acceptance_of(question.id, place))
    if found is None:
        return 0
    accepted = queries.accepted_in([question.id]).get(question.id, set())
    db.session.delete(found)
    written = _who_wrote(question, place)
    return _settle(question, written, accepted, accepted - {place}, hat, now)


def follow(submission: Submission, *, now: datetime) -> None:
    """Let what counts by a teacher's word count for a hand-in that came later, as if the key said so."""
    questions = select(Answer.assignment_item_id).where(Answer.submission_id == submission.id)
    accepted = queries.accepted_in(questions)
    if not accepted:
        return
    answers = list(db.session.scalars(submissions.answers_of([submission.id])))
    changes = {}
    for one in answers:
        question = one.assignment_item
        refused = refused_in(question.item_version, one.attempt.response)
        if accepted.get(question.id, set()).intersection(refused):
            earned = points_for(
                question.item_version, one.attempt.response, question.points, accepted[question.id]
            )
            changes[one.id] = Given(earned, "", MarkSource.MACHINE, None, now)
    if changes:
        change_marks(changes)


def catch_up(returned: Mapping[int, datetime], hat: Hat, *, now: datetime) -> None:
    """Let what was let count while work was back count in it as well, now that it is here again.

    *returned* maps its hand-ins to when they went back. Marks that a teacher set to something else stay.
    """
    answers = list(db.session.scalars(submissions.answers_of(returned)))
    texts: dict[int, list[AcceptedText]] = defaultdict(list)
    for text in db.session.scalars(queries.texts_in({one.assignment_item_id for one in answers})):
        texts[text.assignment_item_id].append(text)
    concerned: dict[tuple[int, datetime], list[Answer]] = defaultdict(list)
    for one in answers:
        at = returned[one.submission_id]
        since = {(text.blank, text.text) for text in texts[one.assignment_item_id] if text.accepted_at >= at}
        if since and since.intersection(refused_in(one.assignment_item.item_version, one.attempt.response)):
            concerned[one.assignment_item_id, at].append(one)
    for (question_id, at), written in sorted(concerned.items()):
        before = {(text.blank, text.text) for text in texts[question_id] if text.accepted_at < at}
        after = {(text.blank, text.text) for text in texts[question_id]}
        _settle(written[0].assignment_item, written, before, after, hat, now)


def _who_wrote(question: AssignmentItem, place: Place) -> list[Answer]:
    return [
        one.answer
        for one in queries.written_in([question.id])
        if place in refused_in(question.item_version, one.answer.attempt.response)
    ]


def _settle(
    question: AssignmentItem,
    answers: Sequence[Answer],
    before: set[Place],
    after: set[Place],
    hat: Hat,
    now: datetime,
) -> int:
    """Give those who wrote it what they earn now, where they had what they earned *before*."""
    changes = {}
    standing = held_marks(sorted(one.id for one in answers))
    for one in answers:
        response, asked, most = one.attempt.response, question.item_version, question.points
        mark = standing.get(one.id)
        if mark is not None and mark.points == points_for(asked, response, most, before):
            earned = points_for(asked, response, most, after)
            changes[one.id] = Given(earned, mark.comment, MarkSource.TEACHER, hat.person_id, now)
    if changes:
        change_marks(changes)
    db.session.flush()
    return len(changes)
