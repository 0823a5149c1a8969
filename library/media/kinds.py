"""What a file is, found by reading it; names and declared types are not asked."""

from dataclasses import dataclass
from typing import IO

import filetype

from library.media.models import MediaKind

HEAD_BYTES = 4096


@dataclass(frozen=True, slots=True)
class Format:
    """A format that is taken: its kind, its media type, and the reader that may open it."""

    kind: MediaKind
    media_type: str
    reader: str
    """ffmpeg's demuxer, Pillow's format; empty where neither reads it."""


FORMATS = {
    "image/jpeg": Format(MediaKind.PICTURE, "image/jpeg", "JPEG"),
    "image/png": Format(MediaKind.PICTURE, "image/png", "PNG"),
    "image/webp": Format(MediaKind.PICTURE, "image/webp", "WEBP"),
    "video/mp4": Format(MediaKind.VIDEO, "video/mp4", "mov"),
    "video/x-m4v": Format(MediaKind.VIDEO, "video/mp4", "mov"),
    "video/quicktime": Format(MediaKind.VIDEO, "video/quicktime", "mov"),
    "video/webm": Format(MediaKind.VIDEO, "video/webm", "matroska"),
    "video/x-matroska": Format(MediaKind.VIDEO, "video/x-matroska", "matroska"),
    "audio/mpeg": Format(MediaKind.AUDIO, "audio/mpeg", "mp3"),
    "audio/mp4": Format(MediaKind.AUDIO, "audio/mp4", "mov"),
    "audio/x-wav": Format(MediaKind.AUDIO, "audio/x-wav", "wav"),
    "audio/ogg": Format(MediaKind.AUDIO, "audio/ogg", "ogg"),
    "application/pdf": Format(MediaKind.DOCUMENT, "application/pdf", ""),
}
"""The containers and codings we take. Playlists are not among them: they name other files to open."""


def sniff(content: IO[bytes]) -> Format | None:
    """The format of *content*, read from its first bytes; its position is left where it was."""
    position = content.tell()
    head = content.read(HEAD_BYTES)
    content.seek(position)
    guessed = filetype.guess(head)
    return None if guessed is None else FORMATS.get(guessed.mime)
