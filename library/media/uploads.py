"""Uploads in parts: what was received stays when the line breaks, and the next part goes on there.

The parts of one upload stand in one file, named by its owner and a key that the device made, until
the form that belongs to it is sent. A nightly job removes what nobody came back for.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO
from uuid import UUID

from core.files import CHUNK_BYTES, data_folder
from library.media.errors import FileTooLarge, UploadGone, WrongOffset

KEPT = timedelta(days=2)


def read_key(text: str) -> UUID:
    """The key that a form names.

    Raises:
        UploadGone: it is none, so nothing can be here under it.
    """
    try:
        return UUID(text)
    except ValueError as error:
        raise UploadGone from error


def received_bytes(owner_id: int, key: UUID) -> int:
    """How much of the upload is here; 0 if nothing is."""
    place = _place(owner_id, key)
    return place.stat().st_size if place.is_file() else 0


def append(owner_id: int, key: UUID, offset: int, content: IO[bytes], *, limit_mb: int) -> int:
    """Add a part that begins at *offset*; returns how much is here now.

    Raises:
        WrongOffset: it does not begin where the last one ended.
        FileTooLarge: the whole exceeds *limit_mb*.
    """
    place = _place(owner_id, key)
    if offset != received_bytes(owner_id, key):
        raise WrongOffset(received=received_bytes(owner_id, key))
    with place.open("ab") as out:
        while chunk := content.read(CHUNK_BYTES):
            if out.tell() + len(chunk) > limit_mb << 20:
                raise FileTooLarge(limit=limit_mb)
            out.write(chunk)
        return out.tell()


@contextmanager
def opened(owner_id: int, key: UUID, size_bytes: int) -> Iterator[IO[bytes]]:
    """The whole upload, to be read and stored; forgotten when the block ends well.

    Raises:
        UploadGone: not all *size_bytes* are here.
    """
    place = _place(owner_id, key)
    if received_bytes(owner_id, key) != size_bytes:
        raise UploadGone
    with place.open("rb") as content:
        yield content
    place.unlink(missing_ok=True)


def forget_old(now: datetime) -> int:
    """Remove uploads that nobody finished in two days; returns how many."""
    oldest = (now - KEPT).timestamp()
    stale = [part for part in data_folder("uploads").glob("*.part") if part.stat().st_mtime < oldest]
    for part in stale:
        part.unlink(missing_ok=True)
    return len(stale)


def _place(owner_id: int, key: UUID) -> Path:
    return data_folder("uploads") / f"{owner_id}-{key}.part"
