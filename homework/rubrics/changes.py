"""What another rubric changes about marks: pure, over rows that were read at once."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from homework.rubrics.rubric import Criteria


class Fate(StrEnum):
    """What becomes of a mark."""

    RECALCULATED = "recalculated"
    BY_HAND = "by_hand"
    """The teacher had given other points than the levels: they stay."""
    LEVEL_GONE = "level_gone"
    """A level that was chosen is gone, or a criterion is new: the points stay until somebody chooses."""


@dataclass(frozen=True, slots=True)
class Judged:
    """An answer that was marked by a rubric."""

    answer_id: int
    submission_id: int
    student_id: int
    assignment_id: int
    question: int
    is_returned: bool
    levels: Mapping[str, Any]
    chosen_points: float
    """What the levels gave."""
    points: float
    """What the mark says."""
    version: int


@dataclass(frozen=True, slots=True)
class Change:
    """One answer before and after."""

    judged: Judged
    points: float
    fate: Fate

    @property
    def changes(self) -> bool:
        """Whether the mark changes."""
        return self.points != self.judged.points


def changes_by(criteria: Criteria, judged: Iterable[Judged]) -> list[Change]:
    """What *criteria* make of each answer; those whose levels give what they gave are left out."""
    found = []
    for one in judged:
        points = criteria.points_of(one.levels)
        if points is None:
            found.append(Change(one, one.points, Fate.LEVEL_GONE))
        elif one.points != one.chosen_points:
            if points != one.chosen_points:
                found.append(Change(one, one.points, Fate.BY_HAND))
        elif points != one.points:
            found.append(Change(one, points, Fate.RECALCULATED))
    return found


def digest_of(criteria: Criteria, changes: Iterable[Change]) -> str:
    """Of exactly what would change: what was looked at is what is applied."""
    rows = sorted((one.judged.answer_id, one.judged.version, one.points, one.fate.value) for one in changes)
    content = [criteria.as_data(), criteria.rounding.value, rows]
    return hashlib.sha256(json.dumps(content).encode()).hexdigest()
