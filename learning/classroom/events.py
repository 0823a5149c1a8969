"""What happens in class."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Taught:
    """A teacher used a resource in a class."""

    teacher_id: int
    class_id: int
    resource_id: int
