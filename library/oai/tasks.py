"""The headers follow the library in the background."""

from flask import current_app

from core import clock
from core.database import transaction
from core.jobs.tasks import task
from library.interchange.identifiers import namespace
from library.oai import services


@task("library.offer")
def offer() -> None:
    """Bring the headers of everything that changed up to date, portion by portion."""
    own = namespace(current_app.config["OAI_NAMESPACE"], current_app.config["SECRET_KEY"])
    after = None
    while after != 0:
        with transaction():
            after = services.refresh(own, now=clock.now(), after=after or 0)
