"""Jobs about packages."""

from datetime import timedelta

from core import clock
from core.i18n import said
from core.jobs.services import report_progress
from core.jobs.tasks import task
from library.packages import services


@task("packages.take", lease=timedelta(minutes=10), label=said("Taking in a package"))
def take(import_id: int) -> None:
    """Make drafts of what a package holds, and its report."""
    services.take(import_id, report_progress, now=clock.now())
