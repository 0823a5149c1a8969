"""Photographs as they were sent: checked and durable, and shown to nobody until they are written anew.

To find out that a photograph can be read to its end takes a fifth of the time that writing it anew takes.
When a whole grade hands in within a minute, a receipt waits for what it promises; the rest is done after it
(docs/decisions/0029-photographs-are-written-anew-after-the-receipt.md).
"""

import os
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO
from uuid import uuid4

from core.files import data_folder, sync_folder
from library.media.pictures import Picture, digest, size_as_it_is, take_picture


@dataclass(frozen=True, slots=True)
class Received:
    """A photograph that lies under *name* as it was sent, and will be as large when it is written anew."""

    name: str
    width: int
    height: int
    upload_sha256: str


Photo = Picture | Received


def receive_picture(stream: IO[bytes]) -> Photo:
    """Read the picture in *stream* and store it, as it is if it needs neither shrinking nor turning.

    What was received is not durable before ``make_durable``.

    Raises:
        Refusals of ``take_picture``.
    """
    position = stream.tell()
    upload_sha256 = digest(stream)
    size = size_as_it_is(stream)
    stream.seek(position)
    return take_picture(stream) if size is None else Received(_store(stream), *size, upload_sha256)


def make_durable(photos: Iterable[Photo]) -> None:
    """Bring what was received to the disk: all at once, which takes the disk no longer than one."""
    names = [one.name for one in photos if isinstance(one, Received)]
    for name in names:
        with open_received(name) as file:
            os.fsync(file.fileno())
    if names:
        sync_folder(data_folder("received"))


def open_received(name: str) -> IO[bytes]:
    """What was sent.

    Raises:
        FileNotFoundError: it is written anew, and gone.
    """
    return _place(name).open("rb")


def forget_received(name: str) -> None:
    """Remove what was sent, if it is there."""
    _place(name).unlink(missing_ok=True)


def received_before(moment: datetime) -> Iterator[str]:
    """The names of what was received before then."""
    for file in data_folder("received").iterdir():
        if datetime.fromtimestamp(file.stat().st_mtime, UTC) < moment:
            yield file.name


def _store(stream: IO[bytes]) -> str:
    place = _place(uuid4().hex)
    try:
        with place.open("xb") as out:
            shutil.copyfileobj(stream, out)
    except BaseException:
        place.unlink(missing_ok=True)
        raise
    return place.name


def _place(name: str) -> Path:
    return data_folder("received") / name
