"""The index follows the tables in the background."""

import logging
from datetime import timedelta

from core.i18n import said
from core.jobs.services import report_progress
from core.jobs.tasks import task
from library.search import services
from library.search.current import engine
from library.search.engine import NoIndex

log = logging.getLogger(__name__)
LONG = timedelta(minutes=5)


@task("library.index")
def index(ids: list[int]) -> None:
    """Bring the entries of some resources up to date."""
    try:
        services.index_resources(engine(), ids)
    except NoIndex:
        services.rebuild_index(engine(), report_progress)


@task("library.check_index")
def check_index() -> None:
    """Make the index anew where it is missing or damaged: nobody has to notice."""
    try:
        engine().check()
    except NoIndex:
        log.warning("the search index is missing or damaged; it is made anew")
        services.rebuild_index(engine(), report_progress)


# Seconds even for a large library, and people wait for it: not behind training.
@task("library.rebuild_index", queue="short", lease=LONG, label=said("Making the library searchable"))
def rebuild_index() -> None:
    """Make the whole index anew."""
    services.rebuild_index(engine(), report_progress)
