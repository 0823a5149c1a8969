"""What a file is, found by reading it, and whether its name says the same."""

from dataclasses import dataclass
from pathlib import PurePath
from typing import IO

from library.documents.errors import OldOffice, OtherThanItsName, UnknownFile
from library.documents.office import look_into
from library.media.kinds import HEAD_BYTES, Format, sniff
from library.media.models import MediaKind
from library.packages.playable import MEDIA_TYPES, Standard
from library.packages.playing import read_playable
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
    ".h5p": MEDIA_TYPES[Standard.H5P],
    ".zip": MediaKind.PACKAGE,
}
"""What a name promises: a media type where it matters, else a kind; a picture may be of another coding."""
RESOURCE_KINDS = {
    MediaKind.DOCUMENT: ResourceKind.DOCUMENT,
    MediaKind.PICTURE: ResourceKind.IMAGE,
    MediaKind.AUDIO: ResourceKind.AUDIO,
    MediaKind.VIDEO: ResourceKind.VIDEO,
    MediaKind.PACKAGE: ResourceKind.PACKAGE,
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
    MediaKind.PACKAGE: Limit(300),
}


def recognise(content: IO[bytes], name: str) -> Format:
    """The format of *content*, which was called *name*; an empty name promises nothing.

    Raises:
        OldOffice: it is of the binary format, or behind a password.
        MacrosInside, DamagedOffice, SwollenOffice, OutsideParts: see ``office.look_into``.
        UnknownFile: it is nothing that is taken.
        OtherThanItsName: it is taken, but the name promises something else.
        UnplayablePackage: it is an archive, but no package; and what else ``read_playable`` refuses it for.
    """
    position = content.tell()
    head = content.read(HEAD_BYTES)
    content.seek(position)
    if head.startswith(OLD_OFFICE_MARK):
        raise OldOffice
    ending = PurePath(name).suffix.lower()
    promised = ENDINGS.get(ending)
    found = _archived(content, promised) if head.startswith(ZIP_MARK) else sniff(content)
    content.seek(position)
    if found is None:
        raise OtherThanItsName(ending=ending) if promised else UnknownFile
    if promised and promised not in (found.kind, found.media_type):
        raise OtherThanItsName(ending=ending)
    return found


def _archived(content: IO[bytes], promised: str | None) -> Format | None:
    """What the archive *content* is; None where its name promises something that it is not."""
    media_type = look_into(content)
    if media_type:
        return Format(MediaKind.DOCUMENT, media_type, "")
    if promised not in (None, MediaKind.PACKAGE, *MEDIA_TYPES.values()):
        return None
    return Format(MediaKind.PACKAGE, MEDIA_TYPES[read_playable(content).standard], "")
