"""Sources are asked in the background."""

from datetime import timedelta

from flask import current_app

from core import clock
from core.database import db, transaction
from core.i18n import said
from core.jobs.services import enqueue, report_progress
from core.jobs.tasks import task
from library.harvests import queries, sources
from library.harvests.models import HarvestRun, HarvestSource
from library.harvests.outside import Outside
from library.harvests.walk import harvest as harvest_source
from library.interchange.identifiers import namespace


@task("library.harvest", queue="train", lease=timedelta(minutes=10), label=said("Harvesting another library"))
def harvest(source_id: int) -> None:
    """Ask one source for what is new; if it asks to come later, do so."""
    if db.session.get(HarvestSource, source_id) is None:
        return
    config = current_app.config
    run_id = harvest_source(
        source_id,
        Outside(allows_private=config["HARVEST_PRIVATE_ADDRESSES"]).fetch,
        namespace=namespace(config["OAI_NAMESPACE"], config["SECRET_KEY"]),
        on_progress=report_progress,
    )
    problem = db.session.get_one(HarvestRun, run_id).problem
    if problem.get("code") == "Busy":
        pause = int(problem["details"]["retry_after_seconds"])
        enqueue(
            harvest,
            key=job_key(source_id),
            delay=timedelta(seconds=pause),
            arguments={"source_id": source_id},
        )


@task("library.harvest_due")
def harvest_due() -> None:
    """Have every source asked whose time has come."""
    now = clock.now()
    due = [one.id for one in db.session.scalars(queries.at_work()) if sources.is_due(one, now)]
    with transaction():
        for source_id in due:
            enqueue(harvest, key=job_key(source_id), arguments={"source_id": source_id})


def job_key(source_id: int) -> str:
    """What tells the waiting harvest of a source from that of another."""
    return f"library.harvest:{source_id}"
