"""What follows from a hand-in."""

from datetime import timedelta

from core.jobs.services import enqueue
from homework.submissions.events import PhotosReceived
from homework.submissions.tasks import write_photos_anew

AFTER_THE_RUSH = timedelta(minutes=2)
"""A whole grade hands in within a minute, and its receipts come first."""


def when_photos_are_received(_event: PhotosReceived) -> None:
    """Have them written anew: one job does all that wait."""
    enqueue(write_photos_anew, key=write_photos_anew.name, delay=AFTER_THE_RUSH, arguments={})
