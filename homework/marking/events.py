"""What happens to marked work."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Returned:
    """A teacher gave a pupil's work back, marked."""

    submission_id: int
    student_id: int
    assignment_id: int
