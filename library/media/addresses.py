"""Addresses of an asset's files, signed for one viewer."""

from datetime import datetime

from flask import current_app, url_for

from library.media.models import MediaAsset
from library.media.tokens import make_token


def media_base(asset: MediaAsset, person_id: int, now: datetime) -> str:
    """The address below which the asset's files stand for this person, for ten minutes; ends in a slash.

    Whoever calls this has asked whether the person may see what the asset belongs to.
    """
    token = make_token(current_app.config["SECRET_KEY"], asset.id, person_id, now)
    return url_for("media.file", token=token, asset_id=asset.id, path="")


def media_url(asset: MediaAsset, path: str, person_id: int, now: datetime) -> str:
    """The address of one file of the asset, e.g. ``poster.jpg``."""
    return media_base(asset, person_id, now) + path
