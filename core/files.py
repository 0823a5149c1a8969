"""Files by content: named by their SHA-256, durable before they are acknowledged.

A file is written under a temporary name on the same file system, synced, renamed, and its folder
synced; only then does ``put`` return. A folder that had to be made is synced in its parent as well.
The same content is stored once.
"""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Protocol

from flask import Flask, current_app

CHUNK_BYTES = 1 << 20
_EXTENSION = "weike.files"


@dataclass(frozen=True, slots=True)
class Stored:
    """What ``put`` wrote: the content's SHA-256 in hexadecimal and its size in bytes."""

    sha256: str
    size_bytes: int


class FileStore(Protocol):
    """Where files are kept."""

    def put(self, content: IO[bytes]) -> Stored:
        """Store *content* from its present position; durable when this returns."""

    def open(self, sha256: str) -> IO[bytes]:
        """Open what has this hash.

        Raises:
            FileNotFoundError: nothing has it.
        """

    def path(self, sha256: str) -> Path:
        """A local path to read; programs such as ffmpeg need one.

        Raises:
            FileNotFoundError: nothing has this hash.
        """

    def remove(self, sha256: str) -> None:
        """Forget what has this hash; nothing happens if there is none."""


class FolderStore:
    """A local folder, fanned out over 256 sub-folders."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._durable: set[Path] = set()
        """Sub-folders of which this process knows that they outlast a power cut."""
        make_folder(root / "tmp")

    def put(self, content: IO[bytes]) -> Stored:
        """Store *content*; see ``FileStore.put``."""
        digest = hashlib.sha256()
        size = 0
        handle, temporary = tempfile.mkstemp(dir=self.root / "tmp")
        try:
            with os.fdopen(handle, "wb") as out:
                while chunk := content.read(CHUNK_BYTES):
                    digest.update(chunk)
                    size += len(chunk)
                    out.write(chunk)
                out.flush()
                os.fsync(out.fileno())
            target = self._place(digest.hexdigest())
            self._make_durable(target.parent)
            Path(temporary).replace(target)
            sync_folder(target.parent)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
        return Stored(digest.hexdigest(), size)

    def open(self, sha256: str) -> IO[bytes]:
        """Open for reading; see ``FileStore.open``."""
        return self.path(sha256).open("rb")

    def path(self, sha256: str) -> Path:
        """The path on this machine; see ``FileStore.path``."""
        place = self._place(sha256)
        if not place.is_file():
            raise FileNotFoundError(sha256)
        return place

    def remove(self, sha256: str) -> None:
        """Delete the file, if there is one."""
        self._place(sha256).unlink(missing_ok=True)

    def _make_durable(self, folder: Path) -> None:
        """Make a sub-folder; also one that another thread or a killed process made may not be synced yet."""
        if folder in self._durable and folder.is_dir():
            return
        folder.mkdir(exist_ok=True)
        sync_folder(self.root)
        self._durable.add(folder)

    def _place(self, sha256: str) -> Path:
        if len(sha256) != hashlib.sha256().digest_size * 2 or not sha256.isalnum():
            raise FileNotFoundError(sha256)
        return self.root / sha256[:2] / sha256


def make_folder(folder: Path) -> None:
    """Make the folder and what it stands in, where they are missing; durable when this returns.

    A folder's own entry stands in its parent: without that one synced, a power cut takes the folder
    with all that was synced inside it.
    """
    if folder.is_dir():
        return
    make_folder(folder.parent)
    folder.mkdir(exist_ok=True)
    sync_folder(folder.parent)


def sync_folder(folder: Path) -> None:
    """Make the folder's entries durable, where the system can."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def new_folder(target: Path) -> Iterator[Path]:
    """A folder to fill, which takes *target*'s place by rename when the block ends well."""
    make_folder(target.parent)
    fresh = Path(tempfile.mkdtemp(dir=target.parent, prefix=f".{target.name}."))
    try:
        yield fresh
        if target.exists():
            shutil.rmtree(target)
        fresh.replace(target)
        sync_folder(target.parent)
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise


def files() -> FileStore:
    """The application's file store."""
    store: FileStore = current_app.extensions[_EXTENSION]
    return store


def data_folder(*parts: str) -> Path:
    """A folder of the application's own below its data directory, made if it is missing."""
    folder = Path(current_app.config["DATA_DIR"]).joinpath(*parts)
    make_folder(folder)
    return folder


def init_app(app: Flask) -> None:
    """Open the store that the settings name."""
    app.extensions[_EXTENSION] = FolderStore(Path(app.config["DATA_DIR"]) / "files")
