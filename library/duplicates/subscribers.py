"""What changes in the library is fingerprinted, so that the next one who writes the same is told."""

from core.jobs.services import enqueue
from library.duplicates.tasks import fingerprint
from library.resources.events import ResourcesChanged

MANY = 500
"""More at once are left to the nightly search."""


def follow(event: ResourcesChanged) -> None:
    """Have the changed ones fingerprinted."""
    if len(event.ids) <= MANY:
        enqueue(fingerprint, arguments={"ids": list(event.ids)})
