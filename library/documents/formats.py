"""What a file is, found by reading it, and whether its name says the same."""

from dataclasses import dataclass
from pathlib import PurePath
from typing import IO

from library.documents.errors import OldOffice, OtherThanItsName, UnknownFile
from library.documents.office import look_into
from library.media.kinds import HEAD_BYTES, Format, sniff
from library.media.models import MediaKind
from library.resources.models import ResourceKind

OLD_OFFICE_MARK = bytes.fromhex("d0cf11e0a1b11ae1")
"""Begins every compound file: Office before 2007, and later ones behind a password."""
ZIP_MARK = b"PK\x03\x04"
OFFICE = "application/vnd.openxmlformats-officedocument"
ENDINGS = {
    ".pdf": "application/pdf",
    ".docx": f"{OFFICE}.wordprocessingml.document",
    ".pptx": f"{OFFICE}.presentationml.presentation",
    ".xlsx": f"{OFFICE}.spreadsheetml.sheet",
    ".jpg": MediaKind.PICTURE,
    ".jpeg": MediaKind.PICTURE,
    ".png": MediaKind.PICTURE,
    ".webp": MediaKind.PICTURE,
    ".mp3": MediaKind.AUDIO,
    ".m4a": MediaKind.AUDIO,
    ".wav": MediaKind.AUDIO,
    ".ogg": MediaKind.AUDIO,
    ".mp4": MediaKind.VIDEO,
    ".mov": MediaKind.VIDEO,
    ".webm": MediaKind.VIDEO,
    ".mkv": MediaKind.VIDEO,
}
"""What a name promises: a media type where it matters, else a kind; a picture may be of another coding."""
RESOURCE_KINDS = {
    MediaKind.DOCUMENT: ResourceKind.DOCUMENT,
    MediaKind.PICTURE: ResourceKind.IMAGE,
    MediaKind.AUDIO: ResourceKind.AUDIO,
    MediaKind.VIDEO: ResourceKind.VIDEO,
}


@dataclass(frozen=True, slots=True)
class Limit:
    """The most megabytes that a file of a kind may have."""

    megabytes: int


LARGEST = {
    MediaKind.DOCUMENT: Limit(100),
    MediaKind.PICTURE: Limit(30),
    MediaKind.AUDIO: Limit(200),
    MediaKind.VIDEO: Limit(512),
}


def recognise(content: IO[bytes], name: str) -> Format:
    """The format of *content*, which was called *name*; an empty name promises nothing.

    Raises:
        OldOffice: it is of the binary format, or behind a password.
        MacrosInside, DamagedOffice, SwollenOffice, OutsideParts: see ``office.look_into``.
        UnknownFile: it is nothing that is taken.
        OtherThanItsName: it is taken, but the name promises something else.
    """
    position = content.tell()
    head = content.read(HEAD_BYTES)
    content.seek(position)
    if head.startswith(OLD_OFFICE_MARK):
        raise OldOffice
    media_type = look_into(content) if head.startswith(ZIP_MARK) else None
    found = Format(MediaKind.DOCUMENT, media_type, "") if media_type else sniff(content)
    content.seek(position)
    ending = PurePath(name).suffix.lower()
    promised = ENDINGS.get(ending)
    if found is None:
        raise OtherThanItsName(ending=ending) if promised else UnknownFile
    if promised and promised not in (found.kind, found.media_type):
        raise OtherThanItsName(ending=ending)
    return found
