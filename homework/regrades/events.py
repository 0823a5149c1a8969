"""What happens when a key is put right."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MarkedAnew:
    """Answers to an item were judged anew, or as before: profiles and mistakes follow."""

    regrade_id: int
    item_id: int
