"""Take uploads in, and make of a video what a player plays."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO

from core.database import db, transaction
from core.errors import DomainError
from core.files import Stored, data_folder, files, new_folder
from library.media import queries
from library.media.errors import DamagedSound, NotAVideo
from library.media.kinds import Format, sniff
from library.media.models import MediaAsset, MediaKind, MediaState
from library.media.transcoding import RECORDING, transcode, transcode_sound

PROGRESS_STEPS = 100


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that is stored, and known for what it is, but belongs to nothing yet."""

    stored: Stored
    format: Format


def receive_video(stream: IO[bytes]) -> Upload:
    """Store a video that was uploaded. Slow: call it before a transaction.

    Raises:
        NotAVideo: it is something else, whatever its name.
    """
    found = sniff(stream)
    if found is None or found.kind is not MediaKind.VIDEO:
        raise NotAVideo
    return Upload(files().put(stream), found)


def add_asset(upload: Upload, uploaded_by_id: int | None, *, now: datetime) -> MediaAsset:
    """Make an asset of an upload; what is not a picture waits for the job that prepares it."""
    asset = MediaAsset(
        kind=upload.format.kind,
        source_sha256=upload.stored.sha256,
        media_type=upload.format.media_type,
        size_bytes=upload.stored.size_bytes,
        state=MediaState.READY if upload.format.kind is MediaKind.PICTURE else MediaState.WAITING,
        renditions={},
        uploaded_by_id=uploaded_by_id,
        created_at=now,
    )
    db.session.add(asset)
    db.session.flush()
    return asset


def prepare_video(asset_id: int, on_progress: Callable[[int, int], None]) -> None:
    """Make the renditions of a video and mark it ready, or failed with the refusal's code.

    Opens its own transactions around the long work between; run again, it begins anew, and does
    nothing for an asset that is ready.
    """
    with transaction():
        asset = db.session.scalars(queries.asset(asset_id)).one()
        if asset.state is MediaState.READY:
            return
        asset.state = MediaState.PROCESSING
        asset.problem = ""
        source_sha256 = asset.source_sha256
    source = files().path(source_sha256)
    try:
        with source.open("rb") as head:
            found = sniff(head)
        if found is None or found.kind is not MediaKind.VIDEO:
            raise NotAVideo
        with new_folder(asset_folder(asset_id)) as folder:
            about, renditions = transcode(source, found.reader, folder, _in_steps(on_progress))
    except DomainError as refusal:
        shutil.rmtree(asset_folder(asset_id), ignore_errors=True)
        with transaction():
            asset = db.session.scalars(queries.asset(asset_id)).one()
            asset.state, asset.problem = MediaState.FAILED, refusal.code
        return
    with transaction():
        asset = db.session.scalars(queries.asset(asset_id)).one()
        asset.state, asset.renditions = MediaState.READY, renditions
        asset.duration_seconds = about.duration_seconds
        asset.width, asset.height = about.width, about.height


def prepare_sound(asset_id: int, on_progress: Callable[[int, int], None]) -> None:
    """Make what is played of a recording and mark it ready, or failed; see ``prepare_video``."""
    with transaction():
        asset = db.session.scalars(queries.asset(asset_id)).one()
        if asset.state is MediaState.READY:
            return
        asset.state, asset.problem = MediaState.PROCESSING, ""
        source = files().path(asset.source_sha256)
    try:
        with source.open("rb") as head:
            found = sniff(head)
        if found is None or found.kind is not MediaKind.AUDIO:
            raise DamagedSound
        with new_folder(asset_folder(asset_id)) as folder:
            seconds = transcode_sound(source, found.reader, folder, _in_steps(on_progress))
    except DomainError as refusal:
        shutil.rmtree(asset_folder(asset_id), ignore_errors=True)
        with transaction():
            asset = db.session.scalars(queries.asset(asset_id)).one()
            asset.state, asset.problem = MediaState.FAILED, refusal.code
        return
    with transaction():
        asset = db.session.scalars(queries.asset(asset_id)).one()
        asset.state, asset.renditions = MediaState.READY, {"sound": RECORDING}
        asset.duration_seconds = seconds


def asset_folder(asset_id: int) -> Path:
    """Where an asset's renditions stand."""
    return data_folder("media") / str(asset_id)


def _in_steps(on_progress: Callable[[int, int], None]) -> Callable[[float], None]:
    """Tell each hundredth once: every telling is a transaction."""
    last = -1

    def tell(share: float) -> None:
        nonlocal last
        if (step := int(share * PROGRESS_STEPS)) > last:
            last = step
            on_progress(step, PROGRESS_STEPS)

    return tell
