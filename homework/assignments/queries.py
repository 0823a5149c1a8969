"""Assignments as a hat may see them, and what they ask for."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, Select, exists, false, func, or_, select
from sqlalchemy.orm import joinedload

from accounts.classes.models import Enrolment, SchoolClass
from accounts.classes.queries import class_ids_of, students_visible_to
from accounts.organisations.models import OrganisationKind
from accounts.people.models import Hat, Person, Role
from core.clock import start_of_day
from core.database import db
from core.i18n import localized
from homework.assignments.models import Assignment, AssignmentItem, AssignmentTarget
from homework.load.limits import DayLoad
from library.curriculum.models import Subject


def by_client_key(client_key: str) -> Select[Assignment]:
    """The assignment that was made with this form."""
    return select(Assignment).where(Assignment.client_key == client_key)


def turn_of(person_id: int) -> Select[int]:
    """The person's row, held until the transaction ends: her own writes queue behind each other.

    SQLite has one writer at a time anyway, and ignores the lock.
    """
    return select(Person.id).where(Person.id == person_id).with_for_update(key_share=True)


def given_to(student_ids: Select[int] | list[int], now: datetime) -> Select[Assignment]:
    """What the pupils were given through a class they are in now, once it is open, unless withdrawn."""
    classes = select(Enrolment.class_id).where(
        Enrolment.person_id.in_(student_ids), Enrolment.role == Role.STUDENT, Enrolment.ends_on.is_(None)
    )
    targets = select(AssignmentTarget.assignment_id).where(AssignmentTarget.class_id.in_(classes))
    return select(Assignment).where(
        Assignment.id.in_(targets), Assignment.withdrawn_at.is_(None), Assignment.opens_at <= now
    )


def assigned_to(hat: Hat, now: datetime) -> Select[Assignment]:
    """What the pupil who wears *hat* was given."""
    return given_to([hat.person_id], now)


def open_for(student_id: int, now: datetime) -> Select[Assignment]:
    """What the pupil can still hand in, handed in already or not, the nearest due time first."""
    return (
        given_to([student_id], now)
        .where(Assignment.cut_off_at >= now)
        .order_by(Assignment.due_at, Assignment.id)
    )


def taught_by(hat: Hat) -> Select[Assignment]:
    """Work for the classes that the teacher teaches now: his own, and that of his subjects there."""
    return select(Assignment).where(
        exists()
        .where(AssignmentTarget.assignment_id == Assignment.id)
        .where(AssignmentTarget.class_id == Enrolment.class_id)
        .where(_teaches_now(hat))
        .where(or_(Assignment.teacher_id == hat.person_id, Enrolment.subject_code == _subject_code()))
    )


def visible_to(hat: Hat, now: datetime) -> Select[Assignment]:
    """The assignments that the hat may see: owed, her children's, taught, or given in her school."""
    match hat.role:
        case Role.STUDENT:
            return assigned_to(hat, now)
        case Role.GUARDIAN:
            return given_to(students_visible_to(hat).with_only_columns(Person.id), now)
        case Role.TEACHER:
            return taught_by(hat)
        case Role.ADMINISTRATOR if hat.organisation.kind is OrganisationKind.SCHOOL:
            return select(Assignment).where(
                exists()
                .where(AssignmentTarget.assignment_id == Assignment.id)
                .where(AssignmentTarget.class_id == SchoolClass.id)
                .where(SchoolClass.school_id == hat.organisation_id)
            )
        case _:
            return select(Assignment).where(false())


def questions_of(assignment_id: int) -> Select[AssignmentItem]:
    """The questions in order, with their wording."""
    return questions_in([assignment_id])


def questions_in(assignment_ids: Iterable[int]) -> Select[AssignmentItem]:
    """The questions of several assignments, each one's in order, with their wording."""
    return (
        select(AssignmentItem)
        .where(AssignmentItem.assignment_id.in_(assignment_ids))
        .order_by(AssignmentItem.assignment_id, AssignmentItem.position)
        .options(joinedload(AssignmentItem.item_version))
    )


def classes_of(hat: Hat) -> Select[SchoolClass]:
    """The classes to which the teacher may assign, by grade and name."""
    return (
        select(SchoolClass)
        .where(SchoolClass.id.in_(class_ids_of(hat)))
        .order_by(SchoolClass.grade, SchoolClass.name)
    )


def class_ids_targeted(assignment_id: int, hat: Hat) -> Select[int]:
    """Ids of the classes that got the assignment and that *hat* is concerned with."""
    targets = select(AssignmentTarget.class_id).where(AssignmentTarget.assignment_id == assignment_id)
    if hat.is_administrator:
        schools = select(SchoolClass.id).where(SchoolClass.school_id == hat.organisation_id)
        return targets.where(AssignmentTarget.class_id.in_(schools))
    return targets.where(AssignmentTarget.class_id.in_(class_ids_of(hat)))


def subjects_taught(hat: Hat) -> Select[Subject]:
    """The subjects that the teacher teaches; all of them for one who teaches none by name."""
    codes = select(Enrolment.subject_code).where(_teaches_now(hat), Enrolment.subject_code != "")
    return (
        select(Subject)
        .where(or_(Subject.code.in_(codes), ~exists(codes)))
        .order_by(Subject.position, Subject.id)
    )


def pupils_in(class_ids: Iterable[int]) -> Select[int, int]:
    """Rows (class id, number of pupils now); a class without pupils has no row."""
    return (
        select(Enrolment.class_id, func.count(Enrolment.person_id.distinct()))
        .where(Enrolment.class_id.in_(class_ids), Enrolment.role == Role.STUDENT, Enrolment.ends_on.is_(None))
        .group_by(Enrolment.class_id)
    )


def planned_minutes(class_ids: Iterable[int], day: date) -> Select[int, int, float]:
    """Rows (class id, subject id, minutes) of the homework due on the school day *day*."""
    return (
        select(AssignmentTarget.class_id, Assignment.subject_id, func.sum(Assignment.estimated_minutes))
        .join(Assignment, Assignment.id == AssignmentTarget.assignment_id)
        .where(
            AssignmentTarget.class_id.in_(class_ids),
            Assignment.withdrawn_at.is_(None),
            Assignment.due_at >= start_of_day(day),
            Assignment.due_at < start_of_day(day + timedelta(days=1)),
        )
        .group_by(AssignmentTarget.class_id, Assignment.subject_id)
    )


def loads(classes: Iterable[SchoolClass], day: date, added: float = 0.0) -> list[DayLoad]:
    """The day's homework of each class, with *added* minutes that are being planned."""
    known = list(classes)
    planned: dict[int, dict[int, float]] = {one.id: {} for one in known}
    for class_id, subject_id, minutes in db.session.execute(planned_minutes(list(planned), day)):
        planned[class_id][subject_id] = float(minutes)
    return [DayLoad(one.id, localized(one), one.grade, planned[one.id], added) for one in known]


def _teaches_now(hat: Hat) -> ColumnElement[bool]:
    return (
        (Enrolment.person_id == hat.person_id)
        & (Enrolment.role == Role.TEACHER)
        & Enrolment.ends_on.is_(None)
        & Enrolment.class_id.in_(select(SchoolClass.id).where(SchoolClass.school_id == hat.organisation_id))
    )


def _subject_code() -> ColumnElement[str]:
    return select(Subject.code).where(Subject.id == Assignment.subject_id).scalar_subquery()
