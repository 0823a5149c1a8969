"""What happens to attempts."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Answered:
    """A person answered an item, or several in one go."""

    attempt_ids: tuple[int, ...]
    person_id: int
    context: str
    """Where: an ``AttemptContext``."""
