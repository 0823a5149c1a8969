"""Telling in the background."""

from core import clock
from core.database import transaction
from core.jobs.tasks import task
from homework.notices import services


@task("homework.tell_withdrawn")
def tell(resource_id: int) -> None:
    """Tell the teachers whose work uses a withdrawn resource."""
    with transaction():
        services.tell(resource_id, now=clock.now())
