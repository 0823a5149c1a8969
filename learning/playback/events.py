"""What happens while learners watch."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Watched:
    """A person saw some seconds of a lesson that she had not seen before, or finished it."""

    person_id: int
    lesson_id: int
    resource_id: int
