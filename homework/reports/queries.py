"""Of whom and of what the hat reads reports."""

from sqlalchemy import Select, case, select
from sqlalchemy.orm import joinedload

from accounts.classes.models import SchoolClass
from accounts.classes.queries import students_visible_to
from accounts.classes.queries import visible_to as classes_visible_to
from accounts.people.models import Hat, Person
from homework.assignments import queries as assignments
from homework.assignments.models import Assignment, AssignmentTarget
from homework.submissions import queries as submissions
from homework.submissions.models import Submission


def work_visible_to(hat: Hat) -> Select[Assignment]:
    """The work of which the teacher reads reports."""
    return assignments.taught_by(hat)


def returned_work_of(student_id: int, subject_id: int | None = None) -> Select[Assignment]:
    """The work that came back to the pupil marked."""
    returned = select(Submission.assignment_id).where(
        Submission.student_id == student_id, Submission.returned_at.is_not(None), submissions.counts()
    )
    work = select(Assignment).where(Assignment.id.in_(returned)).options(joinedload(Assignment.subject))
    return work if subject_id is None else work.where(Assignment.subject_id == subject_id)


def pupils_visible_to(hat: Hat) -> Select[Person]:
    """Of whom the hat may read a report."""
    return students_visible_to(hat)


def work_to_report_on(hat: Hat, student_id: int, subject_id: int | None = None) -> Select[Assignment]:
    """The pupil's returned work, for a teacher only that which he may read."""
    work = returned_work_of(student_id, subject_id)
    if hat.is_teacher:
        readable = submissions.visible_to(hat).where(Submission.student_id == student_id)
        work = work.where(Assignment.id.in_(readable.with_only_columns(Submission.assignment_id)))
    return work


def classes_to_report_on(hat: Hat) -> Select[SchoolClass]:
    """The classes of which the hat reads a report."""
    return classes_visible_to(hat)


def classes_with_work_first(hat: Hat) -> Select[SchoolClass]:
    """The same, those that got work before the others."""
    has_work = (
        select(AssignmentTarget.class_id)
        .join(Assignment, Assignment.id == AssignmentTarget.assignment_id)
        .where(AssignmentTarget.class_id == SchoolClass.id, Assignment.withdrawn_at.is_(None))
        .correlate(SchoolClass)
        .exists()
    )
    return classes_to_report_on(hat).order_by(
        case((has_work, 0), else_=1), SchoolClass.grade, SchoolClass.name
    )


def work_of_class(hat: Hat, class_id: int) -> Select[Assignment]:
    """The work that a class got: of a teacher what he gave or teaches, of a school all."""
    given = select(AssignmentTarget.assignment_id).where(AssignmentTarget.class_id == class_id)
    work = select(Assignment).where(Assignment.id.in_(given), Assignment.withdrawn_at.is_(None))
    if hat.is_teacher:
        work = work.where(Assignment.id.in_(assignments.taught_by(hat).with_only_columns(Assignment.id)))
    return work.options(joinedload(Assignment.subject), joinedload(Assignment.teacher))
