"""The rows that each coverage figure counts. A figure and its list are one select: counted, or shown."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, case, false, func, or_, select, true
from sqlalchemy.orm import joinedload

from accounts.classes.models import ClassKind, Enrolment, SchoolClass
from accounts.organisations.models import Organisation
from accounts.organisations.queries import schools_under
from accounts.people.models import Hat, Person, Role
from core.clock import start_of_day
from homework.assignments.models import Assignment, AssignmentTarget
from learning.classroom.models import TaughtLesson
from learning.records.models import DailyActivity
from library.resources.models import Resource, ReviewState
from spaces.indicators.coverage import DEEP_STUDENT_DAYS, DEEP_TEACHER_DAYS, Window

Rows = Select[*tuple[Any, ...]]
"""What yields rows with a column ``key``."""


class Counted(StrEnum):
    """What a figure counts: the fields of ``coverage.Counts``, and the resources that are everyone's."""

    STUDENTS = "students"
    STUDENTS_OPENED = "students_opened"
    STUDENTS_ACTIVE = "students_active"
    STUDENTS_DEEP = "students_deep"
    TEACHERS = "teachers"
    TEACHERS_OPENED = "teachers_opened"
    TEACHERS_ACTIVE = "teachers_active"
    TEACHERS_DEEP = "teachers_deep"
    CLASSES = "classes"
    CLASSES_WITH_RESOURCES = "classes_with_resources"
    TAUGHT_LESSONS = "taught_lessons"
    RESOURCES = "resources"
    SHARED_RESOURCES = "shared_resources"


STUDENT_SPACES = (
    Counted.STUDENTS,
    Counted.STUDENTS_OPENED,
    Counted.STUDENTS_ACTIVE,
    Counted.STUDENTS_DEEP,
)
TEACHER_SPACES = (
    Counted.TEACHERS,
    Counted.TEACHERS_OPENED,
    Counted.TEACHERS_ACTIVE,
    Counted.TEACHERS_DEEP,
)
"""All spaces of a role, and the three depths of their use (开通、活跃、深度)."""
SPACES: Mapping[Role, tuple[Counted, ...]] = {Role.STUDENT: STUDENT_SPACES, Role.TEACHER: TEACHER_SPACES}
CLASSES = (Counted.CLASSES, Counted.CLASSES_WITH_RESOURCES)
RESOURCES = (Counted.RESOURCES, Counted.SHARED_RESOURCES)
_DEEP_DAYS = {Role.STUDENT: DEEP_STUDENT_DAYS, Role.TEACHER: DEEP_TEACHER_DAYS}


@dataclass(frozen=True, slots=True)
class Scope:
    """Of what and when the rows are: an organisation or one class of it, in a window."""

    organisation: Organisation
    window: Window
    school_class: SchoolClass | None = None

    @property
    def schools(self) -> Select[int]:
        """Ids of the schools."""
        return schools_under(self.organisation)


def role_of(counted: Counted) -> Role | None:
    """Whose spaces a figure counts; None where it counts something else."""
    return next((role for role, depths in SPACES.items() if counted in depths), None)


def spaces_in(schools: Select[int], role: Role, window: Window) -> Subquery:
    """One row for each hat of *role*: whose it is, and on how many days something was done in the window."""
    days = _days(role, window)
    return (
        select(
            Hat.id.label("hat_id"),
            Hat.person_id,
            Hat.organisation_id.label("school_id"),
            Person.first_signed_in_at,
            func.coalesce(days.c.active, 0).label("active"),
            func.coalesce(days.c.worked, 0).label("worked"),
        )
        .join(Person, Person.id == Hat.person_id)
        .outerjoin(days, days.c.person_id == Hat.person_id)
        .where(Hat.role == role, Hat.ended_at.is_(None), Hat.organisation_id.in_(schools))
        .subquery("spaces")
    )


def members_in(schools: Select[int], role: Role) -> Subquery:
    """Rows (class, person) of who learns or teaches now, each once a class."""
    return (
        select(Enrolment.class_id, Enrolment.person_id)
        .join(SchoolClass, SchoolClass.id == Enrolment.class_id)
        .where(SchoolClass.school_id.in_(schools), Enrolment.role == role, Enrolment.ends_on.is_(None))
        .distinct()
        .subquery("members")
    )


def reaches(spaces: Subquery, counted: Counted) -> ColumnElement[bool]:
    """Whether a space is in use as deep as the figure asks."""
    role = role_of(counted)
    assert role is not None, counted
    tests = (
        true(),
        spaces.c.first_signed_in_at.is_not(None),
        spaces.c.active > 0,
        spaces.c.worked >= _DEEP_DAYS[role],
    )
    return tests[SPACES[role].index(counted)]


def people_of(scope: Scope, counted: Counted) -> Rows:
    """Rows (key, person, school, opened at, active days, days of work) behind a figure of spaces."""
    role = role_of(counted)
    assert role is not None, counted
    spaces = spaces_in(scope.schools, role, scope.window)
    people = (
        select(
            spaces.c.hat_id.label("key"),
            Person,
            Organisation.name.label("school"),
            Organisation.name_en.label("school_en"),
            spaces.c.first_signed_in_at,
            spaces.c.active,
            spaces.c.worked,
        )
        .join(Person, Person.id == spaces.c.person_id)
        .join(Organisation, Organisation.id == spaces.c.school_id)
        .where(reaches(spaces, counted))
    )
    if scope.school_class is not None:
        members = members_in(scope.schools, role)
        people = people.where(
            spaces.c.person_id.in_(
                select(members.c.person_id).where(members.c.class_id == scope.school_class.id)
            )
        )
    return people


def class_names_of(scope: Scope, role: Role, person_ids: list[int]) -> Select[int, SchoolClass]:
    """Rows (person id, class) of where these persons learn or teach now."""
    members = members_in(scope.schools, role)
    return (
        select(members.c.person_id, SchoolClass)
        .join(SchoolClass, SchoolClass.id == members.c.class_id)
        .where(members.c.person_id.in_(person_ids))
        .order_by(SchoolClass.grade, SchoolClass.name, SchoolClass.id)
    )


def classes_in(scope: Scope, counted: Counted) -> Rows:
    """Rows (key, class, taught lessons, homework given) of homeroom classes."""
    classes = select(
        SchoolClass.id.label("key"),
        SchoolClass,
        _taught_to_class(scope.window).label("taught"),
        _given_to_class(scope.window).label("given"),
    ).where(SchoolClass.school_id.in_(scope.schools), SchoolClass.kind == ClassKind.HOMEROOM)
    if counted is Counted.CLASSES_WITH_RESOURCES:
        classes = classes.where(uses_resources(scope.window))
    return _in_class(classes, scope, SchoolClass.id)


def taught_in(scope: Scope) -> Rows:
    """Rows (key, taught lesson, class, resource, teacher): the evidence behind the count."""
    taught = (
        select(
            TaughtLesson.id.label("key"),
            TaughtLesson.day.label("taught_on"),
            TaughtLesson,
            SchoolClass,
            Resource,
            Person,
        )
        .join(SchoolClass, SchoolClass.id == TaughtLesson.class_id)
        .join(Resource, Resource.id == TaughtLesson.resource_id)
        .join(Person, Person.id == TaughtLesson.teacher_id)
        .where(
            SchoolClass.school_id.in_(scope.schools),
            TaughtLesson.day.between(scope.window.first, scope.window.last),
        )
    )
    return _in_class(taught, scope, TaughtLesson.class_id)


def resources_in(scope: Scope, counted: Counted) -> Rows:
    """Rows (key, resource, school) of published resources: a school's own, or those that are everyone's."""
    resources = (
        select(Resource.id.label("key"), Resource, Organisation)
        .outerjoin(Organisation, Organisation.id == Resource.organisation_id)
        .options(joinedload(Resource.subject))
        .where(is_published())
    )
    if counted is Counted.SHARED_RESOURCES:
        return resources.where(Resource.organisation_id.is_(None))
    if scope.school_class is not None:
        return resources.where(false())  # a collection is the school's, not a class's
    return resources.where(Resource.organisation_id.in_(scope.schools))


def rows_of(scope: Scope, counted: Counted) -> Rows:
    """The rows behind a figure, each with its ``key``."""
    if counted in CLASSES:
        return classes_in(scope, counted)
    if counted in RESOURCES:
        return resources_in(scope, counted)
    if counted is Counted.TAUGHT_LESSONS:
        return taught_in(scope)
    return people_of(scope, counted)


def order_of(counted: Counted) -> tuple[tuple[str, ...], bool]:
    """By which columns the rows are paged, and whether what came last stands first.

    People and classes stand in the order of the roster.
    """
    if counted is Counted.TAUGHT_LESSONS:
        return ("taught_on", "key"), True
    return ("key",), counted in RESOURCES


def uses_resources(window: Window) -> ColumnElement[bool]:
    """Whether a lesson was taught to the class with a resource, or homework was given to it."""
    return or_(_taught_to_class(window) > 0, _given_to_class(window) > 0)


def is_published() -> ColumnElement[bool]:
    """Whether the resource can be found."""
    return Resource.review_state == ReviewState.PUBLISHED


def _in_class(rows: Rows, scope: Scope, class_id: ColumnElement[int] | Any) -> Rows:  # noqa: ANN401 -- an attribute of a model
    return rows if scope.school_class is None else rows.where(class_id == scope.school_class.id)


def _taught_to_class(window: Window) -> ColumnElement[int]:
    return (
        select(func.count(TaughtLesson.id))
        .where(TaughtLesson.class_id == SchoolClass.id, TaughtLesson.day.between(window.first, window.last))
        .scalar_subquery()
    )


def _given_to_class(window: Window) -> ColumnElement[int]:
    return (
        select(func.count(Assignment.id))
        .join(AssignmentTarget, AssignmentTarget.assignment_id == Assignment.id)
        .where(
            AssignmentTarget.class_id == SchoolClass.id,
            Assignment.withdrawn_at.is_(None),
            Assignment.opens_at >= start_of_day(window.first),
            Assignment.opens_at < start_of_day(window.last + timedelta(days=1)),
        )
        .scalar_subquery()
    )


def _days(role: Role, window: Window) -> Subquery:
    """On how many days each person did something of the role's work in the window."""
    day = DailyActivity
    if role is Role.STUDENT:
        did = (day.watched_seconds > 0) | (day.answers > 0) | (day.handed_in > 0)
    else:
        did = (day.taught > 0) | (day.assigned > 0) | (day.marked > 0)
    something = did | (day.opened > 0)
    return (
        select(
            day.person_id,
            func.sum(case((something, 1), else_=0)).label("active"),
            func.sum(case((did, 1), else_=0)).label("worked"),
        )
        .where(day.day.between(window.first, window.last))
        .group_by(day.person_id)
        .subquery("days")
    )
