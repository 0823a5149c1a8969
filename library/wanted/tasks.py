"""Nightly: forget old wishes."""

from core import clock
from core.database import transaction
from core.jobs.tasks import task
from library.wanted import services


@task("library.forget_wishes")
def forget_wishes() -> None:
    """Forget what nobody looked for in a year."""
    with transaction():
        services.forget(now=clock.now())
