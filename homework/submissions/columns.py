"""What a row keeps of a photograph or recording: of a hand-in, and of a correction."""

from typing import Any

from library.media.pictures import Picture
from library.media.receiving import Photo
from library.media.sounds import Sound


def picture_columns(picture: Picture) -> dict[str, Any]:
    """Of a photographed page."""
    return {
        "upload_sha256": picture.upload_sha256,
        "picture_sha256": picture.sha256,
        "thumbnail_sha256": picture.thumbnail_sha256,
        "width": picture.width,
        "height": picture.height,
    }


def photo_columns(photo: Photo) -> dict[str, Any]:
    """Of a photographed page that may still have to be written anew."""
    if isinstance(photo, Picture):
        return picture_columns(photo)
    return {
        "upload_sha256": photo.upload_sha256,
        "received": photo.name,
        "width": photo.width,
        "height": photo.height,
    }


def sound_columns(sound: Sound) -> dict[str, Any]:
    """Of a recording."""
    return {"upload_sha256": sound.upload_sha256, "sound_sha256": sound.sha256, "seconds": sound.seconds}
