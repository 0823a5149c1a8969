"""Jobs about media."""

from datetime import timedelta

from core import clock
from core.i18n import said
from core.jobs.services import report_progress
from core.jobs.tasks import task
from library.media import services, uploads
from library.media.queries import TRANSCODE


@task(TRANSCODE, queue="video", lease=timedelta(minutes=10), label=said("Preparing a video"))
def transcode(asset_id: int) -> None:
    """Make what a player plays of an uploaded video."""
    services.prepare_video(asset_id, report_progress)


@task(
    "media.transcode_sound", queue="video", lease=timedelta(minutes=10), label=said("Preparing a recording")
)
def transcode_sound(asset_id: int) -> None:
    """Make what is played of an uploaded recording."""
    services.prepare_sound(asset_id, report_progress)


@task("media.forget_old_uploads")
def forget_old_uploads() -> None:
    """Remove uploads that were never finished."""
    uploads.forget_old(clock.now())
