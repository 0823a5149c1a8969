"""The round by night: each link once a week, the suspect ones the next night again."""

import time
from datetime import timedelta

from core import clock
from core.database import db, transaction
from core.jobs.services import report_progress
from core.jobs.tasks import task
from library.links import queries, services
from library.links.asking import ask
from library.links.judging import is_our_fault
from library.links.rounds import go_round

WEEK, NEARLY_A_DAY = timedelta(days=7), timedelta(hours=20)
MOST_A_NIGHT = 2_000
LEASE = timedelta(hours=1)


@task("library.check_links", queue="train", lease=LEASE)
def check() -> None:
    """Ask for the links that were not asked for a week; nothing is kept if our own net is down."""
    now = clock.now()
    urls = dict(db.session.execute(queries.to_ask(now - WEEK, now - NEARLY_A_DAY).limit(MOST_A_NIGHT)).all())
    db.session.rollback()
    found = {}
    for part in go_round(urls, ask, time.sleep):
        found.update(part)
        report_progress(len(found), len(urls))
    if is_our_fault(list(found.values())):
        return
    with transaction():
        services.take({number: (urls[number], problem) for number, problem in found.items()}, now=now)
