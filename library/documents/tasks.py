"""Jobs about documents."""

from datetime import timedelta

from core.i18n import said
from core.jobs.tasks import task
from library.documents import services

LONG = timedelta(minutes=5)


@task("documents.read", queue="short", lease=LONG, label=said("Reading a document"))
def read_document(asset_id: int) -> None:
    """Read what a document says, and draw its cover."""
    services.read_document(asset_id)
