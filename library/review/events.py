"""What happens on the review ladder that others must know."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """A resource was taken away; who gave it to a class should hear of it."""

    resource_id: int
