"""How often resources were given as homework."""

from typing import Any

from sqlalchemy import Select, func, select

from accounts.classes.models import SchoolClass
from homework.assignments.models import Assignment, AssignmentItem, AssignmentTarget
from learning.lessons.models import MicroLesson
from library.items.models import ItemVersion
from library.resources.models import ResourceItem


def used_in() -> Select[*tuple[Any, ...]]:
    """(resource, assignment) of all work that is not withdrawn: its lesson, and what asks its questions."""
    questions = (
        select(ResourceItem.resource_id, AssignmentItem.assignment_id)
        .join(ItemVersion, ItemVersion.item_id == ResourceItem.item_id)
        .join(AssignmentItem, AssignmentItem.item_version_id == ItemVersion.id)
    )
    lessons = select(MicroLesson.resource_id, Assignment.id).join(
        MicroLesson, MicroLesson.id == Assignment.lesson_id
    )
    uses = questions.union(lessons).subquery()
    return (
        select(uses.c.resource_id, uses.c.assignment_id)
        .join(Assignment, Assignment.id == uses.c.assignment_id)
        .where(Assignment.withdrawn_at.is_(None))
    )


def given_by_grade() -> Select[*tuple[Any, ...]]:
    """(resource, grade, times that it was given to a class of this grade)."""
    uses = used_in().subquery()
    return (
        select(uses.c.resource_id, SchoolClass.grade, func.count())
        .join(AssignmentTarget, AssignmentTarget.assignment_id == uses.c.assignment_id)
        .join(SchoolClass, SchoolClass.id == AssignmentTarget.class_id)
        .group_by(uses.c.resource_id, SchoolClass.grade)
    )
