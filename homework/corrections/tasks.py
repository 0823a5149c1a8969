"""Jobs of corrections."""

from core import clock
from core.database import db, transaction
from core.jobs.tasks import task
from homework.corrections import telling
from homework.regrades.models import Regrade


@task("homework.tell_of_corrections")
def tell_of_regrade(regrade_id: int) -> None:
    """Tell the pupils of whose corrections a key that was put right, or back, says something else."""
    with transaction():
        regrade = db.session.get(Regrade, regrade_id)
        if regrade is not None:
            telling.tell_of_regrade(regrade, now=clock.now())
