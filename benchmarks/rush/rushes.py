"""Which rushes there are, and when in them each pupil presses the button."""

from dataclasses import dataclass, replace
from math import sqrt


@dataclass(frozen=True, slots=True)
class Rush:
    """So many pupils hand in so many photographs each within so many seconds; the goals are seconds too."""

    pupils: int
    photos: int
    seconds: float
    p95_s: float
    p99_s: float
    last_s: float
    """When the last receipt must have arrived, counted from the first button."""

    def scaled(self, scale: float) -> "Rush":
        """A smaller one at the same pace: fewer pupils in less time."""
        return replace(self, pupils=max(1, round(self.pupils * scale)), seconds=self.seconds * scale)

    def arrivals(self) -> list[float]:
        """When each pupil presses the button, in seconds from the start, denser towards the deadline.

        The number of those who have pressed grows with the square of the time: more than half do so in the
        last third of it, and at the end twice as many a second as on average.
        """
        return [self.seconds * sqrt((number + 0.5) / self.pupils) for number in range(self.pupils)]


RUSHES = {
    "l1": Rush(pupils=600, photos=1, seconds=30, p95_s=2, p99_s=4, last_s=60),
    "l2": Rush(pupils=1_500, photos=3, seconds=60, p95_s=4, p99_s=30, last_s=90),
    "l3": Rush(pupils=300, photos=1, seconds=0, p95_s=15, p99_s=15, last_s=15),
}
