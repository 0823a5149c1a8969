"""A key that is put right decides about corrections as well."""

from core.jobs.services import enqueue
from homework.corrections.tasks import tell_of_regrade
from homework.regrades.events import MarkedAnew


def when_marked_anew(event: MarkedAnew) -> None:
    """Have the pupils told."""
    enqueue(tell_of_regrade, arguments={"regrade_id": event.regrade_id})
