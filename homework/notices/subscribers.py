"""What is withdrawn in the library concerns work that uses it."""

from core.jobs.services import enqueue
from homework.notices.tasks import tell
from library.review.events import Withdrawn


def follow(event: Withdrawn) -> None:
    """Have the teachers told."""
    enqueue(tell, arguments={"resource_id": event.resource_id})
