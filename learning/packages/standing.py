"""What the values that a SCORM page keeps say of how its learner stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import isfinite


class Status(StrEnum):
    """How far a learner is in a package, as the package says."""

    BEGUN = "begun"
    COMPLETED = "completed"
    PASSED = "passed"
    FAILED = "failed"


FINISHED = frozenset({Status.COMPLETED, Status.PASSED, Status.FAILED})
_SAID = {
    "completed": Status.COMPLETED,
    "passed": Status.PASSED,
    "failed": Status.FAILED,
}


@dataclass(frozen=True, slots=True)
class Standing:
    """How far, and with which score (-1 to 1, of the possible one); None where none is told."""

    status: Status = Status.BEGUN
    scaled: float | None = None

    @property
    def is_finished(self) -> bool:
        """Whether the package says that it is over."""
        return self.status in FINISHED


def standing_of(values: Mapping[str, str]) -> Standing:
    """The standing that *values* tell, in the words of SCORM 1.2 (``cmi.core…``) or 2004."""
    status = values.get("cmi.core.lesson_status", "")
    if not status:
        success = values.get("cmi.success_status", "")
        status = success if success in _SAID else values.get("cmi.completion_status", "")
    return Standing(_SAID.get(status, Status.BEGUN), _scaled(values))


def share_of(raw: float | None, lowest: float | None, highest: float | None) -> float | None:
    """Which share of the way from the lowest to the highest score *raw* is; None where that means nothing."""
    lowest = lowest or 0.0
    if raw is None or highest is None or highest <= lowest:
        return None
    return min(max((raw - lowest) / (highest - lowest), 0.0), 1.0)


def _scaled(values: Mapping[str, str]) -> float | None:
    told = _number(values.get("cmi.score.scaled"))
    if told is not None:
        return min(max(told, -1.0), 1.0)
    prefix = "cmi.core.score" if any(name.startswith("cmi.core.") for name in values) else "cmi.score"
    raw, low, high = (_number(values.get(f"{prefix}.{name}")) for name in ("raw", "min", "max"))
    # SCORM 1.2: where no highest score is told, the score is of a hundred.
    return share_of(raw, low, 100.0 if high is None else high)


def _number(text: str | None) -> float | None:
    try:
        value = float(text) if text else None
    except ValueError:
        return None
    return value if value is not None and isfinite(value) else None
