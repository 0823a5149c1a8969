"""What follows from a hand-in, and what is cleared away by night."""

from datetime import timedelta

from core import clock
from core.jobs.tasks import task
from homework.submissions import photos

LEASE = timedelta(minutes=30)


@task("homework.write_photos_anew", queue="video", lease=LEASE)
def write_photos_anew() -> None:
    """Write photographs anew that were handed in."""
    photos.write_all_anew()


@task("homework.clear_photos", queue="video", lease=LEASE)
def clear_photos() -> None:
    """Write anew what was left behind, and forget what no hand-in names."""
    photos.write_all_anew()
    photos.forget_unnamed(clock.now())
