"""Mark work, and give it back."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Select, delete, insert, select

from accounts.people.models import Hat, Person
from core.database import db, hold_rows, insert_if_absent, publish
from homework.assignments.models import Assignment
from homework.marking import queries
from homework.marking.errors import (
    MarkedMeanwhile,
    NotCompletelyMarked,
    NothingToReturn,
    NothingToTakeBack,
    NotTheLatest,
    PointsOutOfRange,
    ReturnedAlready,
    WithSecondReader,
)
from homework.marking.events import Returned
from homework.marking.history import Given, begin, change, end, held_marks
from homework.marking.models import Feedback, Mark, MarkSource, PastMark, SetApart
from homework.marking.reopening import read_anew
from homework.submissions import queries as submissions
from homework.submissions.models import Answer, Submission
from homework.submissions.questions import is_on_paper
from learning.records.services import count_activity

DECIMALS = 2
"""Points are kept to hundredths."""


def mark_by_machine(submission: Submission, *, now: datetime) -> None:
    """Mark what a key can judge; the rest waits for a teacher, and so does what stands on paper."""
    rows = [
        {
            "answer_id": answer.id,
            "points": round(answer.attempt.score * answer.assignment_item.points, DECIMALS),
            "source": MarkSource.MACHINE,
            "marked_at": now,
        }
        for answer in db.session.scalars(submissions.answers_of([submission.id]))
        if answer.attempt.score is not None and not is_on_paper(answer)
    ]
    if rows:
        db.session.execute(insert(Mark), rows)


def mark(answer: Answer, hat: Hat, *, points: float, comment: str = "", version: int, now: datetime) -> Mark:
    """Give *answer* its points; *version* is that of the mark the teacher saw, 0 where there was none.

    Raises:
        MarkedMeanwhile: the mark is another one by now; it stands in the details.
        PointsOutOfRange: fewer than none, or more than the question is worth.
    """
    return mark_alike({answer.id: version}, hat, points=points, comment=comment, now=now)[0]


def mark_alike(
    versions: Mapping[int, int],
    hat: Hat,
    *,
    points: float,
    comment: str = "",
    anew: Collection[int] = frozenset(),
    now: datetime,
) -> list[Mark]:
    """Give several answers the same points, all or none.

    *versions* maps the answers' ids to the versions of the marks that the teacher saw, 0 for none. A mark
    that says this already stays as it is, except those in *anew*: something else gave the points there.

    Raises:
        MarkedMeanwhile: one of the marks is another one by now.
        PointsOutOfRange: fewer than none, or more than a question is worth.
    """
    ids = sorted(versions)
    standing = held_marks(ids)
    answers = db.session.scalars(
        select(Answer).where(Answer.id.in_(ids)).options(*submissions.with_question())
    )
    points = round(points, DECIMALS)
    for answer in answers:
        most = answer.assignment_item.points
        if not 0 <= points <= most:
            raise PointsOutOfRange(most=f"{most:g}")
    repeated = {one for one in ids if one in standing and _says(standing[one], hat, points, comment)}
    unchanged = repeated.difference(anew)
    for answer_id in ids:
        if answer_id not in unchanged:
            _check_version(standing.get(answer_id), versions[answer_id])
    given = Given(points, comment, MarkSource.TEACHER, hat.person_id, now)
    begin([one for one in ids if one not in standing], given)
    changing = [one for one in ids if one in standing and one not in unchanged]
    read_anew([one for one in changing if standing[one].points != points], by_id=hat.person_id, now=now)
    for one in changing:
        change(standing[one], given)
    db.session.flush()
    marks = {one.answer_id: one for one in db.session.scalars(queries.marks_of(ids))}
    return [marks[one] for one in ids]


def check_versions(seen: Mapping[int, int]) -> None:
    """Refuse where a mark is another one than was *seen* (answer to version, 0 for none); hold the others.

    Raises:
        MarkedMeanwhile: one is; it stands in the details.
    """
    for answer_id, found in held_marks(sorted(seen)).items():
        _check_version(found, seen[answer_id])


def check_counts(answer_ids: Collection[int]) -> None:
    """Refuse where one of the answers, which are held, was replaced by another hand-in meanwhile.

    Raises:
        NotTheLatest: one was.
    """
    if db.session.scalar(queries.replaced_among(answer_ids)) is not None:
        raise NotTheLatest


def change_marks(changes: Mapping[int, Given]) -> dict[int, int]:
    """Let each of the marks (by answer) say something else, as one change; the versions that they have then.

    For what a teacher decided once for many: a comment of the bank, a rubric. Answers without a mark stay so.
    Who decides from what the marks say now holds them first (``held_marks``).
    """
    standing = held_marks(sorted(changes))
    if moved := [one for one, mark_of in standing.items() if mark_of.points != changes[one].points]:
        read_anew(moved, by_id=changes[moved[0]].by_id, now=changes[moved[0]].at)
    for answer_id, mark_of in standing.items():
        change(mark_of, changes[answer_id])
    db.session.flush()
    return {answer_id: one.version for answer_id, one in standing.items()}


def take_back(versions: Mapping[int, int], hat: Hat, *, now: datetime) -> list[Mark]:
    """Undo the last mark of each answer: what stood before stands again; return the marks that are left.

    *versions* maps the answers' ids to the versions of the marks that are taken back. The history keeps them;
    taking back once more gives them again.

    Raises:
        MarkedMeanwhile: one of the marks is another one by now.
        NothingToTakeBack: one of the answers was never marked by a teacher, or has lost its mark meanwhile.
        ReturnedAlready: one would be left without a mark though its work is back.
    """
    ids = sorted(versions)
    standing = held_marks(ids)
    before = {one.answer_id: one for one in db.session.scalars(queries.last_past_marks(ids))}
    for answer_id in ids:
        found = standing.get(answer_id)
        if found is None and versions[answer_id]:
            raise NothingToTakeBack  # who took it back meanwhile does not want it given again
        _check_version(found, versions[answer_id])
        last = (found, before.get(answer_id))
        if not any(one is not None and one.source is MarkSource.TEACHER for one in last):
            raise NothingToTakeBack
    if ending := [one for one in standing if one not in before or before[one].was_taken_back]:
        _check_not_returned(ending)
    moved = [one for one in ids if _points_of(standing.get(one)) != _points_of(before.get(one))]
    read_anew(moved, by_id=hat.person_id, now=now)
    for answer_id in ids:
        found, earlier = standing.get(answer_id), before.get(answer_id)
        if found is None and earlier is not None:
            begin([answer_id], Given.of(earlier))
        elif found is not None and earlier is not None and not earlier.was_taken_back:
            change(found, Given.of(earlier))
        elif found is not None:
            end(found)
    db.session.flush()
    return list(db.session.scalars(queries.marks_of(ids)))


def set_apart(answer_ids: Collection[int], hat: Hat, *, now: datetime) -> None:
    """Mark each of the answers by itself from now on, though others say the same or are alike."""
    rows = [{"answer_id": one, "set_by_id": hat.person_id, "set_at": now} for one in sorted(set(answer_ids))]
    insert_if_absent(SetApart, rows)


def put_together(answer_ids: Collection[int]) -> None:
    """Let the answers stand with their like again."""
    db.session.execute(delete(SetApart).where(SetApart.answer_id.in_(answer_ids)))


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


def return_work(
    assignment: Assignment, hat: Hat, *, class_id: int | None = None, now: datetime
) -> list[Submission]:
    """Give back all work of the assignment (in one class) that is completely marked; the rest stays.

    Raises:
        NothingToReturn: none is.
    """
    ready = _held(queries.ready_to_return(assignment.id, hat, class_id))
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
        WithSecondReader: it is being read once more.
    """
    hold_rows(queries.held_in([submission.id]))
    db.session.refresh(submission, ["returned_at", "is_counted", "version"])
    if submission.returned_at is not None:
        return submission
    if not submission.is_counted:
        raise NotTheLatest
    unmarked = select(Submission.id).where(Submission.id == submission.id, queries.has_unmarked())
    if db.session.scalar(unmarked) is not None:
        raise NotCompletelyMarked
    reading = db.session.scalar(queries.reading_of(submission.id))
    if reading is not None and reading.settled_at is None:
        raise WithSecondReader
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


def _held(wanted: Select[Submission]) -> list[Submission]:
    """What is *wanted* also when nobody marks it, hands in again or has it read a second time meanwhile."""
    ids = list(db.session.scalars(wanted.with_only_columns(Submission.id)))
    hold_rows(queries.held_in(ids))
    still = wanted.where(Submission.id.in_(ids)).execution_options(populate_existing=True)
    return list(db.session.scalars(still))


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


def _points_of(found: Mark | PastMark | None) -> float | None:
    """What a mark gives; None where there is none, or was none after it."""
    return None if found is None or (isinstance(found, PastMark) and found.was_taken_back) else found.points


def _check_version(found: Mark | None, seen: int) -> None:
    if found is not None and found.version != seen:
        raise _marked_meanwhile(found)


def _check_not_returned(answer_ids: Sequence[int]) -> None:
    returned = (
        select(Answer.id)
        .join(Submission, Submission.id == Answer.submission_id)
        .where(Answer.id.in_(answer_ids), Submission.returned_at.is_not(None))
        .limit(1)
    )
    if db.session.scalar(returned) is not None:
        raise ReturnedAlready


def _marked_meanwhile(found: Mark) -> MarkedMeanwhile:
    by = db.session.get(Person, found.marked_by_id) if found.marked_by_id else None
    return MarkedMeanwhile(
        by=by.name if by else "",
        points=f"{found.points:g}",
        comment=found.comment,
        version=found.version,
        answer_id=found.answer_id,
    )
