"""The nightly snapshot."""

from datetime import timedelta

from core import clock
from core.database import transaction
from core.jobs.services import report_progress
from core.jobs.tasks import task
from spaces.indicators import services

AT_ONCE = 10


@task("spaces.freeze_figures", queue="train")
def freeze_figures() -> None:
    """Freeze yesterday's figures of every organisation, a few at a time."""
    now = clock.now()
    yesterday = clock.school_day(now) - timedelta(days=1)
    ids = services.organisation_ids()
    for start in range(0, len(ids), AT_ONCE):
        with transaction():
            services.freeze(ids[start : start + AT_ONCE], yesterday, now)
        report_progress(min(start + AT_ONCE, len(ids)), len(ids))
