"""Regrades of very many answers, in portions, so that nobody waits long for the database."""

from datetime import timedelta

from core import clock
from core.database import db, transaction
from core.jobs.services import report_progress
from core.jobs.tasks import task
from homework.regrades import queries, services, undoing
from homework.regrades.models import Regrade, RegradeState
from homework.regrades.portions import in_portions


@task("homework.carry_out_regrade", lease=timedelta(minutes=10))
def carry_out(regrade_id: int) -> None:
    """Write what a regrade changes. Run again at any point, it goes on where it was."""
    regrade = db.session.get(Regrade, regrade_id)
    if regrade is None or regrade.state is not RegradeState.APPLYING:
        return
    waiting = services.attempts_to_change(regrade)
    done = 0
    for portion in in_portions(waiting):
        with transaction():
            services.write(db.session.get_one(Regrade, regrade_id), portion, now=clock.now())
        done += len(portion)
        report_progress(done, len(waiting))
    with transaction():
        services.finish(db.session.get_one(Regrade, regrade_id), now=clock.now())


@task("homework.take_regrade_back", lease=timedelta(minutes=10))
def take_back(regrade_id: int) -> None:
    """Write back what a regrade changed."""
    regrade = db.session.get(Regrade, regrade_id)
    if regrade is None or regrade.state is not RegradeState.UNDOING:
        return
    waiting = list(db.session.scalars(queries.change_ids_of(regrade_id)))
    done = 0
    for portion in in_portions(waiting):
        with transaction():
            undoing.write_back(db.session.get_one(Regrade, regrade_id), portion, now=clock.now())
        done += len(portion)
        report_progress(done, len(waiting))
    with transaction():
        undoing.finish_undo(db.session.get_one(Regrade, regrade_id), now=clock.now())
