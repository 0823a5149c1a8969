"""Media assets."""

from sqlalchemy import Select, select

from library.media.models import MediaAsset


def asset(asset_id: int) -> Select[MediaAsset]:
    """One asset. Whoever shows it has asked whether the person may see what it belongs to."""
    return select(MediaAsset).where(MediaAsset.id == asset_id)
