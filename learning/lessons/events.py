"""What happens to micro-lessons."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LessonChanged:
    """A lesson's library entry says something new: published, withdrawn or described anew."""

    lesson_id: int
    resource_id: int
