"""What happens to corrections."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Corrected:
    """A pupil corrected a question; a key or a teacher says whether it is right."""

    correction_id: int
    student_id: int
    item_id: int


@dataclass(frozen=True, slots=True)
class CorrectionAccepted:
    """A correction was accepted: the mistake is put right, and the original score stays."""

    correction_id: int
    student_id: int
    item_id: int


@dataclass(frozen=True, slots=True)
class CorrectionAsked:
    """A correction was not accepted; the pupil is asked once more."""

    correction_id: int
    student_id: int
    item_id: int
