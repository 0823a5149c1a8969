"""Pictures of questions, between records and the library's media."""

import base64
import binascii
import io
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select

from core.database import db
from core.errors import DomainError
from core.files import files
from library.interchange.errors import BadField, Inexpressible
from library.interchange.records import MOST_PICTURE, PictureRecord
from library.media.models import MediaAsset, MediaKind, MediaState
from library.media.pictures import take_drawing

DRAWING_TYPE = "image/png"


def stored_pictures(records: Iterable[PictureRecord], *, now: datetime) -> list[dict[str, Any]]:
    """Take the pictures in, and name them as an item version does.

    Raises:
        BadField: one of them is no picture, or another than its record says.
    """
    return [_stored(one, now) for one in records]


def recorded_pictures(pictures: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The pictures of an item version as a record has them.

    Raises:
        Inexpressible: one of them is gone, too large, or kept with loss.
    """
    found = list(pictures)
    if not found:
        return []
    wanted = select(MediaAsset).where(MediaAsset.id.in_([one["asset"] for one in found]))
    assets = {one.id: one for one in db.session.scalars(wanted)}
    return [_recorded(one, assets.get(one["asset"])) for one in found]


def _stored(record: PictureRecord, now: datetime) -> dict[str, Any]:
    try:
        drawing = take_drawing(io.BytesIO(base64.b64decode(record.data, validate=True)))
    except (DomainError, binascii.Error) as error:
        raise BadField(field=f"pictures.{record.name}", reason=str(error)) from error
    if (drawing.width, drawing.height) != (record.width, record.height):
        size = f"{drawing.width} x {drawing.height}"
        raise BadField(field=f"pictures.{record.name}", reason=f"it has {size} pixels")
    same = select(MediaAsset).where(
        MediaAsset.source_sha256 == drawing.sha256, MediaAsset.media_type == DRAWING_TYPE
    )
    asset = db.session.scalars(same.order_by(MediaAsset.id).limit(1)).first()
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
    return record.model_dump(exclude={"data"}) | {"asset": asset.id}


def _recorded(picture: Mapping[str, Any], asset: MediaAsset | None) -> dict[str, Any]:
    if asset is None or asset.media_type != DRAWING_TYPE:
        raise Inexpressible(part="pictures")
    try:
        data = base64.b64encode(files().path(asset.source_sha256).read_bytes()).decode()
    except OSError as error:
        raise Inexpressible(part="pictures") from error
    if len(data) > MOST_PICTURE:
        raise Inexpressible(part="pictures")
    return {name: picture[name] for name in ("name", "alt", "width", "height")} | {"data": data}
