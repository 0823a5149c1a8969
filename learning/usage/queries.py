"""What learners did with resources, person by person, to be counted and forgotten."""

from typing import Any

from sqlalchemy import Select, func, select

from accounts.classes.models import ClassKind, Enrolment, SchoolClass
from accounts.people.models import Role
from learning.attempts.models import Attempt
from learning.classroom.models import TaughtLesson
from learning.lessons.models import Checkpoint, MicroLesson
from learning.playback.models import Registration
from learning.records.models import Statement
from learning.records.verbs import ObjectType, Verb
from library.resources.models import ResourceItem

Rows = Select[*tuple[Any, ...]]


def homeroom_of_pupils() -> Rows:
    """(person, class, grade) of everybody who learns in a homeroom class now."""
    return (
        select(Enrolment.person_id, SchoolClass.id, SchoolClass.grade)
        .join(SchoolClass, SchoolClass.id == Enrolment.class_id)
        .where(
            Enrolment.role == Role.STUDENT,
            Enrolment.ends_on.is_(None),
            SchoolClass.kind == ClassKind.HOMEROOM,
        )
        .order_by(SchoolClass.id)
    )


def openings() -> Rows:
    """(resource, person, times) that it was opened."""
    return (
        select(Statement.object_id, Statement.actor_id, func.count())
        .where(Statement.object_type == ObjectType.RESOURCE, Statement.verb == Verb.OPENED)
        .group_by(Statement.object_id, Statement.actor_id)
    )


def watchings() -> Rows:
    """(resource, person, whether it was ever watched to its end)."""
    return (
        select(
            MicroLesson.resource_id,
            Registration.person_id,
            func.max(Registration.completed_at).is_not(None),
        )
        .join(MicroLesson, MicroLesson.id == Registration.lesson_id)
        .group_by(MicroLesson.resource_id, Registration.person_id)
    )


def first_answers() -> Rows:
    """(resource, person, questions answered, right ones at the first try), by practices, sheets and lessons.

    An answer counts for each resource that asks the question, wherever the pupil met it.
    """
    first = select(func.min(Attempt.id).label("id")).group_by(Attempt.person_id, Attempt.item_id).subquery()
    lessons = select(MicroLesson.resource_id, Checkpoint.item_id).join(
        MicroLesson, MicroLesson.id == Checkpoint.lesson_id
    )
    asked = select(ResourceItem.resource_id, ResourceItem.item_id).union(lessons).subquery()
    return (
        select(
            asked.c.resource_id,
            Attempt.person_id,
            func.count(),
            func.count().filter(Attempt.is_correct.is_(True)),
        )
        .join(first, first.c.id == Attempt.id)
        .join(asked, asked.c.item_id == Attempt.item_id)
        .group_by(asked.c.resource_id, Attempt.person_id)
    )


def questions_asked() -> Rows:
    """(resource, number of its questions) of practices and sheets."""
    return select(ResourceItem.resource_id, func.count()).group_by(ResourceItem.resource_id)


def teachings() -> Rows:
    """(resource, class, its grade): each class to which it was taught."""
    return (
        select(TaughtLesson.resource_id, TaughtLesson.class_id, SchoolClass.grade)
        .join(SchoolClass, SchoolClass.id == TaughtLesson.class_id)
        .distinct()
    )
