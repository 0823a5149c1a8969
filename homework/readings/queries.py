"""Who may read marked work a second time, and where two readers differ."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    SQLColumnExpression,
    and_,
    exists,
    literal,
    or_,
    select,
)
from sqlalchemy.orm import aliased

from accounts.classes.models import Enrolment, SchoolClass
from accounts.people.models import Hat, Person, Role
from core.database import db
from homework.assignments.models import Assignment, AssignmentTarget
from homework.marking import queries as marking
from homework.marking.models import Mark, MarkSource, OwnMark, SecondReading
from homework.readings.models import ReadingMark
from homework.submissions import queries as submissions
from homework.submissions.models import Answer, Page, Recording, Submission
from library.curriculum.models import Subject


def readers_for(assignment: Assignment) -> Select[Person]:
    """Who may be asked by name: who gave the work, and who teaches its subject in a school that has it."""
    return (
        select(Person)
        .join(Assignment, Assignment.id == assignment.id)
        .where(_may_be_asked(Person.id))
        .order_by(Person.name, Person.id)
    )


def colleagues_of(work: Sequence[Submission], hat: Hat) -> dict[int, set[int]]:
    """By hand-in, who else teaches the subject to its pupil, and so can open it without being asked."""
    teaching, learning = aliased(Enrolment), aliased(Enrolment)
    rows = (
        select(Submission.id, teaching.person_id)
        .join(Assignment, Assignment.id == Submission.assignment_id)
        .join(AssignmentTarget, AssignmentTarget.assignment_id == Assignment.id)
        .join(
            learning,
            and_(learning.class_id == AssignmentTarget.class_id, learning.person_id == Submission.student_id),
        )
        .join(teaching, teaching.class_id == learning.class_id)
        .where(
            Submission.id.in_([one.id for one in work]),
            learning.role == Role.STUDENT,
            learning.ends_on.is_(None),
            teaching.role == Role.TEACHER,
            teaching.ends_on.is_(None),
            teaching.person_id != hat.person_id,
            or_(teaching.subject_code == _subject_code(), teaching.person_id == Assignment.teacher_id),
        )
    )
    found: dict[int, set[int]] = defaultdict(set)
    for submission_id, person_id in db.session.execute(rows):
        found[submission_id].add(person_id)
    return dict(found)


def read_by(hat: Hat) -> Select[Submission]:
    """What the teacher is asked by name to read, until it is settled, in whichever class of the school.

    Who teaches the subject there no more has lost this too.
    """
    return (
        select(Submission)
        .join(SecondReading, SecondReading.submission_id == Submission.id)
        .join(Assignment, Assignment.id == Submission.assignment_id)
        .where(
            SecondReading.reader_id == hat.person_id,
            SecondReading.settled_at.is_(None),
            Submission.returned_at.is_(None),
            _may_be_asked(literal(hat.person_id)),
        )
    )


def readable(hat: Hat) -> Select[Submission]:
    """The submissions that the hat may read: her own affair, or that of a second reader."""
    if not hat.is_teacher:
        return submissions.visible_to(hat)
    return select(Submission).where(or_(is_among(submissions.visible_to(hat)), is_among(read_by(hat))))


def pages_readable(hat: Hat) -> Select[Page]:
    """The photographed pages of what the hat may read."""
    ids = readable(hat).with_only_columns(Submission.id)
    return select(Page).join(Answer, Answer.id == Page.answer_id).where(Answer.submission_id.in_(ids))


def recordings_audible(hat: Hat) -> Select[Recording]:
    """The spoken answers in what the hat may read."""
    ids = readable(hat).with_only_columns(Submission.id)
    return (
        select(Recording).join(Answer, Answer.id == Recording.answer_id).where(Answer.submission_id.in_(ids))
    )


def marks_by_reader(submission_id: int) -> dict[int, ReadingMark]:
    """What the second reader would give, by answer, but for what she left to a key that gives others now."""
    rows = (
        select(ReadingMark)
        .join(Answer, Answer.id == ReadingMark.answer_id)
        .outerjoin(Mark, Mark.answer_id == Answer.id)
        .where(
            Answer.submission_id == submission_id,
            or_(Mark.id.is_(None), Mark.points == ReadingMark.points, ~_is_left_to_key()),
        )
    )
    return {one.answer_id: one for one in db.session.scalars(rows)}


def answer_ids_of(submission_ids: Collection[int]) -> Select[int]:
    """Ids of the answers in the submissions."""
    return select(Answer.id).where(Answer.submission_id.in_(submission_ids))


def answer_ids_of_group(submission_id: int) -> Select[int]:
    """Ids of the answers in the submission and, where it was handed in together, in those of the others."""
    part = aliased(Submission)
    return (
        select(Answer.id)
        .join(Submission, Submission.id == Answer.submission_id)
        .join(part, or_(part.id == Submission.id, part.team_hand_in_id == Submission.team_hand_in_id))
        .where(part.id == submission_id)
    )


def unread_among(submission_ids: Collection[int]) -> Select[int]:
    """Ids of those that are marked completely and still here, and have no second reading."""
    return select(Submission.id).where(
        Submission.id.in_(submission_ids),
        Submission.returned_at.is_(None),
        ~marking.has_unmarked(),
        ~exists().where(SecondReading.submission_id == Submission.id).correlate(Submission),
    )


def same_for_the_group(answer_id: int) -> Select[int]:
    """Ids of the answers that a mark of this one holds for as well: the group's, but for marks of one's own.

    None where this answer has a mark of its own, and where nobody handed in together.
    """
    own = aliased(OwnMark)
    answer, part = aliased(Answer), aliased(Submission)
    return (
        select(Answer.id)
        .join(Submission, Submission.id == Answer.submission_id)
        .join(part, part.team_hand_in_id == Submission.team_hand_in_id)
        .join(
            answer,
            and_(
                answer.submission_id == part.id,
                answer.assignment_item_id == Answer.assignment_item_id,
            ),
        )
        .outerjoin(OwnMark, OwnMark.answer_id == Answer.id)
        .outerjoin(own, own.answer_id == answer.id)
        .where(
            answer.id == answer_id,
            Answer.id != answer_id,
            OwnMark.answer_id.is_(None),
            own.answer_id.is_(None),
        )
    )


def differences(submission_id: int) -> dict[int, tuple[Mark, ReadingMark]]:
    """The first mark and the reader's, by answer, where their points are not the same.

    Two who left an answer to a key do not differ when the key is put right.
    """
    rows = (
        select(Mark, ReadingMark)
        .join(ReadingMark, ReadingMark.answer_id == Mark.answer_id)
        .join(Answer, Answer.id == Mark.answer_id)
        .where(Answer.submission_id == submission_id, Mark.points != ReadingMark.points)
        .where(~_is_left_to_key())
        .order_by(Answer.id)
    )
    return {mark.answer_id: (mark, other) for mark, other in db.session.execute(rows)}


def _is_left_to_key() -> ColumnElement[bool]:
    """Whether both leave an answer to a key: the ``ReadingMark`` agreed to one, and one gave the ``Mark``."""
    return ReadingMark.is_left_to_key.is_(True) & (Mark.source != MarkSource.TEACHER)


def _may_be_asked(person_id: SQLColumnExpression[int]) -> ColumnElement[bool]:
    """Whether a person gave the ``Assignment`` beside it, or teaches its subject in a school that has it."""
    schools = (
        select(SchoolClass.school_id)
        .join(AssignmentTarget, AssignmentTarget.class_id == SchoolClass.id)
        .where(AssignmentTarget.assignment_id == Assignment.id)
        .correlate(Assignment)
    )
    teaches = (
        select(Enrolment.person_id)
        .join(SchoolClass, SchoolClass.id == Enrolment.class_id)
        .where(Enrolment.person_id == person_id)
        .where(Enrolment.role == Role.TEACHER, Enrolment.ends_on.is_(None))
        .where(Enrolment.subject_code == _subject_code(), SchoolClass.school_id.in_(schools))
        .correlate(Assignment, Person)
        .exists()
    )
    return or_(teaches, Assignment.teacher_id == person_id)


def _subject_code() -> Any:  # noqa: ANN401 -- a subquery
    """The code of the subject of the ``Assignment`` beside it."""
    return (
        select(Subject.code)
        .where(Subject.id == Assignment.subject_id)
        .correlate(Assignment)
        .scalar_subquery()
    )


def is_among(found: Select[Any]) -> ColumnElement[bool]:
    """Whether a submission is one of those that are *found*."""
    return Submission.id.in_(found.with_only_columns(Submission.id).order_by(None))
