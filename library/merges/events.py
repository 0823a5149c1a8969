"""What happens to knowledge points that are one."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PointsMerged:
    """What named the one knowledge point names the other now."""

    merged_id: int
    kept_id: int


@dataclass(frozen=True, slots=True)
class PointsParted:
    """A merge was undone: what had moved is back."""

    merged_id: int
    kept_id: int
