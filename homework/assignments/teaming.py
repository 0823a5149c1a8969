"""Who hands a piece of work in together (小组作业)."""

from enum import StrEnum

SMALLEST_TEAM = 2
LARGEST_TEAM = 12


class Teaming(StrEnum):
    """Each pupil alone, in the groups that the teacher keeps, or in groups that pupils form."""

    ALONE = "alone"
    KEPT = "kept"
    CHOSEN = "chosen"
