"""What changes in the library is told to those who ask."""

from core.jobs.services import enqueue
from library.oai.tasks import offer
from library.resources.events import ResourcesChanged


def follow(event: ResourcesChanged) -> None:
    """Look for what changed, once for many changes."""
    del event
    enqueue(offer, key="library.offer", arguments={})
