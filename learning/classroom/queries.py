"""Taught lessons."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import Select, select

from learning.classroom.models import TaughtLesson


def of_teacher(teacher_id: int) -> Select[TaughtLesson]:
    """The lessons that a teacher taught with the platform, the latest first."""
    return select(TaughtLesson).where(TaughtLesson.teacher_id == teacher_id).order_by(TaughtLesson.id.desc())


def on_day(teacher_id: int, resource_id: int, day: date) -> Select[TaughtLesson]:
    """In which classes the teacher used the resource on a day."""
    return select(TaughtLesson).where(
        TaughtLesson.teacher_id == teacher_id,
        TaughtLesson.resource_id == resource_id,
        TaughtLesson.day == day,
    )


def in_classes(class_ids: Collection[int] | Select[int], first: date, last: date) -> Select[TaughtLesson]:
    """What was taught in the classes from *first* to *last*."""
    return select(TaughtLesson).where(
        TaughtLesson.class_id.in_(class_ids), TaughtLesson.day.between(first, last)
    )
