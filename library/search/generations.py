"""The files of an index on disk, and whether they are whole.

    search/
      current           the name of the manifest that counts, such as index-1f…/manifest-8a….json
      index-<name>/     one index; a rebuild makes a new one beside the old
        manifest-*.json   the files of one generation, each with its size and SHA-256
      lock              held by the one process that writes

A generation is written, synced and only then named in ``current``, by a rename. Its files never change after
that, so a reader that holds a manifest reads either what was written or nothing: what does not have its hash
is refused before anything looks into it.
"""

import hashlib
import json
import os
import shutil
import uuid
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from library.search.engine import NoIndex

FORMAT = 4
"""Raised when what is written changes: an older index is then rebuilt, not read."""
_CURRENT = "current"
_LONGEST_NAME = 200
_TRIES = 5
_PRIVATE = 0o700


@dataclass(frozen=True, slots=True)
class Generation:
    """A whole state of the index: the folder, its manifest's name, and the hash of each file."""

    folder: Path
    name: str
    hashes: Mapping[str, str]

    def is_there(self, content: Mapping[str, bytes]) -> bool:
        """Whether all files stand on the disk, as long as they are in *content*."""
        try:
            return all((self.folder / name).stat().st_size == len(content[name]) for name in self.hashes)
        except OSError:
            return False

    def read(self, known: Mapping[str, bytes]) -> dict[str, bytes]:
        """The bytes of all files; those *known* are not read again.

        Raises:
            NoIndex: one is missing, or is not what was written.
        """
        return {name: known.get(name) or self._checked(name) for name in self.hashes}

    def _checked(self, name: str) -> bytes:
        try:
            content = (self.folder / name).read_bytes()
        except OSError as error:
            raise NoIndex from error
        if hashlib.sha256(content).hexdigest() != self.hashes[name]:
            raise NoIndex
        return content


def current_name(root: Path) -> str:
    """The name of the manifest that counts, which no two generations share.

    Raises:
        NoIndex: there is none.
    """
    try:
        # The quickest way to read a few bytes: every search does it.
        opened = os.open(root / _CURRENT, os.O_RDONLY)
    except OSError as error:
        raise NoIndex from error
    try:
        return os.read(opened, _LONGEST_NAME).decode("ascii", "replace")
    finally:
        os.close(opened)


def open_generation(
    root: Path, known: Callable[[Generation], Mapping[str, bytes]]
) -> tuple[Generation, dict[str, bytes]]:
    """The generation that counts and the content of its files; those *known* are not read again.

    Files that vanish because a newer generation took their place meanwhile are looked for in that one.

    Raises:
        NoIndex: there is none, or it is damaged.
    """
    for _ in range(_TRIES):
        name = current_name(root)
        try:
            generation = _read_manifest(root, name)
            return generation, generation.read(known(generation))
        except NoIndex:
            if current_name(root) == name:
                raise
    raise NoIndex


def new_folder(root: Path) -> Path:
    """An empty folder for an index."""
    folder = root / f"index-{uuid.uuid4().hex[:12]}"
    folder.mkdir(mode=_PRIVATE)
    return folder


def write_file(folder: Path, name: str, content: bytes) -> str:
    """Write a file to the disk itself; returns its hash."""
    with (folder / name).open("wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    return hashlib.sha256(content).hexdigest()


def announce(root: Path, folder: Path, hashes: Mapping[str, str]) -> None:
    """Make these files of *folder* the generation that counts, and remove what it does not name."""
    manifest = f"manifest-{uuid.uuid4().hex}.json"
    write_file(folder, manifest, json.dumps({"format": FORMAT, "files": dict(hashes)}).encode())
    _sync(folder)
    fresh = f"{_CURRENT}-{uuid.uuid4().hex}"
    write_file(root, fresh, f"{folder.name}/{manifest}".encode())
    (root / fresh).replace(root / _CURRENT)
    _sync(root)
    _clean(root, folder, {manifest, *hashes})


def sync_existing(folder: Path) -> dict[str, str]:
    """Sync the files that something else wrote to *folder*; returns their hashes."""
    hashes: dict[str, str] = {}
    for path in folder.iterdir():
        with path.open("rb") as written:
            os.fsync(written.fileno())
            hashes[path.name] = hashlib.file_digest(written, "sha256").hexdigest()
    return hashes


def _read_manifest(root: Path, name: str) -> Generation:
    try:
        told = json.loads((root / name).read_text("utf-8"))
        is_ours = told["format"] == FORMAT
        hashes = {str(file): str(digest) for file, digest in told["files"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise NoIndex from error
    if not is_ours or any("/" in file for file in hashes):
        raise NoIndex
    return Generation((root / name).parent, name, hashes)


def _clean(root: Path, folder: Path, kept: Collection[str]) -> None:
    for path in folder.iterdir():
        if path.name not in kept:
            path.unlink(missing_ok=True)
    for other in root.glob("index-*"):
        if other != folder:
            shutil.rmtree(other, ignore_errors=True)
    for left in root.glob(f"{_CURRENT}-*"):
        left.unlink(missing_ok=True)


def _sync(folder: Path) -> None:
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
