"""Measuring by night."""

from datetime import timedelta

from core import clock
from core.jobs.tasks import task
from homework.ledger import services


@task("homework.measure_load", queue="train", lease=timedelta(minutes=15))
def measure() -> None:
    """Note how long pupils took over what was due of late."""
    services.measure(now=clock.now())
