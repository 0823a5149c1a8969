"""Teach with a resource."""

from datetime import datetime

from core.clock import school_day
from core.database import insert_if_absent, publish
from learning.classroom.events import Taught
from learning.classroom.models import TaughtLesson
from learning.records.services import count_activity


def teach(teacher_id: int, class_id: int, resource_id: int, *, now: datetime) -> bool:
    """Record that the teacher uses the resource in the class today; False if that is known already."""
    is_new = insert_if_absent(
        TaughtLesson,
        [
            {
                "teacher_id": teacher_id,
                "class_id": class_id,
                "resource_id": resource_id,
                "day": school_day(now),
                "taught_at": now,
            }
        ],
    )
    if is_new:
        count_activity(teacher_id, now, taught=1)
        publish(Taught(teacher_id, class_id, resource_id))
    return bool(is_new)
