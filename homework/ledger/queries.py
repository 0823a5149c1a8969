"""The ledger as a hat may read it."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median

from sqlalchemy import ColumnElement, Select, false, func, select

from accounts.classes.models import Enrolment, SchoolClass
from accounts.classes.queries import students_visible_to
from accounts.duties.queries import grades_headed_by
from accounts.organisations.models import Organisation, OrganisationKind
from accounts.organisations.queries import schools_under
from accounts.people.models import Hat, Person, Role
from core.database import db
from homework.assignments import queries as assignments
from homework.assignments.models import Assignment, AssignmentTarget
from homework.ledger.week import ClassWeek, Line, days_of_week, weeks
from homework.load.models import Excess, LoadEntry
from homework.load.queries import school_caps
from homework.submissions.models import Answer, Submission
from learning.attempts.models import Attempt
from library.curriculum.models import Subject

ENOUGH_PUPILS = 5
"""Of so many the time must be known before a median is told: it then says nothing about one of them."""
MEASURED_FOR = timedelta(days=14)
"""So long after the due time late work still changes what is told."""


@dataclass(frozen=True, slots=True)
class Explained:
    """Why a class got more than allowed, and of which work that is said."""

    excess: Excess
    assignment: Assignment
    school_class: SchoolClass
    subject: Subject
    teacher: Person


def classes_for(hat: Hat, school_id: int | None = None) -> Select[SchoolClass]:
    """The classes whose ledger the hat may read, by grade and name.

    Pupils and guardians read their own class's; who works at a school, all of the school's; districts and
    the city those of their schools, one school (*school_id*) at a time.
    """
    classes = select(SchoolClass).order_by(SchoolClass.grade, SchoolClass.name, SchoolClass.id)
    match hat.role:
        case Role.STUDENT | Role.GUARDIAN:
            learners = students_visible_to(hat).with_only_columns(Person.id)
            return classes.where(
                SchoolClass.id.in_(
                    select(Enrolment.class_id).where(
                        Enrolment.person_id.in_(learners),
                        Enrolment.role == Role.STUDENT,
                        Enrolment.ends_on.is_(None),
                    )
                )
            )
        case Role.TEACHER:
            return classes.where(SchoolClass.school_id == hat.organisation_id)
        case Role.ADMINISTRATOR:
            own = classes.where(SchoolClass.school_id.in_(schools_under(hat.organisation)))
            return own if school_id is None else own.where(SchoolClass.school_id == school_id)


def needs_a_school(hat: Hat) -> bool:
    """Whether the hat reads many schools, and so one at a time."""
    return hat.is_administrator and hat.organisation.kind is not OrganisationKind.SCHOOL


def schools_for(hat: Hat) -> Select[Organisation]:
    """The schools of a district or of the city, by name."""
    return (
        select(Organisation)
        .where(Organisation.id.in_(schools_under(hat.organisation)))
        .order_by(Organisation.name, Organisation.id)
    )


def weeks_of(hat: Hat, classes: Sequence[SchoolClass], monday: date, now: datetime) -> list[ClassWeek]:
    """The week of each of the classes, in three queries."""
    days = days_of_week(monday)
    ids = [one.id for one in classes]
    found = weeks(classes, monday, _lines(hat, ids, days, now), school_caps(classes))
    if hat.is_teacher or hat.is_administrator:
        reasons = select(Excess).where(
            Excess.class_id.in_(ids), Excess.day.between(days[0], days[-1]), _is_given()
        )
        by_class = {one.school_class.id: one for one in found}
        for one in db.session.scalars(reasons.order_by(Excess.id)):
            by_class[one.class_id].reasons[one.day].append(one.reason)
    return found


def excesses_for(hat: Hat) -> Select[Excess]:
    """What the head of a grade, or the head of the school, answers for."""
    classes = select(SchoolClass.id).where(SchoolClass.school_id == hat.organisation_id)
    match hat.role:
        case Role.TEACHER:
            classes = classes.where(SchoolClass.grade.in_(grades_headed_by(hat)))
        case Role.ADMINISTRATOR:
            pass
        case _:
            return select(Excess).where(false())
    return select(Excess).where(Excess.class_id.in_(classes), _is_given())


def unseen_by(hat: Hat) -> Select[int]:
    """How many of them nobody has read yet."""
    unseen = excesses_for(hat).where(Excess.seen_at.is_(None)).with_only_columns(Excess.id).subquery()
    return select(func.count()).select_from(unseen)


def explained(excesses: Sequence[Excess]) -> list[Explained]:
    """The same with what they are about, in one query."""
    rows = {
        (assignment.id, school_class.id): (assignment, school_class, subject, teacher)
        for assignment, school_class, subject, teacher in db.session.execute(
            select(Assignment, SchoolClass, Subject, Person)
            .join(AssignmentTarget, AssignmentTarget.assignment_id == Assignment.id)
            .join(SchoolClass, SchoolClass.id == AssignmentTarget.class_id)
            .join(Subject, Subject.id == Assignment.subject_id)
            .join(Person, Person.id == Assignment.teacher_id)
            .where(
                Assignment.id.in_([one.assignment_id for one in excesses]),
                SchoolClass.id.in_([one.class_id for one in excesses]),
            )
        )
    }
    return [
        Explained(one, *rows[one.assignment_id, one.class_id])
        for one in excesses
        if (one.assignment_id, one.class_id) in rows
    ]


def to_measure(now: datetime) -> Select[int]:
    """Ids of the assignments whose time is over, but not long ago."""
    return (
        select(Assignment.id)
        .where(
            Assignment.withdrawn_at.is_(None), Assignment.due_at < now, Assignment.due_at > now - MEASURED_FOR
        )
        .order_by(Assignment.id)
    )


def medians_of(assignment_id: int) -> dict[int, tuple[float, int]]:
    """By class: the median of what pupils took, in minutes, and of how many, whose every answer is timed."""
    took = (
        select(Submission.student_id, func.sum(Attempt.seconds).label("seconds"))
        .join(Answer, Answer.submission_id == Submission.id)
        .join(Attempt, Attempt.id == Answer.attempt_id)
        .where(Submission.assignment_id == assignment_id, Submission.is_counted)
        .group_by(Submission.student_id)
        .having(func.count(Attempt.seconds) == func.count(Attempt.id))
        .subquery()
    )
    rows = db.session.execute(
        select(AssignmentTarget.class_id, took.c.seconds)
        .join(Enrolment, Enrolment.class_id == AssignmentTarget.class_id)
        .join(took, took.c.student_id == Enrolment.person_id)
        .where(AssignmentTarget.assignment_id == assignment_id, assignments.reaches())
    )
    seconds: dict[int, list[float]] = defaultdict(list)
    for class_id, taken in rows:
        seconds[class_id].append(float(taken))
    return {
        class_id: (round(median(taken) / 60, 1), len(taken))
        for class_id, taken in seconds.items()
        if len(taken) >= ENOUGH_PUPILS
    }


def _lines(hat: Hat, class_ids: Collection[int], days: list[date], now: datetime) -> list[Line]:
    rows = db.session.execute(
        select(LoadEntry, Assignment.title, Assignment.opens_at, Subject, AssignmentTarget.is_whole)
        .join(Assignment, Assignment.id == LoadEntry.assignment_id)
        .join(Subject, Subject.id == LoadEntry.subject_id)
        .join(
            AssignmentTarget,
            (AssignmentTarget.assignment_id == LoadEntry.assignment_id)
            & (AssignmentTarget.class_id == LoadEntry.class_id),
        )
        .where(LoadEntry.class_id.in_(class_ids), LoadEntry.day.between(days[0], days[-1]))
        .order_by(LoadEntry.class_id, LoadEntry.day, Subject.position, LoadEntry.id)
    )
    is_staff = hat.is_teacher or hat.is_administrator
    return [
        Line(
            entry.assignment_id,
            # What pupils do not see yet counts already, but its title stays with the teachers.
            title if is_staff or opens_at <= now else "",
            entry.class_id,
            subject,
            entry.day,
            entry.minutes,
            entry.is_written,
            is_whole,
            entry.actual_minutes,
            entry.actual_pupils,
        )
        for entry, title, opens_at, subject, is_whole in rows
    ]


def _is_given() -> ColumnElement[bool]:
    """Whether what an excess is about still counts: it is not withdrawn."""
    return (
        select(LoadEntry.id)
        .where(LoadEntry.assignment_id == Excess.assignment_id, LoadEntry.class_id == Excess.class_id)
        .exists()
    )
