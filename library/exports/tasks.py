"""Exports are made beside the requests."""

from datetime import timedelta

from flask_babel import force_locale

from core import clock
from core.database import db, transaction
from core.i18n import DEFAULT_LANGUAGE, said
from core.jobs.services import report_progress
from core.jobs.tasks import task
from library.exports import making, services
from library.exports.models import LibraryExport

LONG = timedelta(minutes=10)


@task("exports.make", queue="train", lease=LONG, label=said("Making a file of resources"))
def make(export_id: int) -> None:
    """Make the file of an export."""
    order = db.session.get(LibraryExport, export_id)
    with force_locale(order.language if order else DEFAULT_LANGUAGE):
        making.make(export_id, report_progress)


@task("exports.forget_old")
def forget_old() -> None:
    """Remove the files of exports that are older than a week."""
    with transaction():
        services.forget_old(clock.now())
