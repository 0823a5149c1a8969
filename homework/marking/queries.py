"""Marks, and what waits for them."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, SQLColumnExpression, case, exists, func, literal, select

from accounts.classes.models import Enrolment, SchoolClass
from accounts.people.models import Hat
from core.database import db
from homework.assignments import queries as assignments
from homework.assignments.layers import Layer, is_required
from homework.assignments.models import Assignment, AssignmentItem
from homework.marking.models import Feedback, Mark, OwnMark, PastMark, SecondReading, SetApart
from homework.submissions import queries as submissions
from homework.submissions.models import Answer, Submission


def replaced_among(answer_ids: Collection[int]) -> Select[int]:
    """Ids of those of the answers that stand in work which counts no more."""
    return (
        select(Answer.id)
        .join(Submission, Submission.id == Answer.submission_id)
        .where(Answer.id.in_(answer_ids), ~submissions.counts())
        .limit(1)
    )


def has_unmarked() -> ColumnElement[bool]:
    """Whether a submission has an answer without a mark."""
    return exists(
        select(Answer.id)
        .outerjoin(Mark, Mark.answer_id == Answer.id)
        .where(Answer.submission_id == Submission.id, Mark.id.is_(None))
        .correlate(Submission)
    )


def waits_for_second_reader() -> ColumnElement[bool]:
    """Whether a submission stays here until a second reader is done with it, and differences are settled."""
    return (
        exists()
        .where(SecondReading.submission_id == Submission.id, SecondReading.settled_at.is_(None))
        .correlate(Submission)
    )


def to_mark(hat: Hat) -> Select[Assignment]:
    """The teacher's assignments with work that waits to be marked or returned, the earliest due first."""
    return (
        assignments.taught_by(hat)
        .where(
            exists()
            .where(Submission.assignment_id == Assignment.id, Submission.returned_at.is_(None))
            .where(submissions.counts(), submissions.concerns(hat))
        )
        .order_by(Assignment.due_at, Assignment.id)
    )


def marks_of(answer_ids: Iterable[int]) -> Select[Mark]:
    """The present marks of the answers."""
    return select(Mark).where(Mark.answer_id.in_(answer_ids))


def last_past_marks(answer_ids: Iterable[int]) -> Select[PastMark]:
    """What each of the answers had before its present mark, or before it lost one."""
    latest = (
        select(func.max(PastMark.id)).where(PastMark.answer_id.in_(answer_ids)).group_by(PastMark.answer_id)
    )
    return select(PastMark).where(PastMark.id.in_(latest))


def past_marks(answer_ids: Iterable[int]) -> Select[int, int]:
    """Rows (answer id, how many marks it had before)."""
    return (
        select(PastMark.answer_id, func.count(PastMark.id))
        .where(PastMark.answer_id.in_(answer_ids))
        .group_by(PastMark.answer_id)
    )


def own_marks_of(answer_ids: Iterable[int]) -> Select[int]:
    """Of the answers those that got a mark other than their group's, on purpose."""
    return select(OwnMark.answer_id).where(OwnMark.answer_id.in_(answer_ids))


def feedback_of(submission_ids: Iterable[int]) -> Select[Feedback]:
    """What the teacher said about the submissions."""
    return select(Feedback).where(Feedback.submission_id.in_(submission_ids))


def points_of(submission_ids: Iterable[int]) -> Select[int, float]:
    """Rows (submission id, points given so far), without those of questions that were dropped."""
    return (
        select(Answer.submission_id, func.sum(Mark.points))
        .join(Mark, Mark.answer_id == Answer.id)
        .join(AssignmentItem, AssignmentItem.id == Answer.assignment_item_id)
        .where(Answer.submission_id.in_(submission_ids), AssignmentItem.is_dropped.is_(False))
        .group_by(Answer.submission_id)
    )


@dataclass(frozen=True, slots=True)
class Worth:
    """What an assignment asks of one pupil."""

    questions: int = 0
    points: float = 0.0
    """Of the questions that the pupil must answer, and of those beyond that she did answer."""
    depth: Layer = Layer.REQUIRED
    """What of layered work she must do."""


def worth_for(student_id: int, assignment_ids: Sequence[int]) -> dict[int, Worth]:
    """What each assignment asks of the pupil, in four queries."""
    depths = assignments.depths_of(student_id, assignment_ids)
    answered = set(
        db.session.scalars(
            select(Answer.assignment_item_id)
            .join(Submission, Submission.id == Answer.submission_id)
            .where(
                Submission.assignment_id.in_(assignment_ids),
                Submission.student_id == student_id,
                submissions.counts(),
            )
        )
    )
    found: dict[int, Worth] = {}
    rows = select(
        AssignmentItem.assignment_id,
        AssignmentItem.id,
        AssignmentItem.layer,
        AssignmentItem.points,
        AssignmentItem.is_dropped,
    ).where(AssignmentItem.assignment_id.in_(assignment_ids))
    for assignment_id, question_id, layer, points, is_dropped in db.session.execute(rows):
        depth = depths.get(assignment_id, Layer.REQUIRED)
        so_far = found.get(assignment_id, Worth())
        is_asked = question_id in answered or is_required(layer, depth)
        counted = points if is_asked and not is_dropped else 0.0
        found[assignment_id] = Worth(so_far.questions + 1, so_far.points + counted, depth)
    return found


def answers_visible_to(hat: Hat) -> Select[Answer]:
    """The answers that the teacher may mark: those of the work that counts, of his pupils."""
    readable = submissions.visible_to(hat).where(submissions.counts()).with_only_columns(Submission.id)
    return select(Answer).where(Answer.submission_id.in_(readable))


def answers_to(assignment_item_id: int, hat: Hat) -> Select[Answer]:
    """What the teacher's pupils answered to one question, in the work that counts."""
    return answers_visible_to(hat).where(Answer.assignment_item_id == assignment_item_id).order_by(Answer.id)


def unmarked_by_question(hat: Hat, assignment_id: int) -> Select[int, int, int]:
    """Rows (question id, answers, answers without a mark) of the work that counts and is not returned."""
    readable = (
        submissions.visible_to(hat)
        .where(Submission.assignment_id == assignment_id, submissions.counts())
        .with_only_columns(Submission.id)
    )
    return (
        select(
            Answer.assignment_item_id,
            func.count(Answer.id),
            func.sum(case((Mark.id.is_(None), 1), else_=0)),
        )
        .outerjoin(Mark, Mark.answer_id == Answer.id)
        .where(Answer.submission_id.in_(readable))
        .group_by(Answer.assignment_item_id)
    )


def ready_to_return(assignment_id: int, hat: Hat, class_id: int | None = None) -> Select[Submission]:
    """Work that counts, is marked completely and is still here; of one of the classes, if it is named."""
    work = submissions.visible_to(hat)
    if class_id is not None:
        work = work.where(is_pupil_of(literal(class_id)))
    return work.where(
        Submission.assignment_id == assignment_id,
        Submission.returned_at.is_(None),
        submissions.counts(),
        ~has_unmarked(),
        ~waits_for_second_reader(),
    ).order_by(Submission.id)


def ready_by_class(assignment_id: int, hat: Hat) -> Select[SchoolClass, int]:
    """Rows (class, how much work is ready to be returned to it) of the teacher's classes that have some."""
    ready = ready_to_return(assignment_id, hat).with_only_columns(Submission.id).order_by(None)
    return (
        select(SchoolClass, func.count(Submission.id))
        .join(Submission, is_pupil_of(SchoolClass.id))
        .where(
            Submission.id.in_(ready), SchoolClass.id.in_(assignments.class_ids_targeted(assignment_id, hat))
        )
        .group_by(SchoolClass.id)
        .order_by(SchoolClass.grade, SchoolClass.name)
    )


def is_pupil_of(class_id: SQLColumnExpression[int]) -> ColumnElement[bool]:
    """Whether a submission is of who is given its work through the class now."""
    return submissions.is_given(Enrolment.class_id == class_id)


def set_apart(answer_ids: Iterable[int]) -> Select[int]:
    """Ids of those of the answers that a teacher marks by themselves."""
    return select(SetApart.answer_id).where(SetApart.answer_id.in_(answer_ids))


def reading_of(submission_id: int) -> Select[SecondReading]:
    """The second reading that was asked for, if one was."""
    return select(SecondReading).where(SecondReading.submission_id == submission_id)


def held_in(submission_ids: Collection[int]) -> Select[int]:
    """The rows of all answers of the submissions, held in the same way: nobody marks or replaces these."""
    return (
        select(Answer.id)
        .where(Answer.submission_id.in_(submission_ids))
        .order_by(Answer.id)
        .with_for_update(key_share=True)
    )


def held(answer_ids: Sequence[int]) -> Select[int]:
    """The answers' rows, held until the transaction ends: two teachers mark one after the other."""
    return (
        select(Answer.id).where(Answer.id.in_(answer_ids)).order_by(Answer.id).with_for_update(key_share=True)
    )
