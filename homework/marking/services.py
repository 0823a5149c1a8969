"""Mark work, and give it back."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import select

from accounts.people.models import Hat, Person
from core.database import db, publish
from homework.assignments.models import Assignment
from homework.marking import queries
from homework.marking.errors import (
    MarkedMeanwhile,
    NotCompletelyMarked,
    NothingToReturn,
    NotTheLatest,
    PointsOutOfRange,
)
from homework.marking.events import Returned
from homework.marking.models import Feedback, Mark, MarkSource, PastMark
from homework.submissions import queries as submissions
from homework.submissions.models import Answer, Submission
from homework.submissions.questions import is_on_paper
from learning.records.services import count_activity

DECIMALS = 2
"""Points are kept to hundredths."""


def mark_by_machine(submission: Submission, *, now: datetime) -> list[Mark]:
    """Mark what a key can judge; the rest waits for a teacher, and so does what stands on paper."""
    marks = [
        Mark(
            answer_id=answer.id,
            points=round(answer.attempt.score * answer.assignment_item.points, DECIMALS),
            source=MarkSource.MACHINE,
            marked_at=now,
        )
        for answer in db.session.scalars(submissions.answers_of([submission.id]))
        if answer.attempt.score is not None and not is_on_paper(answer)
    ]
    db.session.add_all(marks)
    db.session.flush()
    return marks


def mark(answer: Answer, hat: Hat, *, points: float, comment: str = "", version: int, now: datetime) -> Mark:
    """Give *answer* its points; *version* is that of the mark the teacher saw, 0 where there was none.

    Raises:
        MarkedMeanwhile: the mark is another one by now; it stands in the details.
        PointsOutOfRange: fewer than none, or more than the question is worth.
    """
    return mark_alike({answer.id: version}, hat, points=points, comment=comment, now=now)[0]


def mark_alike(
    versions: Mapping[int, int], hat: Hat, *, points: float, comment: str = "", now: datetime
) -> list[Mark]:
    """Give several answers the same points, all or none.

    *versions* maps the answers' ids to the versions of the marks that the teacher saw, 0 for none.

    Raises:
        MarkedMeanwhile: one of the marks is another one by now.
        PointsOutOfRange: fewer than none, or more than a question is worth.
    """
    ids = sorted(versions)
    db.session.execute(queries.held(ids))
    standing = {
        one.answer_id: one
        for one in db.session.scalars(queries.marks_of(ids).execution_options(populate_existing=True))
    }
    answers = db.session.scalars(
        select(Answer).where(Answer.id.in_(ids)).options(*submissions.with_question())
    )
    points = round(points, DECIMALS)
    for answer in answers:
        most = answer.assignment_item.points
        if not 0 <= points <= most:
            raise PointsOutOfRange(most=f"{most:g}")
    unchanged = {one for one in ids if one in standing and _says(standing[one], hat, points, comment)}
    for answer_id in ids:
        if answer_id not in unchanged:
            _check_version(standing.get(answer_id), versions[answer_id])
    return [
        standing[one] if one in unchanged else _give(standing.get(one), one, hat, points, comment, now)
        for one in ids
    ]


def write_feedback(submission: Submission, hat: Hat, text: str, *, now: datetime) -> None:
    """Say something about the whole of a pupil's work; an empty text takes it away."""
    feedback = db.session.get(Feedback, submission.id)
    if not text.strip():
        if feedback is not None:
            db.session.delete(feedback)
            db.session.flush()
        return
    if feedback is None:
        feedback = Feedback(submission_id=submission.id)
        db.session.add(feedback)
    feedback.text = text.strip()
    feedback.written_by_id = hat.person_id
    feedback.written_at = now
    db.session.flush()


def return_work(assignment: Assignment, hat: Hat, *, now: datetime) -> list[Submission]:
    """Give back all work of the assignment that is completely marked; the rest stays.

    Raises:
        NothingToReturn: none is.
    """
    ready = list(db.session.scalars(queries.ready_to_return(assignment.id, hat)))
    if not ready:
        raise NothingToReturn
    for submission in ready:
        _give_back(submission, hat, now)
    count_activity(hat.person_id, now, marked=len(ready))
    db.session.flush()
    return ready


def return_one(submission: Submission, hat: Hat, *, now: datetime) -> Submission:
    """Give one pupil's work back; what is back already stays as it is.

    Raises:
        NotTheLatest: another hand-in of the pupil counts.
        NotCompletelyMarked: an answer has no mark.
    """
    if submission.returned_at is not None:
        return submission
    if not submission.is_counted:
        raise NotTheLatest
    unmarked = select(Submission.id).where(Submission.id == submission.id, queries.has_unmarked())
    if db.session.scalar(unmarked) is not None:
        raise NotCompletelyMarked
    _give_back(submission, hat, now)
    count_activity(hat.person_id, now, marked=1)
    db.session.flush()
    return submission


def is_begun(submissions_of_pupil: Sequence[int]) -> bool:
    """Whether a teacher has marked or commented any of the submissions."""
    marked = (
        select(Mark.id)
        .join(Answer, Answer.id == Mark.answer_id)
        .where(Answer.submission_id.in_(submissions_of_pupil), Mark.source == MarkSource.TEACHER)
        .limit(1)
    )
    if db.session.scalar(marked) is not None:
        return True
    said = select(Feedback.submission_id).where(Feedback.submission_id.in_(submissions_of_pupil)).limit(1)
    return db.session.scalar(said) is not None


def _give_back(submission: Submission, hat: Hat, now: datetime) -> None:
    submission.returned_at = now
    submission.returned_by_id = hat.person_id
    publish(Returned(submission.id, submission.student_id, submission.assignment_id))


def _says(found: Mark, hat: Hat, points: float, comment: str) -> bool:
    """Whether a repeated click asks for what stands already."""
    return (
        found.source is MarkSource.TEACHER
        and found.marked_by_id == hat.person_id
        and found.points == points
        and found.comment == comment
    )


def _check_version(found: Mark | None, seen: int) -> None:
    if found is not None and found.version != seen:
        raise _marked_meanwhile(found)


def _give(found: Mark | None, answer_id: int, hat: Hat, points: float, comment: str, now: datetime) -> Mark:
    if found is None:
        found = Mark(answer_id=answer_id)
    else:
        db.session.add(_as_past(found))
    found.points = points
    found.comment = comment
    found.source = MarkSource.TEACHER
    found.marked_by_id = hat.person_id
    found.marked_at = now
    db.session.add(found)
    db.session.flush()
    return found


def _as_past(found: Mark) -> PastMark:
    return PastMark(
        answer_id=found.answer_id,
        points=found.points,
        comment=found.comment,
        source=found.source,
        marked_by_id=found.marked_by_id,
        marked_at=found.marked_at,
    )


def _marked_meanwhile(found: Mark) -> MarkedMeanwhile:
    by = db.session.get(Person, found.marked_by_id) if found.marked_by_id else None
    return MarkedMeanwhile(
        by=by.name if by else "",
        points=f"{found.points:g}",
        comment=found.comment,
        version=found.version,
        answer_id=found.answer_id,
    )
