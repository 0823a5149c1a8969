"""Media assets."""

from sqlalchemy import Select, select

from core.jobs.queries import progress_of
from library.media.models import MediaAsset

TRANSCODE = "media.transcode"
"""The job that prepares a video."""


def asset(asset_id: int) -> Select[MediaAsset]:
    """One asset. Whoever shows it has asked whether the person may see what it belongs to."""
    return select(MediaAsset).where(MediaAsset.id == asset_id)


def preparation_of(asset_id: int) -> tuple[int, int]:
    """How much of a video is prepared, and of how much; twice 0 if nothing is under way."""
    return progress_of(TRANSCODE, asset_id=asset_id)
