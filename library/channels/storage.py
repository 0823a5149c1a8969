"""Where the files of a channel lie: a folder, or a ZIP with ``databases`` and ``storage`` in it.

Kolibri names a file by the MD5 of its content and puts it under its first two letters:
``storage/a/b/ab….mp4``. Whether the content is what the name says is found out before it is taken.
"""

import hashlib
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO, Protocol

from core.files import CHUNK_BYTES, data_folder
from library.channels.database import LARGEST_MB, MAGIC
from library.channels.errors import NoChannelInside, NotAChannel, SeveralChannels
from library.documents.formats import LARGEST
from library.packages.archive import Archive
from library.packages.archive import opened as opened_archive

ZIP_MARK = b"PK\x03\x04"
DATABASE = ".sqlite3"
_NAME = re.compile(r"[0-9a-f]{32}\.[a-z0-9]{1,10}")
_LARGEST_FILE = max(one.megabytes for one in LARGEST.values()) << 20


class Storage(Protocol):
    """The files of a channel."""

    def has(self, name: str) -> bool:
        """Whether the file *name* is there."""

    def open(self, name: str) -> IO[bytes]:
        """Open it; what cannot be sought in is copied first.

        Raises:
            FileNotFoundError: it is not there.
            DamagedPackage, PackageTooLarge: it cannot be unpacked.
        """


class NoStorage:
    """A database alone."""

    def has(self, name: str) -> bool:
        """No file is there."""
        del name
        return False

    def open(self, name: str) -> IO[bytes]:
        """See ``Storage.open``."""
        raise FileNotFoundError(name)


class FolderStorage:
    """Kolibri's folder ``content``, the ``storage`` in it, or what ``content`` stands in."""

    def __init__(self, root: Path) -> None:
        inside = (root / "content" / "storage", root / "storage")
        self._root = next((one for one in inside if one.is_dir()), root)

    def has(self, name: str) -> bool:
        """Whether the file is there, under its first two letters or without folders."""
        return self._place(name) is not None

    def open(self, name: str) -> IO[bytes]:
        """See ``Storage.open``."""
        place = self._place(name)
        if place is None:
            raise FileNotFoundError(name)
        return place.open("rb")

    def _place(self, name: str) -> Path | None:
        if not _NAME.fullmatch(name):
            return None
        places = (self._root / name[0] / name[1] / name, self._root / name)
        return next((one for one in places if one.is_file()), None)


class ZipStorage:
    """The files in a ZIP, wherever its folders begin."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._members = {
            PurePosixPath(one).name: one
            for one in archive.members
            if _NAME.fullmatch(PurePosixPath(one).name)
        }

    def has(self, name: str) -> bool:
        """Whether the file is there."""
        return name in self._members

    def open(self, name: str) -> IO[bytes]:
        """See ``Storage.open``."""
        if name not in self._members:
            raise FileNotFoundError(name)
        copy = tempfile.TemporaryFile(dir=data_folder("tmp"))  # noqa: SIM115 -- who asked for it closes it
        try:
            with self._archive.open(self._members[name], most_bytes=_LARGEST_FILE) as content:
                shutil.copyfileobj(content, copy, CHUNK_BYTES)
        except BaseException:
            copy.close()
            raise
        copy.seek(0)
        return copy


@contextmanager
def unpacked(path: Path, folder: Path | None = None) -> Iterator[tuple[Path, Storage]]:
    """The database in the file at *path*, and where its files lie: beside it in a ZIP, or in *folder*.

    Raises:
        NotAChannel: it is neither a database nor a ZIP.
        NoChannelInside: there is no database in the ZIP.
        SeveralChannels: there are several.
        DamagedPackage and others: the ZIP is not sound; see ``packages.archive``.
    """
    beside: Storage = FolderStorage(folder) if folder else NoStorage()
    with path.open("rb") as content:
        head = content.read(len(MAGIC))
        if head == MAGIC:
            yield path, beside
            return
        if not head.startswith(ZIP_MARK):
            raise NotAChannel
        content.seek(0)
        with opened_archive(content) as archive, tempfile.NamedTemporaryFile(dir=data_folder("tmp")) as copy:
            with archive.open(_database_in(archive), most_bytes=LARGEST_MB << 20) as packed:
                shutil.copyfileobj(packed, copy, CHUNK_BYTES)
            copy.flush()
            yield Path(copy.name), beside if folder else ZipStorage(archive)


def _database_in(archive: Archive) -> str:
    found = [one for one in archive.members if one.lower().endswith(DATABASE)]
    in_place = [one for one in found if PurePosixPath(one).parent.name == "databases"]
    if not (chosen := in_place or found):
        raise NoChannelInside
    if len(chosen) > 1:
        raise SeveralChannels(count=len(chosen))
    return chosen[0]


def is_what_it_says(name: str, content: IO[bytes]) -> bool:
    """Whether the MD5 of *content* is its name's; its position is the beginning afterwards."""
    digest = hashlib.md5(usedforsecurity=False)
    content.seek(0)
    while chunk := content.read(CHUNK_BYTES):
        digest.update(chunk)
    content.seek(0)
    return digest.hexdigest() == name.partition(".")[0]
