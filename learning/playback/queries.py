"""Registrations and played intervals."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, func, select

from learning.attempts.models import Attempt, AttemptContext
from learning.lessons.models import MicroLesson
from learning.playback.models import PlayedInterval, Registration


def by_uuid(uuid: UUID) -> Select[Registration]:
    """The registration of this id, whoever's it is."""
    return select(Registration).where(Registration.uuid == uuid)


def latest_of(person_id: int, lesson_id: int) -> Select[Registration]:
    """The person's present way through a lesson."""
    return (
        select(Registration)
        .where(Registration.person_id == person_id, Registration.lesson_id == lesson_id)
        .order_by(Registration.id.desc())
        .limit(1)
    )


def count_of(person_id: int, lesson_id: int) -> Select[int]:
    """How many ways through a lesson the person began."""
    return select(func.count(Registration.id)).where(
        Registration.person_id == person_id, Registration.lesson_id == lesson_id
    )


def of_person(person_id: int) -> Select[Registration]:
    """The person's ways through lessons, the latest touched first."""
    return (
        select(Registration)
        .where(Registration.person_id == person_id)
        .order_by(Registration.updated_at.desc())
    )


def unfinished_of(person_id: int) -> Select[Registration, MicroLesson]:
    """Lessons that the person began and has not finished, with the lesson; the latest touched first."""
    return (
        select(Registration, MicroLesson)
        .join(MicroLesson, MicroLesson.id == Registration.lesson_id)
        .where(Registration.person_id == person_id, Registration.completed_at.is_(None))
        .order_by(Registration.updated_at.desc())
    )


def known_uuids(uuids: Sequence[UUID]) -> Select[UUID]:
    """Those of *uuids* under which an interval is stored."""
    return select(PlayedInterval.uuid).where(PlayedInterval.uuid.in_(uuids))


def counted_between(person_id: int, start: datetime, end: datetime) -> Select[datetime, datetime]:
    """Wall times that were counted already for the person, in any lesson, and touch [start, end]."""
    return (
        select(PlayedInterval.wall_start, PlayedInterval.wall_end)
        .join(Registration, Registration.id == PlayedInterval.registration_id)
        .where(
            Registration.person_id == person_id,
            PlayedInterval.wall_end > start,
            PlayedInterval.wall_start < end,
        )
    )


def answered_items(person_id: int, lesson_id: int) -> Select[int]:
    """Ids of the items that the person answered in a lesson."""
    return (
        select(Attempt.item_id)
        .where(
            Attempt.person_id == person_id,
            Attempt.context == AttemptContext.LESSON,
            Attempt.context_id == lesson_id,
        )
        .distinct()
    )
