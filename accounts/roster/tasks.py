"""Jobs about rosters."""

from accounts.roster import uploads
from core import clock
from core.jobs.tasks import task


@task("roster.forget_old_uploads")
def forget_old_uploads() -> None:
    """Remove files that were looked at and never imported."""
    uploads.forget_old(clock.now())
