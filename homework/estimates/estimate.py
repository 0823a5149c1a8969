"""An estimate of minutes, and where it comes from."""

from dataclasses import dataclass

ENOUGH_ANSWERS = 10
"""From so many answers on, what pupils took says more than what the author thought."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """How long a question is expected to take."""

    minutes: float
    answers: int = 0
    """Of how many answers it is the median; 0 where it is the author's figure."""

    @property
    def is_measured(self) -> bool:
        """Whether it comes from pupils' answers."""
        return self.answers > 0


def estimate(authors_minutes: float, median_seconds: float | None, answers: int) -> Estimate:
    """The median of what pupils took where enough have answered, else the author's figure."""
    if median_seconds is None or answers < ENOUGH_ANSWERS:
        return Estimate(authors_minutes)
    return Estimate(round(median_seconds / 60, 1) or 0.1, answers)
