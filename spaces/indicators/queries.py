"""One source for every coverage figure: the page, the CSV, the API and the snapshots all read it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, case, func, or_, select

from accounts.classes.models import ClassKind, SchoolClass
from accounts.organisations.models import Organisation, OrganisationKind
from accounts.organisations.queries import schools_under
from accounts.people.models import Hat
from core.database import db
from learning.classroom.models import TaughtLesson
from library.resources.models import Resource
from spaces.indicators.coverage import Counts, Window, total
from spaces.indicators.models import CoverageSnapshot, Figure
from spaces.indicators.rows import (
    SPACES,
    Counted,
    is_published,
    members_in,
    reaches,
    spaces_in,
    uses_resources,
)


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

    def counts_of(self, school_class: SchoolClass | None) -> Counts:
        """The counts of one of the classes, or of the whole."""
        if school_class is None:
            return self.whole
        return next(part.counts for part in self.parts if part.id == school_class.id)

    def figure(self, counted: Counted, school_class: SchoolClass | None = None) -> int:
        """One figure of the whole, or of one of the classes."""
        if counted is Counted.SHARED_RESOURCES:
            return self.shared_resources
        figure: int = getattr(self.counts_of(school_class), counted.value)
        return figure


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
        select(func.count()).select_from(Resource).where(is_published(), Resource.organisation_id.is_(None))
    )
    whole = total(by_school.values())
    parts = _parts(organisation, by_school, window)
    return Report(organisation, window, whole, parts, shared or 0)


def classes_visible_to(hat: Hat) -> Select[SchoolClass]:
    """The homeroom classes of an administrator's organisation and of those below it."""
    visible = organisations_visible_to(hat).with_only_columns(Organisation.id)
    return select(SchoolClass).where(
        SchoolClass.school_id.in_(visible), SchoolClass.kind == ClassKind.HOMEROOM
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
    for role, depths in SPACES.items():
        spaces = spaces_in(school_ids, role, window)
        people = select(spaces.c.school_id, *_space_columns(spaces, depths)).group_by(spaces.c.school_id)
        for school_id, *counted in db.session.execute(people):
            values[school_id] |= _named(depths, counted)
    classes = (
        select(
            SchoolClass.school_id,
            func.count(SchoolClass.id),
            func.sum(case((uses_resources(window), 1), else_=0)),
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
        .where(is_published(), Resource.organisation_id.in_(school_ids))
        .group_by(Resource.organisation_id)
    )
    for school_id, count in db.session.execute(own):
        values[school_id or 0]["resources"] = count
    return {school_id: Counts(**counts) for school_id, counts in values.items()}


def _class_units(school_id: int, window: Window) -> tuple[Unit, ...]:
    classes = list(
        db.session.execute(
            select(SchoolClass, uses_resources(window))
            .where(SchoolClass.school_id == school_id, SchoolClass.kind == ClassKind.HOMEROOM)
            .order_by(SchoolClass.grade, SchoolClass.name, SchoolClass.id)
        )
    )
    values: dict[int, dict[str, int]] = {
        one.id: {"classes": 1, "classes_with_resources": int(bool(uses))} for one, uses in classes
    }
    own_school = select(Organisation.id).where(Organisation.id == school_id)
    for role, depths in SPACES.items():
        members, spaces = members_in(own_school, role), spaces_in(own_school, role, window)
        people = (
            select(members.c.class_id, *_space_columns(spaces, depths))
            .join(spaces, spaces.c.person_id == members.c.person_id)
            .group_by(members.c.class_id)
        )
        for class_id, *counted in db.session.execute(people):
            if class_id in values:
                values[class_id] |= _named(depths, counted)
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


def _space_columns(spaces: Subquery, depths: tuple[Counted, ...]) -> list[ColumnElement[Any]]:
    return [func.sum(case((reaches(spaces, one), 1), else_=0)) for one in depths]


def _named(depths: tuple[Counted, ...], counted: list[int]) -> dict[str, int]:
    return {name.value: int(count or 0) for name, count in zip(depths, counted, strict=True)}
