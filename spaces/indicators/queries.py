"""One source for every coverage figure: the page, the CSV, the API and the snapshots all read it."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, case, func, literal, or_, select

from accounts.classes.models import ClassKind, Enrolment, SchoolClass
from accounts.organisations.models import Organisation, OrganisationKind
from accounts.organisations.queries import schools_under
from accounts.people.models import Hat, Person, Role
from core.clock import start_of_day
from core.database import db
from homework.assignments.models import Assignment, AssignmentTarget
from learning.classroom.models import TaughtLesson
from learning.records.models import DailyActivity
from library.resources.models import Resource, ReviewState
from spaces.indicators.coverage import (
    DEEP_STUDENT_DAYS,
    DEEP_TEACHER_DAYS,
    Counts,
    Window,
    total,
)
from spaces.indicators.models import CoverageSnapshot, Figure


@dataclass(frozen=True, slots=True)
class Unit:
    """One row of a report: a district, a school or a class, with its counts."""

    kind: str
    """``city``, ``district``, ``school`` or ``class``."""
    id: int
    name: str
    name_en: str
    counts: Counts


@dataclass(frozen=True, slots=True)
class Report:
    """The figures of an organisation in a window, and of each unit below it."""

    organisation: Organisation
    window: Window
    whole: Counts
    parts: tuple[Unit, ...]
    shared_resources: int
    """Published resources that stand in no school's own collection: everyone's."""


def organisations_visible_to(hat: Hat) -> Select[Organisation]:
    """An administrator's organisation and those below it."""
    own = hat.organisation_id
    districts = select(Organisation.id).where(Organisation.parent_id == own)
    return select(Organisation).where(
        or_(Organisation.id == own, Organisation.parent_id == own, Organisation.parent_id.in_(districts))
    )


def report(organisation: Organisation, last: date) -> Report:
    """The figures of *organisation* in the four weeks up to *last*; the same number of statements for any."""
    window = Window.ending_on(last)
    by_school = _counts_by_school(schools_under(organisation), window)
    shared = db.session.scalar(
        select(func.count()).select_from(Resource).where(_published(), Resource.organisation_id.is_(None))
    )
    whole = total(by_school.values())
    parts = _parts(organisation, by_school, window)
    return Report(organisation, window, whole, parts, shared or 0)


def taught_in(organisation: Organisation, window: Window) -> Select[TaughtLesson, SchoolClass, Resource]:
    """Rows (taught lesson, class, resource): the evidence behind the count, the newest first."""
    return (
        select(TaughtLesson, SchoolClass, Resource)
        .join(SchoolClass, SchoolClass.id == TaughtLesson.class_id)
        .join(Resource, Resource.id == TaughtLesson.resource_id)
        .where(
            SchoolClass.school_id.in_(schools_under(organisation)),
            TaughtLesson.day.between(window.first, window.last),
        )
        .order_by(TaughtLesson.day.desc(), TaughtLesson.id.desc())
    )


def snapshots(organisation_id: int, figure: Figure, first: date, last: date) -> Select[CoverageSnapshot]:
    """One figure of an organisation, frozen day by day between the two."""
    return (
        select(CoverageSnapshot)
        .where(
            CoverageSnapshot.organisation_id == organisation_id,
            CoverageSnapshot.figure == figure,
            CoverageSnapshot.day.between(first, last),
        )
        .order_by(CoverageSnapshot.day)
    )


def _parts(organisation: Organisation, by_school: dict[int, Counts], window: Window) -> tuple[Unit, ...]:
    match organisation.kind:
        case OrganisationKind.SCHOOL:
            return _class_units(organisation.id, window)
        case OrganisationKind.DISTRICT:
            return _organisation_units(organisation.id, by_school)
        case OrganisationKind.CITY:
            return _district_units(organisation.id, by_school)


def _organisation_units(parent_id: int, by_school: dict[int, Counts]) -> tuple[Unit, ...]:
    below = db.session.scalars(
        select(Organisation).where(Organisation.parent_id == parent_id).order_by(Organisation.code)
    )
    return tuple(
        Unit(one.kind.value, one.id, one.name, one.name_en, by_school.get(one.id, Counts())) for one in below
    )


def _district_units(city_id: int, by_school: dict[int, Counts]) -> tuple[Unit, ...]:
    rows = db.session.execute(
        select(Organisation.id, Organisation.parent_id).where(Organisation.id.in_(by_school))
    )
    district_of = {row.id: row.parent_id for row in rows}
    by_district: dict[int, list[Counts]] = {}
    for school_id, counts in by_school.items():
        by_district.setdefault(district_of[school_id] or 0, []).append(counts)
    return _organisation_units(city_id, {one: total(counts) for one, counts in by_district.items()})


def _counts_by_school(school_ids: Select[int], window: Window) -> dict[int, Counts]:
    values: dict[int, dict[str, int]] = {one: {} for one in db.session.scalars(school_ids)}
    for role, prefix, deep in (
        (Role.STUDENT, "students", DEEP_STUDENT_DAYS),
        (Role.TEACHER, "teachers", DEEP_TEACHER_DAYS),
    ):
        days = _days(role, window)
        people = (
            select(Hat.organisation_id, *_space_columns(days, deep))
            .join(Person, Person.id == Hat.person_id)
            .outerjoin(days, days.c.person_id == Hat.person_id)
            .where(Hat.role == role, Hat.ended_at.is_(None), Hat.organisation_id.in_(school_ids))
            .group_by(Hat.organisation_id)
        )
        for school_id, *counted in db.session.execute(people):
            values[school_id] |= _named(prefix, counted)
    classes = (
        select(
            SchoolClass.school_id,
            func.count(SchoolClass.id),
            func.sum(case((_uses_resources(window), 1), else_=0)),
        )
        .where(SchoolClass.school_id.in_(school_ids), SchoolClass.kind == ClassKind.HOMEROOM)
        .group_by(SchoolClass.school_id)
    )
    for school_id, count, using in db.session.execute(classes):
        values[school_id] |= {"classes": count, "classes_with_resources": int(using)}
    taught = (
        select(SchoolClass.school_id, func.count(TaughtLesson.id))
        .join(SchoolClass, SchoolClass.id == TaughtLesson.class_id)
        .where(SchoolClass.school_id.in_(school_ids), TaughtLesson.day.between(window.first, window.last))
        .group_by(SchoolClass.school_id)
    )
    for school_id, count in db.session.execute(taught):
        values[school_id]["taught_lessons"] = count
    own = (
        select(Resource.organisation_id, func.count(Resource.id))
        .where(_published(), Resource.organisation_id.in_(school_ids))
        .group_by(Resource.organisation_id)
    )
    for school_id, count in db.session.execute(own):
        values[school_id or 0]["resources"] = count
    return {school_id: Counts(**counts) for school_id, counts in values.items()}


def _class_units(school_id: int, window: Window) -> tuple[Unit, ...]:
    classes = list(
        db.session.execute(
            select(SchoolClass, _uses_resources(window))
            .where(SchoolClass.school_id == school_id, SchoolClass.kind == ClassKind.HOMEROOM)
            .order_by(SchoolClass.grade, SchoolClass.name, SchoolClass.id)
        )
    )
    values: dict[int, dict[str, int]] = {
        one.id: {"classes": 1, "classes_with_resources": int(bool(uses))} for one, uses in classes
    }
    for role, prefix, deep in (
        (Role.STUDENT, "students", DEEP_STUDENT_DAYS),
        (Role.TEACHER, "teachers", DEEP_TEACHER_DAYS),
    ):
        members = (
            select(Enrolment.class_id, Enrolment.person_id)
            .join(SchoolClass, SchoolClass.id == Enrolment.class_id)
            .where(SchoolClass.school_id == school_id, Enrolment.role == role, Enrolment.ends_on.is_(None))
            .distinct()
            .subquery()
        )
        days = _days(role, window)
        people = (
            select(members.c.class_id, *_space_columns(days, deep))
            .join(Person, Person.id == members.c.person_id)
            .outerjoin(days, days.c.person_id == members.c.person_id)
            .group_by(members.c.class_id)
        )
        for class_id, *counted in db.session.execute(people):
            if class_id in values:
                values[class_id] |= _named(prefix, counted)
    taught = (
        select(TaughtLesson.class_id, func.count(TaughtLesson.id))
        .join(SchoolClass, SchoolClass.id == TaughtLesson.class_id)
        .where(SchoolClass.school_id == school_id, TaughtLesson.day.between(window.first, window.last))
        .group_by(TaughtLesson.class_id)
    )
    for class_id, count in db.session.execute(taught):
        if class_id in values:
            values[class_id]["taught_lessons"] = count
    return tuple(Unit("class", one.id, one.name, one.name_en, Counts(**values[one.id])) for one, _ in classes)


def _days(role: Role, window: Window) -> Subquery:
    """On how many days each person did something of the role's work in the window."""
    day = DailyActivity
    if role is Role.STUDENT:
        did = (day.watched_seconds > 0) | (day.answers > 0) | (day.handed_in > 0)
        something = did | (day.opened > 0)
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
        .subquery()
    )


def _space_columns(days: Subquery, deep: int) -> list[ColumnElement[Any]]:
    return [
        func.count(),
        func.sum(case((Person.first_signed_in_at.is_not(None), 1), else_=0)),
        func.sum(case((days.c.active > 0, 1), else_=0)),
        func.sum(case((days.c.worked >= deep, 1), else_=0)),
    ]


def _named(prefix: str, counted: list[int]) -> dict[str, int]:
    names = (prefix, f"{prefix}_opened", f"{prefix}_active", f"{prefix}_deep")
    return {name: int(count or 0) for name, count in zip(names, counted, strict=True)}


def _uses_resources(window: Window) -> ColumnElement[bool]:
    taught = (
        select(literal(1))
        .where(TaughtLesson.class_id == SchoolClass.id, TaughtLesson.day.between(window.first, window.last))
        .exists()
    )
    given = (
        select(literal(1))
        .select_from(AssignmentTarget)
        .join(Assignment, Assignment.id == AssignmentTarget.assignment_id)
        .where(
            AssignmentTarget.class_id == SchoolClass.id,
            Assignment.withdrawn_at.is_(None),
            Assignment.opens_at >= start_of_day(window.first),
            Assignment.opens_at < start_of_day(window.last + timedelta(days=1)),
        )
        .exists()
    )
    return or_(taught, given)


def _published() -> ColumnElement[bool]:
    return Resource.review_state == ReviewState.PUBLISHED
