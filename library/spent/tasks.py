"""Spent files are removed at night."""

from core import clock
from core.jobs.tasks import task
from library.spent import services


@task("library.forget_spent_files")
def forget() -> None:
    """Remove the files of imports that are over."""
    services.forget(clock.now())
