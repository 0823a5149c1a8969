"""Ordered imports run beside the requests."""

from datetime import timedelta

from flask_babel import force_locale

from core.database import db
from core.i18n import DEFAULT_LANGUAGE
from core.jobs.tasks import task
from library.interchange import orders
from library.interchange.models import ImportOrder

LONG = timedelta(minutes=5)


@task("interchange.check", queue="train", lease=LONG)
def check(order_id: int) -> None:
    """Try the file of an order."""
    with force_locale(_language(order_id)):
        orders.check(order_id)


@task("interchange.carry_out", queue="train", lease=LONG)
def carry_out(order_id: int) -> None:
    """Import the file of an order."""
    with force_locale(_language(order_id)):
        orders.carry_out(order_id)


def _language(order_id: int) -> str:
    order = db.session.get(ImportOrder, order_id)
    return order.language if order else DEFAULT_LANGUAGE
