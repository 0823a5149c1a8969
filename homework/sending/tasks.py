"""What was sent and never handed in is cleared away by night."""

from core import clock
from core.database import transaction
from core.jobs.tasks import task
from homework.sending import services


@task("homework.forget_sent_files")
def forget() -> None:
    """Forget photographs and recordings that nobody handed in."""
    with transaction():
        services.forget(now=clock.now())
