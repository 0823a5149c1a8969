"""Counting by night."""

from datetime import timedelta

from core import clock
from core.jobs.tasks import task
from learning.usage.services import count_use
from library.outcomes.services import take_use


@task("learning.count_use", queue="train", lease=timedelta(minutes=15))
def count() -> None:
    """Count anew how resources are used."""
    take_use(count_use(), now=clock.now())
