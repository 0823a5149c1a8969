"""Files that came in bulk are prepared like those that a person uploaded."""

from sqlalchemy import select

from core.database import db
from core.jobs.services import enqueue
from library.documents.events import FilesAdded
from library.documents.tasks import read_document
from library.media.models import MediaAsset, MediaKind
from library.media.tasks import transcode, transcode_sound

JOBS = {
    MediaKind.DOCUMENT: (read_document, "documents.read"),
    MediaKind.AUDIO: (transcode_sound, "media.sound"),
    MediaKind.VIDEO: (transcode, "media.transcode"),
}


def follow(event: FilesAdded) -> None:
    """Have each of the files read or transcoded; a picture is ready as it is."""
    kinds = select(MediaAsset.id, MediaAsset.kind).where(MediaAsset.id.in_(event.asset_ids))
    for asset_id, kind in db.session.execute(kinds).all():
        if kind in JOBS:
            task, name = JOBS[kind]
            enqueue(task, key=f"{name}:{asset_id}", arguments={"asset_id": asset_id})
