"""Looking for duplicates in the background."""

from datetime import timedelta

from core import clock
from core.database import db, transaction
from core.i18n import said
from core.jobs.services import report_progress
from core.jobs.tasks import task
from library.duplicates import services
from library.duplicates.files import file_queries

LEASE = timedelta(minutes=15)


@task(
    "library.find_duplicates", queue="train", lease=LEASE, label=said("Looking for duplicates in the library")
)
def find() -> None:
    """Look through the whole library."""
    hashes = [row for query in file_queries() for row in db.session.execute(query())]
    db.session.rollback()
    services.find(hashes, report_progress, now=clock.now())


@task("library.fingerprint")
def fingerprint(ids: list[int]) -> None:
    """Note what some resources say now."""
    with transaction():
        services.refresh(ids)
