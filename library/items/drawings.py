"""Pictures of questions, between records and the library's media."""

import base64
import hashlib
import io
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select

from core.database import db
from core.files import files
from library.items.errors import PictureLost
from library.items.records import MOST_PICTURE, PictureRecord
from library.media.models import MediaAsset, MediaKind, MediaState
from library.media.pictures import Drawing, take_drawing

DRAWING_TYPE = "image/png"


def stored_pictures(records: Iterable[PictureRecord], *, now: datetime) -> list[dict[str, Any]]:
    """Take the pictures in, and name them as an item version does."""
    return [_stored(one, now) for one in records]


def recorded_pictures(pictures: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The pictures of an item version as a record has them.

    Raises:
        PictureLost: one of them is gone, too large, or kept with loss.
    """
    found = list(pictures)
    if not found:
        return []
    wanted = select(MediaAsset).where(MediaAsset.id.in_([one["asset"] for one in found]))
    assets = {one.id: one for one in db.session.scalars(wanted)}
    return [_recorded(one, assets.get(one["asset"])) for one in found]


def drawings_at(asset_ids: Iterable[int]) -> dict[int, Path]:
    """Where pictures of questions are kept, by asset; without those that are gone."""
    wanted = select(MediaAsset).where(MediaAsset.id.in_(set(asset_ids)))
    found = {}
    for asset in db.session.scalars(wanted.where(MediaAsset.media_type == DRAWING_TYPE)):
        with suppress(FileNotFoundError):
            found[asset.id] = files().path(asset.source_sha256)
    return found


def _stored(record: PictureRecord, now: datetime) -> dict[str, Any]:
    content = record.content()
    # What was drawn here before comes back as the same bytes, and need not be drawn again.
    asset = _asset_of(hashlib.sha256(content).hexdigest())
    if asset is None:
        asset = kept(take_drawing(io.BytesIO(content)), now=now)
    return record.model_dump(exclude={"data"}) | {"asset": asset.id}


def kept(drawing: Drawing, *, now: datetime) -> MediaAsset:
    """The drawing as one of the library's media: the one that is there already, if it is."""
    asset = _asset_of(drawing.sha256)
    if asset is None:
        asset = MediaAsset(
            kind=MediaKind.PICTURE,
            source_sha256=drawing.sha256,
            media_type=DRAWING_TYPE,
            size_bytes=drawing.size_bytes,
            state=MediaState.READY,
            width=drawing.width,
            height=drawing.height,
            renditions={},
            created_at=now,
        )
        db.session.add(asset)
        db.session.flush()
    return asset


def _asset_of(sha256: str) -> MediaAsset | None:
    same = select(MediaAsset).where(MediaAsset.source_sha256 == sha256, MediaAsset.media_type == DRAWING_TYPE)
    return db.session.scalars(same.order_by(MediaAsset.id).limit(1)).first()


def _recorded(picture: Mapping[str, Any], asset: MediaAsset | None) -> dict[str, Any]:
    if asset is None or asset.media_type != DRAWING_TYPE:
        raise PictureLost(name=picture["name"])
    try:
        data = base64.b64encode(files().path(asset.source_sha256).read_bytes()).decode()
    except OSError as error:
        raise PictureLost(name=picture["name"]) from error
    if len(data) > MOST_PICTURE:
        raise PictureLost(name=picture["name"])
    return {name: picture[name] for name in ("name", "alt", "width", "height")} | {"data": data}
