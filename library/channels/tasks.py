"""Channels are taken in beside the requests."""

from datetime import timedelta

from flask_babel import force_locale

from core.database import db
from core.i18n import DEFAULT_LANGUAGE, said
from core.jobs.services import report_progress
from core.jobs.tasks import task
from library.channels import intake
from library.channels.models import ChannelImport

LONG = timedelta(minutes=15)
"""One portion may hold films of half a gigabyte."""


@task("channels.check", queue="train", lease=LONG, label=said("Looking at a channel"))
def check(import_id: int) -> None:
    """Read the channel of an order."""
    with force_locale(_language(import_id)):
        intake.check(import_id, report_progress)


@task("channels.carry_out", queue="train", lease=LONG, label=said("Taking in a channel"))
def carry_out(import_id: int) -> None:
    """Import the channel of an order."""
    with force_locale(_language(import_id)):
        intake.carry_out(import_id, report_progress)


def _language(import_id: int) -> str:
    order = db.session.get(ChannelImport, import_id)
    return order.language if order else DEFAULT_LANGUAGE
