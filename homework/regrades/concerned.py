"""Whom a regrade concerns."""

from sqlalchemy import Select, null, or_, select, union

from accounts.classes.models import Enrolment
from accounts.people.models import Role
from homework.assignments.models import Assignment, AssignmentItem, AssignmentTarget
from homework.assignments.queries import giver_teaches_it
from homework.marking.models import Mark
from homework.regrades.models import RegradeChange, RegradeQuestion
from homework.submissions import queries as submissions
from homework.submissions.models import Answer, Submission
from learning.attempts.models import Attempt
from library.curriculum.models import Subject


def people_of(regrade_id: int) -> Select[int]:
    """Whose answers a regrade judged anew."""
    return (
        select(Attempt.person_id)
        .join(RegradeChange, RegradeChange.attempt_id == Attempt.id)
        .where(RegradeChange.regrade_id == regrade_id)
        .distinct()
        .order_by(Attempt.person_id)
    )


def concerned(regrade_id: int) -> Select[int, int, int, float | None, float | None]:
    """Rows (pupil, assignment, question's place, points before, points now) of hand-ins that count."""
    return (
        select(
            Submission.student_id,
            Submission.assignment_id,
            AssignmentItem.position,
            RegradeChange.earlier_points,
            RegradeChange.points,
        )
        .join(Answer, Answer.id == RegradeChange.answer_id)
        .join(Submission, Submission.id == Answer.submission_id)
        .join(AssignmentItem, AssignmentItem.id == Answer.assignment_item_id)
        .where(
            RegradeChange.regrade_id == regrade_id, submissions.counts(), Submission.returned_at.is_not(None)
        )
        .where(or_(RegradeChange.marks, AssignmentItem.is_dropped))
        .order_by(Submission.student_id)
    )


def concerned_by_drop(regrade_id: int) -> Select[int, int, int, float | None, None]:
    """The same for questions that were dropped: whoever answered them has another total."""
    return (
        select(
            Submission.student_id,
            Submission.assignment_id,
            AssignmentItem.position,
            Mark.points,
            null(),
        )
        .join(Answer, Answer.submission_id == Submission.id)
        .join(Mark, Mark.answer_id == Answer.id)
        .join(AssignmentItem, AssignmentItem.id == Answer.assignment_item_id)
        .join(RegradeQuestion, RegradeQuestion.assignment_item_id == AssignmentItem.id)
        .where(
            RegradeQuestion.regrade_id == regrade_id,
            submissions.counts(),
            Submission.returned_at.is_not(None),
        )
        .order_by(Submission.student_id)
    )


def teachers_of(regrade_id: int) -> Select[int, int]:
    """Rows (assignment, teacher) of those who teach the subject of the work in its classes now.

    Who gave it is told also where she teaches something else there; no more, once she has left its classes.
    """
    touched = (
        select(AssignmentItem.assignment_id)
        .join(RegradeQuestion, RegradeQuestion.assignment_item_id == AssignmentItem.id)
        .where(RegradeQuestion.regrade_id == regrade_id)
    )
    givers = select(Assignment.id, Assignment.teacher_id).where(
        Assignment.id.in_(touched), giver_teaches_it()
    )
    colleagues = (
        select(AssignmentTarget.assignment_id, Enrolment.person_id)
        .join(Enrolment, Enrolment.class_id == AssignmentTarget.class_id)
        .join(Assignment, Assignment.id == AssignmentTarget.assignment_id)
        .join(Subject, Subject.id == Assignment.subject_id)
        .where(
            AssignmentTarget.assignment_id.in_(touched),
            Enrolment.role == Role.TEACHER,
            Enrolment.ends_on.is_(None),
            Enrolment.subject_code == Subject.code,
        )
    )
    rows = union(givers, colleagues).subquery()
    return select(rows.c[0], rows.c[1])
