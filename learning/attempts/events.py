"""What happens to attempts."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Answered:
    """A person answered an item."""

    attempt_id: int
    person_id: int
    item_id: int
    context: str
    """Where: an ``AttemptContext``."""
