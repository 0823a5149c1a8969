"""What happens to submissions."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class HandedIn:
    """A pupil handed work in."""

    submission_id: int
    student_id: int
    assignment_id: int


@dataclass(frozen=True, slots=True)
class PhotosReceived:
    """Photographs were handed in that are to be written anew."""
