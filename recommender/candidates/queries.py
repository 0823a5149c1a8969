"""Rows that candidates are made of."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import aliased

from accounts.classes.models import ClassKind, Enrolment, SchoolClass
from accounts.people.models import Hat, Role
from core.database import db
from homework.assignments import queries as assignments
from homework.assignments.models import Assignment, AssignmentTarget
from learning.attempts.models import Attempt, AttemptContext
from learning.classroom.models import TaughtLesson
from learning.lessons.models import MicroLesson
from learning.playback.models import Registration
from learning.records.models import Statement
from library.curriculum.models import KnowledgePoint, Prerequisite, Unit
from library.items.models import ItemPoint
from library.media.models import MediaAsset
from library.resources import queries as resources
from library.resources.models import Resource, ResourceKind, ResourcePoint

GRADES_BELOW = 3
"""How many grades back a suggestion may reach to mend a gap; it never reaches ahead."""
RECENT_ANSWERS = 6


def student_hat(person_id: int) -> Select[Hat]:
    """The pupil's hat, if the person has one."""
    return (
        select(Hat)
        .where(Hat.person_id == person_id, Hat.role == Role.STUDENT, Hat.ended_at.is_(None))
        .order_by(Hat.id)
        .limit(1)
    )


def classes_of(hat: Hat) -> Select[SchoolClass]:
    """The classes in which the pupil learns now, her homeroom first."""
    return (
        select(SchoolClass)
        .join(Enrolment, Enrolment.class_id == SchoolClass.id)
        .where(
            Enrolment.person_id == hat.person_id,
            Enrolment.role == Role.STUDENT,
            Enrolment.ends_on.is_(None),
            SchoolClass.school_id == hat.organisation_id,
        )
        .order_by(SchoolClass.kind != ClassKind.HOMEROOM, SchoolClass.id)
    )


def fitting(hat: Hat, grade: int) -> Select[Resource]:
    """What the pupil may open and is in her grade band; the hard filters of every source."""
    return resources.visible_to(hat).where(
        Resource.grade_from <= grade, Resource.grade_to >= grade - GRADES_BELOW
    )


def prerequisites_of(point_ids: Collection[int]) -> Select[int, int]:
    """Rows (point id, id of a point that it needs)."""
    return select(Prerequisite.point_id, Prerequisite.requires_id).where(Prerequisite.point_id.in_(point_ids))


def explaining(hat: Hat, grade: int, point_ids: Collection[int], most: int) -> Select[Resource, int]:
    """Rows (resource, point id): for each point at most *most* of each kind that explains it."""
    kinds = (ResourceKind.MICRO_LESSON, ResourceKind.READING)
    numbered = (
        fitting(hat, grade)
        .join(ResourcePoint, ResourcePoint.resource_id == Resource.id)
        .where(ResourcePoint.point_id.in_(point_ids), Resource.kind.in_(kinds))
        .with_only_columns(
            Resource.id.label("resource_id"),
            ResourcePoint.point_id.label("point_id"),
            func.row_number()
            .over(
                partition_by=(ResourcePoint.point_id, Resource.kind),
                order_by=(func.abs(Resource.grade_to - grade), Resource.id),
            )
            .label("place"),
        )
        .subquery()
    )
    return (
        select(Resource, numbered.c.point_id)
        .join(numbered, numbered.c.resource_id == Resource.id)
        .where(numbered.c.place <= most)
        .order_by(numbered.c.point_id, numbered.c.place)
    )


def practising(
    hat: Hat, grade: int, point_id: int, *, easiest: float, hardest: float, most: int
) -> Select[Resource]:
    """At most *most* exercises on a point whose difficulty, 0-1, lies between the two, the middle first."""
    middle = (easiest + hardest) / 2
    about = select(ResourcePoint.resource_id).where(ResourcePoint.point_id == point_id)
    return (
        fitting(hat, grade)
        .where(
            Resource.id.in_(about),
            Resource.kind == ResourceKind.PRACTICE,
            Resource.difficulty.between(easiest, hardest),
        )
        .order_by(func.abs(Resource.difficulty - middle), Resource.id)
        .limit(most)
    )


def recent_answers(person_id: int, point_id: int) -> Select[int, bool | None]:
    """Rows (attempt id, right?) of the person's last marked answers at a point, the newest first."""
    return (
        select(Attempt.id, Attempt.is_correct)
        .join(ItemPoint, ItemPoint.item_id == Attempt.item_id)
        .where(
            Attempt.person_id == person_id, ItemPoint.point_id == point_id, Attempt.is_correct.is_not(None)
        )
        .order_by(Attempt.id.desc())
        .limit(RECENT_ANSWERS)
    )


def points_of(resource_ids: Collection[int]) -> dict[int, frozenset[int]]:
    """The points that each of the resources is about."""
    found: dict[int, set[int]] = {one: set() for one in resource_ids}
    for resource_id, point_id in db.session.execute(
        select(ResourcePoint.resource_id, ResourcePoint.point_id).where(
            ResourcePoint.resource_id.in_(resource_ids)
        )
    ):
        found[resource_id].add(point_id)
    return {resource_id: frozenset(points) for resource_id, points in found.items()}


def begun_lessons(hat: Hat, grade: int, since: datetime) -> Select[Resource, Registration, float | None]:
    """Rows (resource, registration, length in seconds): begun since then and never finished, newest first."""
    again = aliased(Registration)
    finished = exists().where(
        again.person_id == Registration.person_id,
        again.lesson_id == Registration.lesson_id,
        or_(again.completed_at.is_not(None), again.id > Registration.id),
    )
    return (
        fitting(hat, grade)
        .join(MicroLesson, MicroLesson.resource_id == Resource.id)
        .join(MediaAsset, MediaAsset.id == MicroLesson.asset_id)
        .join(Registration, Registration.lesson_id == MicroLesson.id)
        .where(
            Registration.person_id == hat.person_id,
            Registration.completed_at.is_(None),
            Registration.seen_seconds > 0,
            Registration.updated_at >= since,
            ~finished,
        )
        .with_only_columns(Resource, Registration, MediaAsset.duration_seconds)
        .order_by(Registration.updated_at.desc())
        .limit(20)
    )


def asked_lessons(hat: Hat, now: datetime) -> Select[Resource, Assignment]:
    """Rows (resource, assignment): micro-lessons that the pupil's open homework asks to watch first."""
    targets = assignments.assigned_to(hat, now).with_only_columns(Assignment.id)
    return (
        resources.visible_to(hat)
        .join(MicroLesson, MicroLesson.resource_id == Resource.id)
        .join(Assignment, Assignment.lesson_id == MicroLesson.id)
        .where(
            Assignment.id.in_(targets),
            assignments.due_for(hat.person_id) >= now,
            ~assignments.is_excused_for(hat.person_id),
        )
        .with_only_columns(Resource, Assignment)
        .order_by(Assignment.due_at, Assignment.id)
        .limit(20)
    )


def finished_resources(person_id: int, since: datetime) -> list[int]:
    """Ids of what the person finished watching or practised since then, the newest first."""
    watched = (
        select(MicroLesson.resource_id.label("resource_id"), func.max(Registration.completed_at).label("at"))
        .join(MicroLesson, MicroLesson.id == Registration.lesson_id)
        .where(Registration.person_id == person_id, Registration.completed_at >= since)
        .group_by(MicroLesson.resource_id)
    )
    practised = (
        select(Attempt.context_id.label("resource_id"), func.max(Attempt.answered_at).label("at"))
        .where(
            Attempt.person_id == person_id,
            Attempt.context == AttemptContext.PRACTICE,
            Attempt.context_id.is_not(None),
            Attempt.answered_at >= since,
        )
        .group_by(Attempt.context_id)
    )
    both = watched.union_all(practised).subquery()
    return list(
        db.session.scalars(
            select(both.c.resource_id).group_by(both.c.resource_id).order_by(func.max(both.c.at).desc())
        )
    )


def opened_resources(person_id: int, since: datetime) -> Select[int]:
    """Ids of what the person opened since then."""
    return (
        select(Statement.object_id)
        .where(
            Statement.actor_id == person_id, Statement.stored_at >= since, Statement.object_type == "resource"
        )
        .distinct()
    )


def latest_units(class_ids: Collection[int], since: datetime) -> Select[Unit]:
    """The units that the classes were taught or given since then, the latest first."""
    taught = (
        select(Resource.unit_id.label("unit_id"), TaughtLesson.taught_at.label("at"))
        .join(Resource, Resource.id == TaughtLesson.resource_id)
        .where(TaughtLesson.class_id.in_(class_ids), TaughtLesson.taught_at >= since, _in_a_unit())
    )
    given = (
        select(Resource.unit_id.label("unit_id"), Assignment.opens_at.label("at"))
        .join(MicroLesson, MicroLesson.resource_id == Resource.id)
        .join(Assignment, Assignment.lesson_id == MicroLesson.id)
        .join(AssignmentTarget, AssignmentTarget.assignment_id == Assignment.id)
        .where(AssignmentTarget.class_id.in_(class_ids), Assignment.opens_at >= since, _in_a_unit())
    )
    both = taught.union_all(given).subquery()
    latest = select(both.c.unit_id, func.max(both.c.at).label("at")).group_by(both.c.unit_id).subquery()
    return (
        select(Unit).join(latest, latest.c.unit_id == Unit.id).order_by(latest.c.at.desc(), Unit.id).limit(12)
    )


def units_after(units: Collection[Unit]) -> Select[Unit]:
    """The unit that follows each of the units in its volume."""
    following = [and_(Unit.volume_id == one.volume_id, Unit.position == one.position + 1) for one in units]
    return select(Unit).where(or_(*following))


def teaching(hat: Hat, grade: int, unit_ids: Collection[int]) -> Select[Resource]:
    """What teaches the units, micro-lessons and readings only."""
    return (
        fitting(hat, grade)
        .where(
            Resource.unit_id.in_(unit_ids),
            Resource.kind.in_((ResourceKind.MICRO_LESSON, ResourceKind.READING)),
        )
        .order_by(Resource.kind != ResourceKind.MICRO_LESSON, Resource.id)
        .limit(20)
    )


def points_by_id(point_ids: Collection[int]) -> Select[KnowledgePoint]:
    """These knowledge points."""
    return select(KnowledgePoint).where(KnowledgePoint.id.in_(point_ids))


def _in_a_unit() -> ColumnElement[bool]:
    return Resource.unit_id.is_not(None)
