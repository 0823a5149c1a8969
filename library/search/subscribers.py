"""What changes in the library becomes findable."""

from core.jobs.services import enqueue
from library.resources.events import ResourcesChanged
from library.search.services import MANY
from library.search.tasks import index, rebuild_index


def follow(event: ResourcesChanged) -> None:
    """Index the changed resources, or all where so many changed."""
    if len(event.ids) < MANY:
        enqueue(index, arguments={"ids": list(event.ids)})
    else:
        enqueue(rebuild_index, key="library.rebuild_index", arguments={})
