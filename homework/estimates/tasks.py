"""Counting by night."""

from datetime import timedelta

from core import clock
from core.jobs.tasks import task
from homework.estimates import services


@task("homework.count_times", queue="train", lease=timedelta(minutes=15))
def count() -> None:
    """Count anew how long questions take."""
    services.count_times(now=clock.now())
